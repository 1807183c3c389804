//! glibc finds each symbol by its name and its version; one that nobody defines ends the program: at the
//! start where it is data or where everything is bound at the start, else when it is called.
//!
//! The rule is `elf/dl-lookup.c` (`do_lookup_x`, `check_match`), over the program and everything that is
//! loaded with it. Versions as such are GB203's.

use super::cause::cgo_cause;
use super::closure::{self, Asker, Closure, Found, Rules};
use super::{Check, Outcome, Subject};
use crate::binary::elf::Binding;
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb210::{AskedSymbol, AskedSymbols, SymbolMissing};
use crate::image::root::Library;
use crate::image::{Fact, Image, Libc, Version};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB210, run };

/// One symbol that somebody asks for.
#[derive(Debug, Clone, Copy)]
struct Asked<'a> {
    by: Asker,
    name: &'a str,
    version: Option<&'a str>,
    /// The library that had it when this was linked.
    file: Option<&'a str>,
    on_call: bool,
}

/// Whether one library has a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Has {
    Yes,
    No,
    /// Nobody read its names.
    Unknown,
}

fn run(subject: &Subject<'_>) -> Outcome {
    let (Some(image), Some(closure)) = (subject.image, closure::of(subject)) else { return Outcome::Fits };
    // What is not there (GB201, GB202) may be what has the symbol.
    if closure.rules != Rules::Glibc || closure.found.is_empty() || !closure.missing.is_empty() {
        return Outcome::Fits;
    }
    let (mut missing, mut unknown) = (Vec::new(), Vec::new());
    for asked in asked(subject, &closure) {
        if asked.by != Asker::Binary && subject.symbols.is_some_and(|own| own.defined.contains(asked.name)) {
            continue;
        }
        let answers = closure.found.iter().map(|found| has(found, asked)).collect::<Vec<_>>();
        if ends_the_loader(subject, image, &closure, asked) {
            missing.push(asked);
            continue;
        }
        if answers.contains(&Has::Yes) || is_of_a_missing_version(&closure, asked) {
            continue;
        }
        if answers.contains(&Has::Unknown) { unknown.push(asked) } else { missing.push(asked) }
    }
    // Symbols of the start come before those that wait for a call.
    missing.sort_by_key(|asked| asked.on_call);
    if let Some(first) = missing.first() {
        return Outcome::misfit(SymbolMissing::Missing {
            symbols: [false, true]
                .into_iter()
                .flat_map(|on_call| {
                    by_asker(subject, &closure, missing.iter().filter(move |one| one.on_call == on_call))
                })
                .collect(),
            loaded: closure.found.iter().map(|found| found.path.clone()).collect(),
            unversioned: ends_the_loader(subject, image, &closure, *first),
            cgo: cgo_cause(subject),
        });
    }
    if !unknown.is_empty() {
        return Outcome::cannot_tell(SymbolMissing::Unknown {
            symbols: by_asker(subject, &closure, unknown.iter()),
        });
    }
    let fault = subject.symbols.and_then(|symbols| symbols.inconsistencies.first());
    fault.map_or(Outcome::Fits, |fault| {
        Outcome::cannot_tell(SymbolMissing::Unreadable { fault: fault.clone() })
    })
}

/// Everything that is looked up: what the binary asks for, then its libraries. Weak symbols may be missing.
fn asked<'a>(subject: &Subject<'a>, closure: &Closure<'a>) -> Vec<Asked<'a>> {
    let own = subject.symbols.into_iter().flat_map(|symbols| &symbols.undefined);
    let own = own.filter(|one| !one.weak && one.binding != Binding::Never).map(|one| Asked {
        by: Asker::Binary,
        name: &one.name,
        version: one.version.as_ref().map(|(_, version)| version.as_str()),
        file: one.version.as_ref().map(|(file, _)| file.as_str()),
        on_call: one.binding == Binding::Call,
    });
    let of_library = |(index, found): (usize, &Found<'a>)| {
        let library: &'a Library = found.library;
        library.undefined.iter().map(move |one| {
            let need = library.verneed.iter().find(|need| Some(&need.version) == one.version.as_ref());
            Asked {
                by: Asker::Library(index),
                name: &one.name,
                version: one.version.as_deref(),
                file: need.map(|need| need.file.as_str()),
                on_call: one.on_call,
            }
        })
    };
    own.chain(closure.found.iter().enumerate().flat_map(of_library)).collect()
}

fn has(found: &Found<'_>, asked: Asked<'_>) -> Has {
    let library = found.library;
    match (&library.exports, &library.verdef, asked.version) {
        (Some(exports), ..) if exports.has_version(asked.name, asked.version) => Has::Yes,
        // A pinned image has of a library with versions only those: the release decides what each holds.
        (None, Some(versions), Some(version)) if versions.contains(version) => Has::Yes,
        (Some(_), ..) | (None, Some(_), Some(_)) => Has::No,
        (None, ..) => Has::Unknown,
    }
}

