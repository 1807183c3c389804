//! gobuild.lock: what `gobuild image pin` read of real images. It is written by gobuild alone, in a stable
//! order, and counts before the embedded catalogue.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::image::facts::{Libraries, RuntimeVersions, Source, User};
use crate::image::root::{Library, Root};
use crate::image::{Fact, Image, Libc, Reference, RunConfig, Version};
use crate::platform::Platform;

/// The file's name.
pub const NAME: &str = "gobuild.lock";
/// The version of the format. An older gobuild does not guess at a newer one.
const VERSION: u64 = 1;

/// The whole file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lock {
    /// By image and platform, in this order.
    pub pins: Vec<Pin>,
}

/// One image on one platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// The reference in full: `docker.io/library/alpine:3.20`.
    pub image: String,
    /// The platform, where it is known.
    pub platform: Option<Platform>,
    /// Digest of the manifest or the configuration that was read.
    pub digest: Option<String>,
    /// What it was read from.
    pub from: String,
    facts: Facts,
    root: Root,
}

/// The cells of [`Image`] that a root file system gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    os: Option<String>,
    libc: Cell<LockedLibc>,
    amd64_level: Option<u8>,
    libraries: LockedLibraries,
    glibcxx: Option<String>,
    cxxabi: Option<String>,
    gcc: Option<String>,
    ca_certificates: Option<bool>,
    zoneinfo: Option<bool>,
    shell: Cell<String>,
    users: Option<Vec<LockedUser>>,
    tmp: Option<bool>,
    nsswitch: Option<bool>,
    mime_types: Option<bool>,
    run: Option<RunConfig>,
}

