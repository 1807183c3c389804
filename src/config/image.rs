//! `[image."REFERENCE"]`: what the user says of an image.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::build::{image, platforms};
use super::reference;
use super::values::{Fault, Wrong, boolean, filled, mismatch, string};
use super::walk::Section;
use crate::image::facts::{Source, User};
use crate::image::{Fact, Image, Libc, Version};
use crate::origin::{List, Origin, Sourced};
use crate::platform::Platform;
use crate::suggest::closest;

/// Facts of one image. What is not said stays as it is known elsewhere, or unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageEntry {
    /// The line of the table's header.
    pub origin: Origin,
    /// `from`: a known image that this one is built on; its facts hold where nothing else is said.
    pub from: Option<Sourced<String>>,
    /// `libc`: `glibc 2.34`, `musl`, `uclibc` or `none`.
    pub libc: Option<Sourced<Libc>>,
    /// `platforms`; never empty.
    pub platforms: Option<List<Platform>>,
    /// `amd64-level`, 1 to 4: what the image's C library demands of the processor.
    pub amd64_level: Option<Sourced<u8>>,
    /// `ca-certificates`
    pub ca_certificates: Option<Sourced<bool>>,
    /// `zoneinfo`
    pub zoneinfo: Option<Sourced<bool>>,
    /// `shell`: its path; none where `false` is written.
    pub shell: Option<Sourced<Option<String>>>,
    /// `users`: ids by name.
    pub users: Option<BTreeMap<String, Sourced<u32>>>,
    /// `tmp`
    pub tmp: Option<Sourced<bool>>,
    /// `libraries`: file names that are there beside the C library's own.
    pub libraries: Option<List<String>>,
}

impl ImageEntry {
    pub(super) fn read(name: &str, section: &Section<'_, '_>) -> Self {
        if !reference::is_possible(name) {
            let help = Some("an image reads like registry.example/base:7, in quotes".to_owned());
            section.wrong(section.span.clone(), (format!("`{name}` cannot be an image"), help));
        }
        Self {
            origin: section.origin(section.span.start, ""),
            from: section.value("from", image),
            libc: section.value("libc", libc),
            platforms: platforms(section),
            amd64_level: section.value("amd64-level", amd64_level),
            ca_certificates: section.value("ca-certificates", boolean),
            zoneinfo: section.value("zoneinfo", boolean),
            shell: section.value("shell", shell),
            users: section.map("users", "a table of ids", user_id),
            tmp: section.value("tmp", boolean),
            libraries: section.list("libraries", "a list of file names", library),
        }
    }

    /// These facts laid over what is known already: of the image named by `from`, or nothing
    /// ([`Image::undescribed`]).
    #[must_use]
    pub fn over(&self, base: Image, name: &str) -> Image {
        fn say<T: Clone>(cell: &mut Fact<T>, said: Option<&Sourced<T>>) {
            if let Some(said) = said {
                *cell = Fact::Known(said.value.clone());
            }
        }
        let mut image = base;
        name.clone_into(&mut image.name);
        name.clone_into(&mut image.written);
        image.source = Source::Config(self.origin.clone());
        say(&mut image.libc, self.libc.as_ref());
        if self.libc.is_some() {
            image.libc_exceptions.clear();
        }
        if let Some(platforms) = &self.platforms {
            let platforms: Vec<Platform> = platforms.value.iter().map(|item| item.value.clone()).collect();
            image.os = platforms.first().map(|first| first.os.clone()).into();
            image.platforms = Fact::Known(platforms);
        } else if self.libc.as_ref().is_some_and(|libc| libc.value != Libc::None) {
            image.os = Fact::Known("linux".to_owned());
        }
        say(&mut image.amd64_level, self.amd64_level.as_ref());
        say(&mut image.ca_certificates, self.ca_certificates.as_ref());
        say(&mut image.zoneinfo, self.zoneinfo.as_ref());
        say(&mut image.shell, self.shell.as_ref());
        say(&mut image.tmp, self.tmp.as_ref());
        if let Some(users) = &self.users {
            let users = users.iter().map(|(name, uid)| User { name: name.clone(), uid: uid.value });
            image.users = Fact::Known(users.collect());
        }
        for library in self.libraries.iter().flat_map(|list| &list.value) {
            image.libraries.absent.retain(|absent| *absent != library.value);
            if !image.libraries.present.contains(&library.value) {
                image.libraries.present.push(library.value.clone());
            }
        }
        image
    }
}

fn libc(value: &DeValue<'_>) -> Result<Libc, Wrong> {
    const NAMES: [&str; 4] = ["glibc", "musl", "uclibc", "none"];
    let text = filled(value)?;
    let (name, version) =
        text.split_once([' ', '-']).map_or((text.as_str(), None), |(name, rest)| (name, Some(rest.trim())));
    let version = match version.map(str::parse::<Version>) {
        None => Fact::Unknown,
        Some(Ok(version)) => Fact::Known(version),
        Some(Err(())) => {
            let help = format!("write it like \"{name} 2.34\"");
            return Err((format!("`{text}` has no version that can be read").into(), Some(help)));
        }
    };
    match (name, version) {
        ("glibc", version) => Ok(Libc::Glibc(version)),
        ("musl", version) => Ok(Libc::Musl(version)),
        ("uclibc", Fact::Unknown) => Ok(Libc::Uclibc),
        ("none", Fact::Unknown) => Ok(Libc::None),
        _ => {
            let help = match closest(name, NAMES) {
                Some(near) if near != name => format!("did you mean `{near}`?"),
                _ => "write \"glibc 2.34\", \"musl 1.2.5\", \"uclibc\" or \"none\"".to_owned(),
            };
            Err((format!("`{text}` is no C library that gobuild knows").into(), Some(help)))
        }
    }
}

fn amd64_level(value: &DeValue<'_>) -> Result<u8, Wrong> {
    let level = match value {
        DeValue::Integer(number) => number.as_str().parse().ok(),
        DeValue::String(text) => text.strip_prefix('v').and_then(|level| level.parse().ok()),
        _ => return Err(mismatch("a level from 1 to 4", value)),
    };
    level
        .filter(|level| (1..=4).contains(level))
        .ok_or_else(|| (Fault::Predicate("is not a level from 1 to 4".to_owned()), None))
}

fn shell(value: &DeValue<'_>) -> Result<Option<String>, Wrong> {
    match value {
        DeValue::Boolean(false) => Ok(None),
        DeValue::String(path) if path.starts_with('/') => Ok(Some(path.clone().into_owned())),
        DeValue::String(path) => Err((format!("`{path}` is not an absolute path").into(), None)),
        _ => Err(mismatch("the path of a shell, or false", value)),
    }
}

fn user_id(value: &DeValue<'_>) -> Result<u32, Wrong> {
    let DeValue::Integer(number) = value else { return Err(mismatch("a numeric id", value)) };
    number.as_str().parse().map_err(|_| (format!("`{number}` is not a user's id").into(), None))
}

fn library(value: &DeValue<'_>) -> Result<String, Wrong> {
    let text = string(value)?;
    if !text.is_empty() && !text.contains('/') {
        return Ok(text);
    }
    let help =
        text.rsplit('/').next().filter(|name| !name.is_empty()).map(|name| format!("write \"{name}\""));
    Err((format!("`{text}` is not a file name").into(), help))
}
