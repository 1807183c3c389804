//! What each file is called where one run builds several.
//!
//! The rule: `{name}-{os}-{arch}`, and `{name}-{target}-{os}-{arch}` where more than one target is built.
//! `{arch}` carries the variant (`armv7`), and an extension that means something to a system (`.exe`,
//! `.so`) stays at the end. gobuild.toml's `build.name` replaces the rule.

use std::ffi::{OsStr, OsString};

use crate::error::{Error, Result};
use crate::platform::Platform;
use crate::suggest;

/// The rule for one target on several platforms.
pub const FOR_PLATFORMS: &str = "{name}-{os}-{arch}";
/// The rule for several targets.
pub const FOR_TARGETS: &str = "{name}-{target}-{os}-{arch}";

const PLACEHOLDERS: [&str; 4] = ["name", "target", "os", "arch"];
const EXTENSIONS: [&str; 6] = ["exe", "so", "dll", "dylib", "a", "h"];

/// The name of one of several results. `target` is a target's name or its image.
pub fn name(template: &str, file: &OsStr, target: &str, platform: &Platform) -> Result<OsString> {
    let (stem, extension) = split_extension(file);
    let mut name = OsString::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        name.push(before);
        let Some((placeholder, behind)) = behind.split_once('}') else {
            return Err(Error::new(format!("`{template}` has a `{{` without its `}}`")));
        };
        match placeholder {
            "name" => name.push(&stem),
            "target" => name.push(file_safe(target)),
            "os" => name.push(&platform.os),
            "arch" => {
                name.push(format!("{}{}", platform.arch, platform.variant.as_deref().unwrap_or_default()))
            }
            other => return Err(unknown(template, other)),
        }
        rest = behind;
    }
    name.push(rest);
    name.push(extension);
    Ok(name)
}

fn unknown(template: &str, placeholder: &str) -> Error {
    let error = Error::new(format!("`{template}`: there is no `{{{placeholder}}}`"));
    match suggest::closest(placeholder, PLACEHOLDERS) {
        Some(near) => error.help(format!("did you mean `{{{near}}}`?")),
        None => error.help("there are {name}, {target}, {os} and {arch}"),
    }
}

fn split_extension(file: &OsStr) -> (OsString, OsString) {
    let path = std::path::Path::new(file);
    match (path.file_stem(), path.extension()) {
        (Some(stem), Some(extension)) if EXTENSIONS.iter().any(|known| extension == *known) => {
            let mut dotted = OsString::from(".");
            dotted.push(extension);
            (stem.to_owned(), dotted)
        }
        _ => (file.to_owned(), OsString::new()),
    }
}

/// An image's reference as part of a file name: `registry.corp/base:7` is `registry.corp-base-7`.
fn file_safe(target: &str) -> String {
    target.chars().map(|c| if matches!(c, '/' | ':' | '@') { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(template: &str, file: &str, platform: &str) -> String {
        let name =
            name(template, OsStr::new(file), "registry.corp/base:7", &platform.parse().unwrap()).unwrap();
        name.into_string().unwrap()
    }

    #[test]
    fn the_rule_keeps_variants_and_extensions() {
        assert_eq!(named(FOR_PLATFORMS, "rpc", "linux/amd64"), "rpc-linux-amd64");
        assert_eq!(named(FOR_PLATFORMS, "rpc", "linux/arm/v7"), "rpc-linux-armv7");
        assert_eq!(named(FOR_PLATFORMS, "rpc.exe", "windows/amd64"), "rpc-windows-amd64.exe");
        assert_eq!(named(FOR_PLATFORMS, "rpc-1.2", "linux/amd64/v3"), "rpc-1.2-linux-amd64v3");
        assert_eq!(named(FOR_TARGETS, "rpc", "linux/arm64"), "rpc-registry.corp-base-7-linux-arm64");
        assert_eq!(named("out_{arch}", "rpc", "linux/arm64"), "out_arm64");
    }

    #[test]
    fn a_wrong_placeholder_is_an_error_with_a_suggestion() {
        let error = name("{nam}", OsStr::new("rpc"), "x", &Platform::linux("amd64")).unwrap_err();
        assert_eq!(error.help, ["did you mean `{name}`?"]);
        assert!(name("{name", OsStr::new("rpc"), "x", &Platform::linux("amd64")).is_err());
    }
}