/// A version that its library does not define at all is another finding, once for all its symbols.
fn is_of_a_missing_version(closure: &Closure<'_>, asked: Asked<'_>) -> bool {
    let (Some(version), Some(file)) = (asked.version, asked.file) else { return false };
    let defined = closure.named(file).and_then(|found| found.library.verdef.as_ref());
    defined.is_some_and(|defined| !defined.contains(version))
}

/// The first release of glibc of which it is known that it takes a symbol of a version from a library that has
/// lost its table of versions; 2.36 ends in an assertion.
const LENIENT: Version = Version(2, 41, 0);

/// Whether the library that had the symbol has it still, and no table of versions any more.
fn ends_the_loader(subject: &Subject<'_>, image: &Image, closure: &Closure<'_>, asked: Asked<'_>) -> bool {
    let provider = asked.file.and_then(|file| closure.named(file));
    let exports = provider.and_then(|found| found.library.exports.as_ref());
    let lenient = match image.libc_on(subject.platform) {
        Fact::Known(Libc::Glibc(Fact::Known(version))) => version >= LENIENT,
        _ => false,
    };
    !lenient && exports.is_some_and(|exports| exports.is_bare(asked.name))
}

/// One group for each who asks, in the order in which they first do.
fn by_asker<'a>(
    subject: &Subject<'_>,
    closure: &Closure<'_>,
    all: impl Iterator<Item = &'a Asked<'a>>,
) -> Vec<AskedSymbols> {
    let mut askers: Vec<Asker> = Vec::new();
    let mut groups: Vec<AskedSymbols> = Vec::new();
    for asked in all {
        let at = askers.iter().position(|by| *by == asked.by).unwrap_or_else(|| {
            askers.push(asked.by);
            groups.push(AskedSymbols {
                by: closure.asker(asked.by, subject.name).to_owned(),
                by_path: closure.asker_path(asked.by).map(str::to_owned),
                on_call: asked.on_call,
                symbols: Vec::new(),
            });
            groups.len() - 1
        });
        groups[at]
            .symbols
            .push(AskedSymbol { name: asked.name.to_owned(), version: asked.version.map(str::to_owned) });
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::elf::Definition;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::image::Root;
    use crate::image::exports::Exports;

    const FOLDER: &str = "/usr/lib/x86_64-linux-gnu";

    fn root() -> Root {
        let mut root = fix::debian_root();
        let at = |name: &str| format!("{FOLDER}/{name}");
        let names = ["malloc@GLIBC_2.2.5", "dlopen@GLIBC_2.34", "stdout@GLIBC_2.2.5"];
        let libc = fix::exporting(root.elf[&at("libc.so.6")].clone(), &names);
        fix::put(&mut root, &at("libc.so.6"), libc);
        let loader = fix::exporting(root.elf[&at("ld-linux-x86-64.so.2")].clone(), &[]);
        fix::put(&mut root, &at("ld-linux-x86-64.so.2"), loader);
        fix::put(&mut root, &at("libx.so"), fix::exporting(fix::library("libx.so", &["libc.so.6"]), &["x"]));
        root
    }

    fn using(root: Root, names: &[(&str, Option<&str>)]) -> Case {
        let names: Vec<_> = names
            .iter()
            .map(|(name, version)| (*name, version.map(|version| ("libc.so.6", version))))
            .collect();
        let case = Case::new(fix::glibc_go(&["libx.so", "libc.so.6"]));
        case.image(fix::rooted(fix::debian(), root)).symbols(&names)
    }

    #[test]
    fn what_somebody_loaded_defines_fits() {
        using(root(), &[("x", None), ("malloc", Some("GLIBC_2.2.5")), ("malloc", None)]).fits(&CHECK);
        // A symbol without a version serves every version.
        using(root(), &[("x", Some("GLIBC_2.34"))]).fits(&CHECK);
        let mut weak = using(root(), &[("__gmon_start__", None)]);
        weak.symbols.as_mut().unwrap().undefined[0].weak = true;
        weak.fits(&CHECK);
        let mut never = using(root(), &[("gone", None)]);
        never.symbols.as_mut().unwrap().undefined[0].binding = Binding::Never;
        never.fits(&CHECK);
    }

    #[test]
    fn images_that_nobody_read_and_other_questions_are_none() {
        let catalogue = Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::debian());
        catalogue.symbols(&[("gone", None)]).fits(&CHECK);
        Case::new(fix::static_go()).image(fix::rooted(fix::debian(), root())).fits(&CHECK);
        let musl = Case::new(fix::dynamic_go("/lib/ld-musl-x86_64.so.1", &["libc.so"]));
        musl.image(fix::rooted(fix::alpine(), fix::alpine_root())).symbols(&[("gone", None)]).fits(&CHECK);
        // GB202 and GB203 speak for these.
        let mut without = root();
        without.elf.remove(&format!("{FOLDER}/libx.so"));
        using(without, &[("gone", None)]).fits(&CHECK);
        using(root(), &[("strlcpy", Some("GLIBC_2.38"))]).fits(&CHECK);
    }

    #[test]
    fn what_nobody_defines_does_not_fit() {
        let details = using(root(), &[("x", None), ("greet", None)]).misfit(&CHECK);
        let rows = lines(&details);
        assert_eq!(rows[0], "rpc uses greet (looked up when it starts)");
        assert!(rows[1].starts_with("debian:12 loads /lib64/ld-linux-x86-64.so.2, "), "{rows:?}");
        assert!(details.title.ends_with("will not start"), "{}", details.title);
        assert_eq!(
            details.production.unwrap(),
            "/app/rpc: symbol lookup error: /app/rpc: undefined symbol: greet"
        );
    }

    #[test]
    fn a_version_is_a_part_of_the_name() {
        // The library has the version, and the symbol in another.
        let details = using(root(), &[("malloc", Some("GLIBC_2.34"))]).misfit(&CHECK);
        assert!(lines(&details)[0].starts_with("rpc uses malloc@GLIBC_2.34"), "{details:?}");
        assert!(details.production.unwrap().ends_with("undefined symbol: malloc, version GLIBC_2.34"));
    }

    #[test]
    fn an_older_loader_ends_where_a_library_has_lost_its_table_of_versions() {
        let mut root = root();
        let bare = Definition { bare: true, ..fix::versioned("x") };
        let library = root.elf.get_mut(&format!("{FOLDER}/libx.so")).unwrap();
        library.exports = Some(Exports::of([bare]));
        let mut case = using(root, &[]);
        case = case.symbols(&[("x", Some(("libx.so", "V_1")))]);
        let details = case.misfit(&CHECK);
        assert!(details.production.unwrap().starts_with("Inconsistency detected by ld.so"));
        case.image.as_mut().unwrap().libc = Fact::Known(Libc::Glibc(Fact::Known(LENIENT)));
        case.fits(&CHECK);
        // Asked for without a version, or of another library, it is as good as any.
        case.image.as_mut().unwrap().libc = Fact::Known(Libc::Glibc(Fact::Unknown));
        case.symbols(&[("x", None), ("x", Some(("libc.so.6", "GLIBC_2.34")))]).fits(&CHECK);
    }

    #[test]
    fn a_function_that_waits_for_its_call_is_said_so() {
        let mut case = using(root(), &[("greet", None)]);
        case.symbols.as_mut().unwrap().undefined[0].binding = Binding::Call;
        let details = case.misfit(&CHECK);
        assert_eq!(lines(&details)[0], "rpc uses greet (looked up when it is called)");
        assert!(details.title.contains("when it calls it"), "{}", details.title);
    }

    #[test]
    fn a_library_is_asked_as_the_binary_is_and_the_binary_may_answer() {
        let mut root = root();
        let path = format!("{FOLDER}/libx.so");
        root.elf.get_mut(&path).unwrap().undefined = vec![fix::wanted("~callback")];
        let case = using(root, &[("x", None)]);
        let details = case.misfit(&CHECK);
        assert_eq!(lines(&details)[0], "libx.so uses callback (looked up when it is called)");
        assert!(
            details.production.unwrap().starts_with("/lib/x86_64-linux-gnu/libx.so: symbol lookup error")
        );
        let mut own = case;
        own.symbols.as_mut().unwrap().defined.insert("callback".to_owned());
        own.fits(&CHECK);
    }

    #[test]
    fn names_that_nobody_read_cannot_be_judged() {
        // As pinned: of a library with versions the versions, of one without them the names.
        let mut pinned = root();
        for library in pinned.elf.values_mut().filter(|library| library.verdef.is_some()) {
            library.exports = None;
        }
        using(pinned.clone(), &[("x", None), ("malloc", Some("GLIBC_2.34"))]).fits(&CHECK);
        let details = using(pinned, &[("greet", None)]).cannot_tell(&CHECK);
        assert_eq!(lines(&details), ["rpc uses greet (not known of debian:12)"]);
        let mut odd = using(root(), &[]);
        odd.symbols.as_mut().unwrap().inconsistencies.push("DT_SYMTAB outside every segment".to_owned());
        odd.cannot_tell(&CHECK);
    }
}
