//! `[build]`, and what a target says differently.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::name;
use super::reference;
use super::values::{Wrong, boolean, filled, mismatch, string};
use super::walk::Section;
use crate::origin::{List, Sourced};
use crate::platform::Platform;
use crate::suggest::closest;

/// Settings of a build. In a target they stand in front of those of `[build]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Build {
    /// `package`: what to build where no package is typed.
    pub package: Option<Sourced<String>>,
    /// `output`: `-o` where none is typed; a template ([`super::template`]).
    pub output: Option<Sourced<String>>,
    /// `name`: how the files are called where one run makes several ([`super::name`]).
    pub name: Option<Sourced<String>>,
    /// `tags`: build tags, each a template.
    pub tags: Option<List<String>>,
    /// `ldflags`: pieces of the linker's line, each a template; a space goes between them.
    pub ldflags: Option<List<String>>,
    /// `cgo`
    pub cgo: Option<Sourced<Cgo>>,
    /// `release`: as if `--release` were typed.
    pub release: Option<Sourced<bool>>,
    /// `sysroot`: the folder that holds C libraries and headers of the image.
    pub sysroot: Option<Sourced<String>>,
    /// [`PKG_CONFIG`], by name.
    pub pkg_config: BTreeMap<&'static str, Sourced<String>>,
}

/// Variables of pkg-config (pkg-config(1), "ENVIRONMENT VARIABLES") and of go (`go help environment`) that a file
/// can set, under their own names. The first is a program, the others are folders.
pub const PKG_CONFIG: [&str; 4] =
    ["PKG_CONFIG", "PKG_CONFIG_PATH", "PKG_CONFIG_LIBDIR", "PKG_CONFIG_SYSROOT_DIR"];

/// Whether C code is compiled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cgo {
    /// Where a package of the build needs it.
    #[default]
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

impl Cgo {
    /// As written in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::On => "on",
            Self::Off => "off",
        }
    }
}

/// `[target.NAME]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The name, with the line of its header.
    pub name: Sourced<String>,
    /// `image`
    pub image: Option<Sourced<String>>,
    /// `rootfs`: a root file system's folder to read the image's facts from.
    pub rootfs: Option<Sourced<String>>,
    /// `archive`: an archive of the image to read its facts from.
    pub archive: Option<Sourced<String>>,
    /// `platforms`; never empty.
    pub platforms: Option<List<Platform>>,
    /// What it says differently from `[build]`.
    pub build: Build,
}

impl Build {
    pub(super) fn read(section: &Section<'_, '_>) -> Self {
        Self {
            package: section.value("package", package),
            output: section.value("output", filled),
            name: section.value("name", |value| {
                let text = filled(value)?;
                name::check(&text)?;
                Ok(text)
            }),
            tags: section.list("tags", "a list of tags", tag),
            ldflags: ldflags(section),
            cgo: section.value("cgo", cgo),
            release: section.value("release", boolean),
            sysroot: section.value("sysroot", filled),
            pkg_config: PKG_CONFIG
                .into_iter()
                .filter_map(|name| Some((name, section.value(name, filled)?)))
                .collect(),
        }
    }
}

impl Target {
    pub(super) fn read(name: &str, section: &Section<'_, '_>) -> Self {
        let target = Self {
            name: Sourced::new(name.to_owned(), section.origin(section.span.start, "")),
            image: section.value("image", image),
            rootfs: section.value("rootfs", filled),
            archive: section.value("archive", filled),
            platforms: platforms(section),
            build: Build::read(section),
        };
        let [read, other] = ["rootfs", "archive"].map(|key| section.value_span(key));
        if let (Some(_), Some(twice)) = (&read, &other) {
            let help = Some("keep one of the two".to_owned());
            section.wrong(twice.clone(), ("`rootfs` and `archive` both say what to read".to_owned(), help));
        }
        if section.value_span("image").is_none() && read.or(other).is_none() {
            let message = format!("target `{name}` has no image");
            let help = "add image = \"alpine:3.20\"; for no image at all, image = \"scratch\"".to_owned();
            section.wrong(section.span.clone(), (message, Some(help)));
        }
        target
    }
}

/// A list of platforms that is not empty.
pub(super) fn platforms(section: &Section<'_, '_>) -> Option<List<Platform>> {
    let list = section.list("platforms", "a list of platforms", |value| {
        string(value)?.parse::<Platform>().map_err(|error| (error.to_string().into(), None))
    })?;
    if let Some(span) = section.value_span("platforms").filter(|_| section.is_empty_list("platforms")) {
        let help = "leave the key out, or name one: platforms = [\"linux/amd64\"]".to_owned();
        section.wrong(span, ("`platforms` is empty".to_owned(), Some(help)));
    }
    Some(list)
}

/// A reference of an image.
pub(super) fn image(value: &DeValue<'_>) -> Result<String, Wrong> {
    let text = filled(value)?;
    if reference::is_possible(&text) {
        return Ok(text);
    }
    Err((format!("`{text}` cannot be an image").into(), Some("an image reads like alpine:3.20".to_owned())))
}

/// In front of the packages go reads a word with a dash as a flag; `-o=…` would lead past the proof.
fn package(value: &DeValue<'_>) -> Result<String, Wrong> {
    match filled(value)? {
        text if text.starts_with('-') => {
            let help = "write a folder as ./cmd/rpc; go's flags are typed".to_owned();
            Err((format!("`{text}` begins with a dash").into(), Some(help)))
        }
        text => Ok(text),
    }
}

/// Go takes spaces and commas for separators, so a tag with one of them is two.
fn tag(value: &DeValue<'_>) -> Result<String, Wrong> {
    let text = filled(value)?;
    if text.contains("{{") || !text.contains([' ', ',']) {
        return Ok(text);
    }
    let parts: Vec<_> =
        text.split([' ', ',']).filter(|part| !part.is_empty()).map(|part| format!("\"{part}\"")).collect();
    Err((format!("`{text}` is several tags").into(), Some(format!("one string each: {}", parts.join(", ")))))
}

/// A list of pieces, or all in one string.
fn ldflags(section: &Section<'_, '_>) -> Option<List<String>> {
    if section.is_string("ldflags") {
        let whole = section.value("ldflags", string)?;
        return Some(Sourced::new(vec![whole.clone()], whole.origin));
    }
    section.list("ldflags", "a list of strings, or one string", string)
}

fn cgo(value: &DeValue<'_>) -> Result<Cgo, Wrong> {
    // `of` is as near to `on` as to `off`: the first one counts, and it drops a letter.
    const ALL: [Cgo; 3] = [Cgo::Off, Cgo::On, Cgo::Auto];
    if let DeValue::Boolean(on) = value {
        let meant = if *on { Cgo::On } else { Cgo::Off };
        let (message, _) = mismatch("\"auto\", \"on\" or \"off\"", value);
        return Err((message, Some(format!("write \"{}\"", meant.name()))));
    }
    let text = string(value)?;
    ALL.into_iter().find(|cgo| cgo.name() == text).ok_or_else(|| {
        let meant = match text.as_str() {
            "1" | "true" | "yes" | "always" => Some("on"),
            "0" | "false" | "no" | "never" => Some("off"),
            other => closest(other, ALL.map(Cgo::name)),
        };
        let message = format!("`{text}` is none of \"auto\", \"on\", \"off\"");
        (message.into(), meant.map(|meant| format!("did you mean `{meant}`?")))
    })
}
