//! What each file is called where one run builds several.
//!
//! The rule: `{name}-{os}-{arch}`, and `{name}-{target}-{os}-{arch}` where more than one target is built.
//! `{arch}` carries the variant (`armv7`), and an extension that means something to a system (`.exe`,
//! `.so`) stays at the end. gobuild.toml's `build.name` replaces the rule.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use crate::config::name::expand;
use crate::error::{Error, Result};
use crate::platform::Platform;

/// The rule for several targets; [`crate::config::defaults::NAME`] is the one for several platforms.
pub const FOR_TARGETS: &str = "{name}-{target}-{os}-{arch}";

const EXTENSIONS: [&str; 6] = ["exe", "so", "dll", "dylib", "a", "h"];

/// The name of one of several results. `target` is a target's name or its image.
pub fn name(template: &str, file: &OsStr, target: &str, platform: &Platform) -> Result<OsString> {
    let path = Path::new(file);
    let known = path.extension().and_then(OsStr::to_str).filter(|extension| EXTENSIONS.contains(extension));
    let stem = if known.is_some() { path.file_stem().unwrap_or(file) } else { file };
    let Some(stem) = stem.to_str() else {
        return Err(Error::new(format!(
            "`{}` is no text, and several results are named after it",
            path.display()
        ))
        .help("build for one target and platform at a time, or choose another -o"));
    };
    let name = expand(template, stem, target, platform);
    Ok(known.map_or_else(|| name.clone(), |extension| format!("{name}.{extension}")).into())
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;
    use crate::config::defaults::NAME;

    fn named(template: &str, file: &str, platform: &str) -> String {
        let name =
            name(template, OsStr::new(file), "registry.corp/base:7", &platform.parse().unwrap()).unwrap();
        name.into_string().unwrap()
    }

    #[test]
    fn the_rule_keeps_variants_and_extensions() {
        assert_eq!(named(NAME, "rpc", "linux/amd64"), "rpc-linux-amd64");
        assert_eq!(named(NAME, "rpc", "linux/arm/v7"), "rpc-linux-armv7");
        assert_eq!(named(NAME, "rpc.exe", "windows/amd64"), "rpc-windows-amd64.exe");
        assert_eq!(named(NAME, "rpc-1.2", "linux/amd64/v3"), "rpc-1.2-linux-amd64v3");
        assert_eq!(named(FOR_TARGETS, "rpc", "linux/arm64"), "rpc-registry.corp-base-7-linux-arm64");
    }

    #[test]
    fn a_name_that_is_no_text_is_not_mangled() {
        let file = OsStr::from_bytes(b"rp\xff");
        assert!(name(NAME, file, "x", &Platform::linux("amd64")).is_err());
    }
}
