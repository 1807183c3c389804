//! What compilers, linkers and go say where the C half of a build goes wrong, with cause and fix. Their own words
//! are shown whole, before.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;

use super::version::ShapeVersion;
use crate::image::{Fact, Libc};
use crate::plan::code::Code;
use crate::plan::known_libraries::{Known, by_header, by_link, by_pkg_config};

/// A line that is known.
struct Line {
    /// A part of it.
    says: &'static str,
    means: Means,
}

enum Means {
    /// Always the same cause and fix.
    This { cause: &'static str, fix: &'static str },
    /// A library is missing; its name stands behind the part.
    Library,
    /// A header is missing; where its path stands is the compiler's own way.
    Header,
    /// pkg-config knows no such library; its name stands behind the part.
    PkgConfig,
}

const fn line(says: &'static str, cause: &'static str, fix: &'static str) -> Line {
    Line { says, means: Means::This { cause, fix } }
}

const NO_ARMV5: &str = "clang cannot make C for ARMv5";
const ARMV5: &str = "set CC to a cross compiler: apt-get install gcc-arm-linux-gnueabi";

/// Sources: the messages of Go 1.27's `cmd/link` and `cmd/go`, of GNU ld, lld and zig 0.17, gcc and clang, pkgconf
/// and pkg-config; the tests of `tests/suite/c_errors.rs` have them said.
const KNOWN: &[Line] = &[
    line(
        "): relocation target ",
        "go linked by itself, which it cannot do with a static C library (golang/go#44695)",
        "add -linkmode=external to -ldflags, or leave CC to gobuild",
    ),
    line(
        "libc of the specified target requires dynamic linking",
        "zig has glibc as a shared library only",
        "leave -static out for an image with glibc, or take -target …-linux-musl",
    ),
    // zig 0.17 below `invalid instruction`; other clangs; zig with a processor that has the instruction.
    line(" bx lr", NO_ARMV5, ARMV5),
    line("bx not available", NO_ARMV5, ARMV5),
    line("undefined symbol: __sync_val_compare_and_swap_4", NO_ARMV5, ARMV5),
    line(
        "C compiler \"",
        "cgo is on, and the C compiler that was named is not there",
        "leave it to gobuild: unset CC; and where there is none, pip install ziglang",
    ),
    line(
        "build constraints exclude all Go files",
        "every file of that package needs cgo, another platform, or a tag",
        "leave cgo to gobuild: unset CGO_ENABLED, and cgo = \"auto\" in gobuild.toml",
    ),
    line(
        "off64_t",
        "musl 1.2.4 and newer show the names for large files only to those who ask",
        "CGO_CPPFLAGS=-D_LARGEFILE64_SOURCE",
    ),
    line(
        "__strdup",
        "a compiled library that was made for glibc is linked with musl",
        "look for the tag with which the package takes its library for musl: -tags=musl",
    ),
    line(
        "no such instruction: `stp ",
        "the C compiler makes programs for this machine, not for the image's platform",
        "unset CC, or set it to a compiler for that platform",
    ),
    line(
        "in statically linked applications requires at runtime the shared libraries",
        "glibc looks names up with libraries that it loads, and the image needs the very same glibc for that",
        "-tags=netgo,osusergo, or a static link with musl: unset CC",
    ),
    line(
        "exec: \"pkg-config\": executable file not found",
        "a package asks pkg-config where its C library is, and there is no pkg-config",
        "apt-get install pkgconf",
    ),
    // GNU ld; lld; zig; mold.
    Line { says: "cannot find -l", means: Means::Library },
    Line { says: "unable to find library -l", means: Means::Library },
    Line { says: "unable to find dynamic system library \"", means: Means::Library },
    Line { says: "unable to find static system library \"", means: Means::Library },
    Line { says: "library not found: ", means: Means::Library },
    // clang; gcc.
    Line { says: "' file not found", means: Means::Header },
    Line { says: ": No such file or directory", means: Means::Header },
    // pkgconf; pkg-config.
    Line { says: "Package '", means: Means::PkgConfig },
    Line { says: "was not found in the pkg-config search path", means: Means::PkgConfig },
];

/// The parts to look for, for [`advice`].
pub fn watched() -> Vec<&'static str> {
    KNOWN.iter().map(|known| known.says).collect()
}