/// A cell in which nothing is an answer too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Cell<T> {
    Unknown,
    None,
    Is(T),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LockedLibc {
    name: String,
    version: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LockedLibraries {
    present: Vec<String>,
    absent: Vec<String>,
    complete: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LockedUser {
    name: String,
    uid: u32,
}

/// The name under which an image is pinned: the reference in full, so that `alpine:3.20` and
/// `docker.io/library/alpine:3.20` are one. A text that is no reference is its own name.
pub fn key(written: &str) -> String {
    written.parse::<Reference>().map_or_else(|_| written.to_owned(), |reference| reference.to_string())
}

impl Lock {
    /// Reads a gobuild.lock. `shown` is how messages name it.
    pub fn parse(shown: &str, text: &str) -> Result<Self> {
        let foreign = |why: String| {
            Error::new(format!("{shown} cannot be read: {why}"))
                .detail("  only gobuild writes it; do not edit it")
                .help(format!("rm {shown}, then pin each image again: gobuild image pin IMAGE"))
        };
        let document: Value = serde_json::from_str(text).map_err(|error| foreign(error.to_string()))?;
        match document.get("version").and_then(Value::as_u64) {
            Some(VERSION) => {}
            Some(other) => {
                return Err(Error::new(format!(
                    "{shown} has version {other}, and this gobuild reads {VERSION}"
                ))
                .help("use the gobuild that wrote it, or delete it and run: gobuild image pin IMAGE"));
            }
            None => return Err(foreign("it does not say its version".to_owned())),
        }
        let images = document.get("images").cloned().unwrap_or_default();
        let pins: Vec<Pin> = serde_json::from_value(images).map_err(|error| foreign(error.to_string()))?;
        if let Some(pin) = pins.iter().find(|pin| pin.facts.image().is_none()) {
            return Err(foreign(format!("the facts of {} contradict themselves", pin.image)));
        }
        Ok(Self { pins })
    }

    /// The text of the file: the same lock gives the same text.
    pub fn text(&self) -> String {
        let images: Vec<Value> =
            self.pins.iter().map(|pin| serde_json::to_value(pin).unwrap_or_default()).collect();
        let document = serde_json::json!({ "version": VERSION, "images": images });
        let mut text = String::new();
        spread(&document, 0, &mut text);
        text.push('\n');
        text
    }

    /// Takes one image's pins in, in the place of what was pinned for the same platforms.
    pub fn put(&mut self, pin: Pin) {
        self.pins.retain(|old| (&old.image, &old.platform) != (&pin.image, &pin.platform));
        self.pins.push(pin);
        self.pins.sort_by(|a, b| (&a.image, &a.platform).cmp(&(&b.image, &b.platform)));
    }

    /// The pins of an image, one for each platform. A name with the digest that is pinned is that image too: so does a
    /// Dockerfile name it.
    pub fn of(&self, written: &str) -> Vec<&Pin> {
        let key = key(written);
        let (name, digest) = key.split_once('@').unzip();
        let is_pinned = |pin: &&Pin| Some(pin.image.as_str()) == name && pin.digest.as_deref() == digest;
        self.pins.iter().filter(|pin| pin.image == key || is_pinned(pin)).collect()
    }

    /// Pins of the same repository under other tags: the image was changed and the lock was not.
    pub fn others(&self, written: &str) -> Vec<&str> {
        let repository = |name: &str| name.parse::<Reference>().map(|reference| reference.repository());
        let Ok(own) = repository(written) else { return Vec::new() };
        let key = key(written);
        let others = self.pins.iter().map(|pin| pin.image.as_str()).filter(|name| *name != key);
        let mut others: Vec<&str> =
            others.filter(|name| repository(name).is_ok_and(|other| other == own)).collect();
        others.dedup();
        others
    }
}

impl Pin {
    /// A pin of what was read. None where it was not read of a root file system.
    pub fn of(written: &str, image: &Image, digest: Option<String>) -> Option<Self> {
        let Source::Read(from) = &image.source else { return None };
        let root = image.root.as_deref()?;
        let platform = image.platforms.as_ref().known().and_then(|all| all.first().cloned());
        let facts = Facts::of(image);
        Some(Self { image: key(written), platform, digest, from: from.clone(), facts, root: needed(root) })
    }

    /// The image as it was pinned, under the name that was written.
    pub fn image(&self, written: &str) -> Image {
        let digest = self.digest.as_deref().filter(|digest| !self.from.contains(digest));
        let digest = digest.map(|digest| format!(", {digest}")).unwrap_or_default();
        let said = self.facts.image().unwrap_or_else(|| Image::undescribed(written));
        Image {
            name: written.to_owned(),
            written: written.to_owned(),
            source: Source::Read(format!("{}{digest} ({NAME})", self.from)),
            platforms: self.platform.clone().map(|platform| vec![platform]).into(),
            root: Some(Arc::new(self.root.clone())),
            ..said
        }
    }
}

/// The root without the links that lead to no library and to no folder of one: there are thousands. A
/// folder counts where a library is below it or another link that counts: with a merged /usr, `/lib64` leads
/// to a folder that holds nothing but the link of the loader.
fn needed(root: &Root) -> Root {
    let mut kept: BTreeMap<String, String> = BTreeMap::new();
    loop {
        let leads = |path: &str| {
            let Some(real) = root.real(path) else { return false };
            let folder = if real == "/" { real.clone() } else { format!("{real}/") };
            root.elf.contains_key(&real) || has_below(&root.elf, &folder) || has_below(&kept, &folder)
        };
        let more: BTreeMap<String, String> = root
            .links
            .iter()
            .filter(|(path, _)| leads(path))
            .map(|(path, target)| (path.clone(), target.clone()))
            .collect();
        if more.len() == kept.len() {
            return Root { links: kept, elf: with_few_names(&root.elf), ..root.clone() };
        }
        kept = more;
    }
}

/// Names of libraries are what would make the file grow, and where a library has versions, the versions say
/// which names it has: they are left out then, and with them what others ask of it by a version. Not so beside
/// musl, whose loader reads no versions.
fn with_few_names(libraries: &BTreeMap<String, Library>) -> BTreeMap<String, Library> {
    let is_musl = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        name == "libc.so" || name.starts_with("ld-musl-") || name.starts_with("libc.musl-")
    };
    let musl: BTreeSet<u16> =
        libraries.iter().filter(|(path, _)| is_musl(path)).map(|(_, library)| library.machine).collect();
    let few = |library: &Library| {
        let mut library = library.clone();
        if !musl.contains(&library.machine) {
            library.exports = library.exports.filter(|_| library.verdef.is_none());
            library.undefined.retain(|wanted| wanted.version.is_none());
        }
        library
    };
    libraries.iter().map(|(path, library)| (path.clone(), few(library))).collect()
}

fn has_below<T>(paths: &BTreeMap<String, T>, folder: &str) -> bool {
    let from = (Bound::Included(folder), Bound::Unbounded);
    paths.range::<str, _>(from).next().is_some_and(|(path, _)| path.starts_with(folder))
}

impl Facts {
    fn of(image: &Image) -> Self {
        let version = |fact: Fact<Version>| fact.known().map(|version| version.to_string());
        let libc = |name: &str, number: Fact<Version>| {
            Cell::Is(LockedLibc { name: name.to_owned(), version: version(number) })
        };
        Self {
            os: image.os.clone().known(),
            libc: match image.libc {
                Fact::Unknown => Cell::Unknown,
                Fact::Known(Libc::None) => Cell::None,
                Fact::Known(Libc::Glibc(number)) => libc("glibc", number),
                Fact::Known(Libc::Musl(number)) => libc("musl", number),
                Fact::Known(Libc::Uclibc) => libc("uclibc", Fact::Unknown),
            },
            amd64_level: image.amd64_level.known(),
            libraries: LockedLibraries {
                present: image.libraries.present.clone(),
                absent: image.libraries.absent.clone(),
                complete: image.libraries.complete,
            },
            glibcxx: version(image.runtime.glibcxx),
            cxxabi: version(image.runtime.cxxabi),
            gcc: version(image.runtime.gcc),
            ca_certificates: image.ca_certificates.known(),
            zoneinfo: image.zoneinfo.known(),
            shell: match &image.shell {
                Fact::Unknown => Cell::Unknown,
                Fact::Known(None) => Cell::None,
                Fact::Known(Some(path)) => Cell::Is(path.clone()),
            },
            users: image
                .users
                .clone()
                .known()
                .map(|users| users.into_iter().map(|User { name, uid }| LockedUser { name, uid }).collect()),
            tmp: image.tmp.known(),
            nsswitch: image.nsswitch.known(),
            mime_types: image.mime_types.known(),
            run: image.run.clone(),
        }
    }

    /// The cells; none where a text in them is no version or no C library.
    fn image(&self) -> Option<Image> {
        let version = |text: &Option<String>| -> Option<Fact<Version>> {
            match text {
                None => Some(Fact::Unknown),
                Some(text) => text.parse().ok().map(Fact::Known),
            }
        };
        let libc = match &self.libc {
            Cell::Unknown => Fact::Unknown,
            Cell::None => Fact::Known(Libc::None),
            Cell::Is(libc) => Fact::Known(match libc.name.as_str() {
                "glibc" => Libc::Glibc(version(&libc.version)?),
                "musl" => Libc::Musl(version(&libc.version)?),
                "uclibc" => Libc::Uclibc,
                _ => return None,
            }),
        };
        let LockedLibraries { present, absent, complete } = self.libraries.clone();
        let users = self
            .users
            .clone()
            .map(|users| users.into_iter().map(|LockedUser { name, uid }| User { name, uid }).collect());
        Some(Image {
            os: self.os.clone().into(),
            libc,
            amd64_level: self.amd64_level.into(),
            libraries: Libraries { present, absent, complete },
            runtime: RuntimeVersions {
                glibcxx: version(&self.glibcxx)?,
                cxxabi: version(&self.cxxabi)?,
                gcc: version(&self.gcc)?,
            },
            ca_certificates: self.ca_certificates.into(),
            zoneinfo: self.zoneinfo.into(),
            shell: match &self.shell {
                Cell::Unknown => Fact::Unknown,
                Cell::None => Fact::Known(None),
                Cell::Is(path) => Fact::Known(Some(path.clone())),
            },
            users: users.into(),
            tmp: self.tmp.into(),
            nsswitch: self.nsswitch.into(),
            mime_types: self.mime_types.into(),
            run: self.run.clone(),
            ..Image::undescribed("")
        })
    }
}

/// JSON that is read in a diff: the upper levels a line each, a library on one line.
fn spread(value: &Value, depth: usize, text: &mut String) {
    const LEVELS: usize = 5;
    let close = |text: &mut String| {
        text.push('\n');
        text.push_str(&"  ".repeat(depth));
    };
    match value {
        Value::Object(members) if depth < LEVELS && !members.is_empty() => {
            for (number, (name, member)) in members.iter().enumerate() {
                text.push_str(if number == 0 { "{\n" } else { ",\n" });
                text.push_str(&"  ".repeat(depth + 1));
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push_str(": ");
                spread(member, depth + 1, text);
            }
            close(text);
            text.push('}');
        }
        Value::Array(items) if depth < LEVELS && items.iter().any(Value::is_object) => {
            for (number, item) in items.iter().enumerate() {
                text.push_str(if number == 0 { "[\n" } else { ",\n" });
                text.push_str(&"  ".repeat(depth + 1));
                spread(item, depth + 1, text);
            }
            close(text);
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}

#[cfg(test)]
mod tests;
