//! Clauses that several checks say in the same words.

pub(super) use crate::diagnostics::in_pod;
use crate::diagnostics::{About, Line, NamedImage};

/// One line of evidence without a note.
pub(super) fn line(label: impl Into<String>, value: impl Into<String>) -> Line {
    Line { label: label.into(), value: value.into(), note: None }
}

/// One line of evidence with a note.
pub(super) fn noted(label: impl Into<String>, value: impl Into<String>, note: impl Into<String>) -> Line {
    Line { note: Some(note.into()), ..line(label, value) }
}

/// What the kernel answers for a file that it cannot run.
pub(super) fn exec_format_error(file: &str) -> String {
    format!("exec {}: exec format error", in_pod(file))
}

/// The image's name; where no image was judged, no check says anything of one.
pub(super) fn image(about: &About) -> &str {
    about.image.as_ref().map_or("", |image| &image.name)
}

/// Two lines: which function is linked in, and what the image has instead of what it looks for.
pub(super) fn lacks(about: &About, function: &str, known: bool, instead: &str) -> Vec<Line> {
    let there = if known {
        line(format!("{} has", image(about)), instead)
    } else {
        line(format!("for {}", image(about)), "it is not known")
    };
    vec![noted(format!("{} calls", about.file), function, "its table of functions"), there]
}

/// A `gobuild` line that plans the build for this image and platform anew.
pub(super) fn rebuild(about: &About) -> String {
    let target =
        about.image.as_ref().map_or_else(String::new, |image| format!(" --target {}", image.written));
    format!("gobuild{target} --platform {}", about.platform)
}

/// How an image becomes known: a table for gobuild.toml. The value is an example, and says so.
pub(super) fn describe(image: &NamedImage, libc: &str) -> String {
    let name = image.written.replace('\\', "\\\\").replace('"', "\\\"");
    format!(
        "say in gobuild.toml which C library the image has (`ldd --version` in it prints it):\n\
         [image.\"{name}\"]\nlibc = \"{libc}\""
    )
}

/// The first of many names, and how many more there are.
pub(super) fn shown(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let list = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => list,
        more => format!("{list} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_for_gobuild_toml_is_toml() {
        let name = "registry.corp/base:7".to_owned();
        let text = describe(&NamedImage { name: name.clone(), written: name }, "glibc 2.36");
        let table = text.split_once('\n').unwrap().1;
        let parsed: toml::Table = table.parse().unwrap();
        assert_eq!(parsed["image"]["registry.corp/base:7"]["libc"].as_str(), Some("glibc 2.36"));
    }
}