/// What a build was for.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Its C code.
    pub code: Option<&'a Code>,
    /// The image's name.
    pub image: &'a str,
    /// What the image has.
    pub libc: Fact<Libc>,
}

/// A line in which one of the [`watched`] parts was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Which part.
    pub part: usize,
    /// The line.
    pub line: String,
    /// The package that go was at work on.
    pub package: Option<String>,
}

/// Cause and fix of one thing that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What was said.
    line: String,
    /// The package that go was at work on.
    package: Option<String>,
    because: String,
    help: Vec<String>,
}

/// Cause and fix of each line that is known, each once.
pub fn advice(seen: &[Seen], setting: &Setting<'_>) -> Vec<Advice> {
    let mut said = BTreeSet::new();
    let all = seen.iter().filter_map(|seen| {
        let known = KNOWN.get(seen.part)?;
        let (because, help) = match known.means {
            Means::This { cause, fix } => (cause.to_owned(), vec![fix.to_owned()]),
            Means::Library => library(seen, known.says, setting)?,
            Means::Header => header(seen, setting)?,
            Means::PkgConfig => asked(seen, setting)?,
        };
        said.insert(because.clone()).then(|| Advice {
            line: seen.line.clone(),
            package: seen.package.clone(),
            because,
            help,
        })
    });
    all.collect()
}

type Told = Option<(String, Vec<String>)>;

fn library(seen: &Seen, says: &str, setting: &Setting<'_>) -> Told {
    let (_, rest) = seen.line.split_once(says)?;
    let name = rest.split(['"', ':', ' ']).next().filter(|name| !name.is_empty())?;
    let asks = |package: &&crate::plan::code::Package| package.links.iter().any(|own| own == name);
    let asking = setting.code.and_then(|code| code.packages.iter().find(asks));
    let who = match asking {
        Some(package) => format!("{} asks for it ({})", package.path, package.shown_chain()),
        None => by_whom(seen),
    };
    let because = format!("there is no library -l{name} for {}: {who}", setting.image);
    Some((because, ways(by_link(name), setting)))
}

fn header(seen: &Seen, setting: &Setting<'_>) -> Told {
    let (before, gcc) = match seen.line.split_once("fatal error: ") {
        Some((_, rest)) => match rest.strip_suffix(": No such file or directory") {
            Some(path) => (path, true),
            None => (rest.strip_prefix('\'')?.strip_suffix("' file not found")?, false),
        },
        None => return None,
    };
    // Of another language a compiler says the same.
    if gcc && !before.contains('.') {
        return None;
    }
    let because = format!("there is no header {before} for {}: {}", setting.image, by_whom(seen));
    Some((because, ways(by_header(before), setting)))
}

fn asked(seen: &Seen, setting: &Setting<'_>) -> Told {
    let name = match seen.line.strip_prefix("Package '") {
        Some(rest) if rest.ends_with("not found") => rest.split('\'').next()?,
        _ => seen
            .line
            .strip_prefix("Package ")?
            .strip_suffix(" was not found in the pkg-config search path.")?,
    };
    let name = name.to_owned();
    let asks = |package: &&crate::plan::code::Package| package.pkg_config.contains(&name);
    let asking = setting.code.and_then(|code| code.packages.iter().find(asks));
    let who = match asking {
        Some(package) => format!("{} asks for it ({})", package.path, package.shown_chain()),
        None => by_whom(seen),
    };
    let because = format!("pkg-config has no {name} for {}: {who}", setting.image);
    Some((because, ways(by_pkg_config(&[name]).first().copied(), setting)))
}

fn by_whom(seen: &Seen) -> String {
    seen.package
        .as_ref()
        .map_or_else(|| "nobody says who asks".to_owned(), |path| format!("{path} asks for it"))
}

fn ways(known: Option<&Known>, setting: &Setting<'_>) -> Vec<String> {
    let folder = "put it into a folder that gobuild.toml names: sysroot = \"sysroot\"";
    let Some(known) = known else {
        return vec![format!("build or fetch the library for the image, and {folder}")];
    };
    let packages = match setting.libc {
        // What runs without a C library is linked with musl too.
        Fact::Known(Libc::Musl(_) | Libc::None) => format!("{} of Alpine", known.alpine),
        Fact::Known(Libc::Glibc(_)) => format!("{} of Debian and Ubuntu", known.debian),
        _ => format!("{} of Alpine, {} of Debian and Ubuntu", known.alpine, known.debian),
    };
    vec![format!("it is in {packages}: {folder}")]
}

