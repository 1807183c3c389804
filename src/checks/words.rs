//! Clauses that several checks say in the same words.

use super::Subject;
use crate::diagnostics::Line;
use crate::image::Image;
use crate::origin::Origin;

/// One line of evidence without a note.
pub(super) fn line(label: impl Into<String>, value: impl Into<String>) -> Line {
    Line { label: label.into(), value: value.into(), note: None }
}

/// One line of evidence with a note.
pub(super) fn noted(label: impl Into<String>, value: impl Into<String>, note: impl Into<String>) -> Line {
    Line { note: Some(note.into()), ..line(label, value) }
}

/// Where the messages of production put the file. The real path is the Dockerfile's to choose, but for a file of
/// an image, which is called by its path.
pub(super) fn in_pod(name: &str) -> String {
    if name.starts_with('/') { name.to_owned() } else { format!("/app/{name}") }
}

/// A `gobuild` line that plans the build for this image and platform anew.
pub(super) fn rebuild(subject: &Subject<'_>) -> String {
    let target = subject.image.map_or_else(String::new, |image| format!(" --target {}", image.written));
    format!("gobuild{target} --platform {}", subject.platform)
}

/// How an image becomes known: a table for gobuild.toml. The value is an example, and says so.
pub(super) fn describe(image: &Image, libc: &str) -> String {
    let name = image.written.replace('\\', "\\\\").replace('"', "\\\"");
    format!(
        "say in gobuild.toml which C library the image has (`ldd --version` in it prints it):\n\
         [image.\"{name}\"]\nlibc = \"{libc}\""
    )
}

/// Why a file came out linked with a C library.
pub(super) fn cgo_cause(subject: &Subject<'_>) -> Option<String> {
    let recorded = || {
        let on = subject.binary.build_info()?.setting("CGO_ENABLED")? == "1";
        on.then(|| "cgo was on (CGO_ENABLED=1 in the binary's build information)".to_owned())
    };
    let Some(cgo) = &subject.build.cgo else { return recorded() };
    if !cgo.value {
        return None;
    }
    let from_cgo = from(&cgo.origin);
    let Some(cc) = &subject.build.cc else {
        return Some(format!("cgo was on (CGO_ENABLED=1{from_cgo})"));
    };
    let from_cc = from(&cc.origin);
    let from_cgo = if from_cgo == from_cc { "" } else { from_cgo.as_str() };
    let cc = &cc.value;
    Some(format!("cgo was on and the C compiler was {cc} (CGO_ENABLED=1{from_cgo}, CC={cc}{from_cc})"))
}

fn from(origin: &Origin) -> String {
    match origin {
        Origin::Environment(_) => " from the environment".to_owned(),
        Origin::Image(text) | Origin::Because(text) => format!(" since {text}"),
        Origin::Default => " by default".to_owned(),
        place => format!(" from {place}"),
    }
}

/// What the user would have to unset to leave the choice to gobuild: `unset both, or `.
pub(super) fn unset(subject: &Subject<'_>) -> &'static str {
    let typed = |origin: &Origin| matches!(origin, Origin::Environment(_));
    let cgo = subject.build.cgo.as_ref().is_some_and(|cgo| typed(&cgo.origin));
    let cc = subject.build.cc.as_ref().is_some_and(|cc| typed(&cc.origin));
    match (cgo, cc) {
        (true, true) => "unset both, or ",
        (true, false) => "unset CGO_ENABLED, or ",
        (false, true) => "unset CC, or ",
        (false, false) => "",
    }
}

/// The first of many names, and how many more there are.
pub(super) fn shown(names: &[&str]) -> String {
    const SHOWN: usize = 5;
    let list = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => list,
        more => format!("{list} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case};

    fn environment(name: &str) -> Origin {
        Origin::Environment(name.to_owned())
    }

    #[test]
    fn the_cause_names_both_settings_and_where_each_came_from() {
        let case = || Case::new(fix::glibc_go(&[]));
        let from_environment = case().cgo(true, environment("CGO_ENABLED")).cc("gcc", environment("CC"));
        assert_eq!(
            cgo_cause(&from_environment.subject()).unwrap(),
            "cgo was on and the C compiler was gcc (CGO_ENABLED=1, CC=gcc from the environment)"
        );
        let because = Origin::Because("net/sqlite has C code".to_owned());
        let planned = case().cgo(true, because).cc("gcc", environment("CC"));
        assert_eq!(
            cgo_cause(&planned.subject()).unwrap(),
            "cgo was on and the C compiler was gcc \
             (CGO_ENABLED=1 since net/sqlite has C code, CC=gcc from the environment)"
        );
        assert_eq!(
            cgo_cause(&case().cgo(true, Origin::CommandLine("--cgo".to_owned())).subject()).unwrap(),
            "cgo was on (CGO_ENABLED=1 from --cgo on the command line)"
        );
    }

    #[test]
    fn without_a_plan_gos_own_record_is_the_cause_and_without_either_there_is_none() {
        let recorded = Case::new(fix::glibc_go(&[]));
        assert_eq!(
            cgo_cause(&recorded.subject()).unwrap(),
            "cgo was on (CGO_ENABLED=1 in the binary's build information)"
        );
        assert_eq!(cgo_cause(&Case::new(fix::static_go()).subject()), None);
        assert_eq!(cgo_cause(&Case::new(fix::static_c()).subject()), None);
        let off = Case::new(fix::glibc_go(&[])).cgo(false, Origin::Default);
        assert_eq!(cgo_cause(&off.subject()), None);
    }

    #[test]
    fn a_table_for_gobuild_toml_is_toml() {
        let text = describe(&Image::undescribed("registry.corp/base:7"), "glibc 2.36");
        let table = text.split_once('\n').unwrap().1;
        let parsed: toml::Table = table.parse().unwrap();
        assert_eq!(parsed["image"]["registry.corp/base:7"]["libc"].as_str(), Some("glibc 2.36"));
    }
}
