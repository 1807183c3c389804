//! What is behind the messages of compilers, linkers and go in a build that gobuild runs, in words. Their own words
//! are shown whole, before; what they mean is in the table of symptoms.

use std::fmt::Write as _;

use serde::Serialize;

use super::version::ShapeVersion;
use crate::image::{Fact, Libc};
use crate::plan::code::{Code, Package};
use crate::plan::known_libraries::{Known, by_header, by_link, by_pkg_config};
use crate::symptoms::building::Met;
use crate::symptoms::{self, Named};

/// The cause that is about the header of a library.
const LIBRARY_HEADER: &str = "c-header-missing";

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

impl Setting<'_> {
    /// The C library that C code is linked with, where that is known.
    pub fn linked_with(&self) -> Option<symptoms::Libc> {
        match self.libc {
            // What runs without a C library is linked with musl too.
            Fact::Known(Libc::Musl(_) | Libc::None) => Some(symptoms::Libc::Musl),
            Fact::Known(Libc::Glibc(_)) => Some(symptoms::Libc::Glibc),
            _ => None,
        }
    }
}

/// Cause and fix of one thing that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice<'a> {
    met: &'a Met,
    because: String,
    help: Vec<String>,
}

/// Cause and fix of each thing that was met.
pub fn advice<'a>(all: &'a [Met], setting: &Setting<'_>) -> Vec<Advice<'a>> {
    let advice = |met: &'a Met| {
        let (because, help) = missing(met, setting).unwrap_or_else(|| told(met));
        Advice { met, because, help }
    };
    all.iter().map(advice).collect()
}

/// Of what is missing it is said who asks and what has it.
fn missing(met: &Met, setting: &Setting<'_>) -> Option<(String, Vec<String>)> {
    let (what, known, asking) = match met.named.first()? {
        Named::Library(name) => (
            format!("there is no library -l{name}"),
            by_link(name),
            asking(setting, |package| package.links.contains(name)),
        ),
        // Those of the C library itself are a matter of the compiler's, and the table tells it.
        Named::Header(path) if met.causes.iter().all(|cause| cause.name == LIBRARY_HEADER) => {
            (format!("there is no header {path}"), by_header(path), None)
        }
        Named::PkgConfig(name) => (
            format!("pkg-config has no {name}"),
            by_pkg_config(std::slice::from_ref(name)).first().copied(),
            asking(setting, |package| package.pkg_config.contains(name)),
        ),
        _ => return None,
    };
    let who = match (asking, &met.said.package) {
        (Some(package), _) => format!("{} asks for it ({})", package.path, package.shown_chain()),
        (None, Some(path)) => format!("{path} asks for it"),
        (None, None) => "nobody says who asks".to_owned(),
    };
    Some((format!("{what} for {}: {who}", setting.image), ways(known, setting)))
}

fn asking<'a>(setting: &Setting<'a>, asks: impl Fn(&Package) -> bool) -> Option<&'a Package> {
    setting.code?.packages.iter().find(|package| asks(package))
}

/// What the table says: of one cause the whole, of several where to read on.
fn told(met: &Met) -> (String, Vec<String>) {
    match &met.causes[..] {
        [cause] => {
            let help = cause.in_build().iter().map(|&line| line.to_owned()).collect();
            (cause.summary.to_owned(), help)
        }
        causes => {
            let help = causes.iter().map(|cause| format!("perhaps this: gobuild explain {}", cause.name));
            (met.symptom.says.to_owned(), help.collect())
        }
    }
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
pub fn human(advice: &[Advice<'_>]) -> String {
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
    /// What is named in it.
    named: &'a [Named],
    /// Names of its causes, for `gobuild explain`, the most frequent first.
    causes: Vec<&'static str>,
    /// The cause, in words.
    because: &'a str,
    /// Ways out.
    help: &'a [String],
}

impl<'a> CErrorObject<'a> {
    pub(super) fn of(advice: &'a Advice<'a>) -> Self {
        let Met { said, named, causes, .. } = advice.met;
        Self {
            version: ShapeVersion,
            line: &said.line,
            package: said.package.as_deref(),
            named,
            causes: causes.iter().map(|cause| cause.name).collect(),
            because: &advice.because,
            help: &advice.help,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::code::Left;
    use crate::symptoms::building::{Said, met};

    fn told(line: &str, libc: Libc) -> Vec<String> {
        let said = Said { line: line.to_owned(), package: Some("ex.org/db".to_owned()) };
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
        let met = met(&[said.clone(), said], true, setting.linked_with());
        human(&advice(&met, &setting)).lines().map(str::to_owned).collect()
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
    fn what_the_headers_of_the_c_library_are_is_no_library_to_fetch() {
        let told = told("a.c:1:10: fatal error: stdlib.h: No such file or directory", MUSL);
        assert!(told[0].contains("the C compiler has no headers of the C library"), "{told:?}");
    }

    #[test]
    fn one_cause_is_told_and_of_several_where_to_read_on() {
        let one = told("ld.lld: error: undefined symbol: __fprintf_chk", MUSL);
        assert_eq!(one[0], "  because: a compiled library that was made for glibc is linked with musl");
        let several = told("undefined reference to `foo'", MUSL);
        assert_eq!(several[0], "  because: the linker did not find a C function");
        assert_eq!(several[1], "  help: perhaps this: gobuild explain library-not-linked");
    }
}