/// For people.
pub fn human(advice: &[Advice]) -> String {
    let mut text = String::new();
    for advice in advice {
        let _ = writeln!(text, "  because: {}", advice.because);
        for help in &advice.help {
            let _ = writeln!(text, "  help: {help}");
        }
    }
    text
}

/// Something about the C half of a build that is known.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CErrorObject<'a> {
    version: ShapeVersion,
    /// The line, as it was said.
    line: &'a str,
    /// The package that go was at work on; null where nobody knows.
    package: Option<&'a str>,
    /// The cause.
    because: &'a str,
    /// Ways out.
    help: &'a [String],
}

impl<'a> CErrorObject<'a> {
    pub(super) fn of(advice: &'a Advice) -> Self {
        Self {
            version: ShapeVersion,
            line: &advice.line,
            package: advice.package.as_deref(),
            because: &advice.because,
            help: &advice.help,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::code::{Left, Package};

    fn told(line: &str, libc: Libc) -> Vec<String> {
        let part = KNOWN.iter().position(|known| line.contains(known.says)).unwrap();
        let seen = Seen { part, line: line.to_owned(), package: Some("ex.org/db".to_owned()) };
        let package = Package {
            path: "ex.org/zip".to_owned(),
            version: None,
            cxx: false,
            left: Left::Nothing,
            chain: vec!["ex.org/app".to_owned(), "ex.org/zip".to_owned()],
            pkg_config: vec!["zlib".to_owned()],
            links: vec!["z".to_owned()],
        };
        let code = Code { standard: Vec::new(), packages: vec![package] };
        let setting = Setting { code: Some(&code), image: "img:1", libc: Fact::Known(libc) };
        let twice = [seen.clone(), seen];
        human(&advice(&twice, &setting)).lines().map(str::to_owned).collect()
    }

    const MUSL: Libc = Libc::Musl(Fact::Unknown);

    #[test]
    fn a_missing_library_is_told_with_who_asks_and_what_has_it() {
        let zip = "ex.org/zip asks for it (ex.org/app imports ex.org/zip)";
        let alpine = "  help: it is in zlib-dev zlib-static of Alpine: put it into a folder that gobuild.toml names: \
                      sysroot = \"sysroot\"";
        for line in [
            "/usr/bin/ld: cannot find -lz: No such file or directory",
            "/usr/bin/ld: cannot find -lz",
            "ld.lld: error: unable to find library -lz",
            "error: unable to find static system library \"z\" using strategy no_fallback. searched paths: none",
            "mold: fatal: library not found: z",
        ] {
            let because = format!("  because: there is no library -lz for img:1: {zip}");
            assert_eq!(told(line, MUSL), [because, alpine.to_owned()], "{line}");
        }
        let because = format!("  because: pkg-config has no zlib for img:1: {zip}");
        for line in [
            "Package 'zlib', required by 'virtual:world', not found",
            "Package zlib was not found in the pkg-config search path.",
        ] {
            assert_eq!(told(line, MUSL)[0], because, "{line}");
        }
        let unknown = told("/usr/bin/ld: cannot find -lown", MUSL);
        assert_eq!(unknown[0], "  because: there is no library -lown for img:1: ex.org/db asks for it");
    }

    #[test]
    fn a_missing_header_is_told_and_other_missing_files_are_not() {
        for line in [
            "a.go:3:10: fatal error: pcap.h: No such file or directory",
            "fatal error: 'pcap.h' file not found",
        ] {
            let told = told(line, Libc::Glibc(Fact::Unknown));
            assert_eq!(told[0], "  because: there is no header pcap.h for img:1: ex.org/db asks for it");
            assert!(told[1].starts_with("  help: it is in libpcap-dev of Debian"), "{told:?}");
        }
        assert!(told("open x: No such file or directory", MUSL).is_empty());
        assert!(told("Package 'x' is odd", MUSL).is_empty());
    }

    #[test]
    fn no_known_line_is_hidden_by_another() {
        for (index, part) in watched().iter().enumerate() {
            let first = watched().iter().position(|other| part.contains(other));
            assert_eq!(first, Some(index), "{part}");
        }
    }
}
