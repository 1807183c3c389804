//! The documents of an archive: which images are in it, for which platforms, of which layers.
//!
//! Sources: the OCI image spec, `image-layout.md`, `image-index.md`, `manifest.md`; for `manifest.json` what
//! `docker save` writes (moby, `image/tarexport`).

use std::collections::BTreeMap;
use std::io;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::container::{Container, whole};
use super::image_source::{Layer, Offered};
use super::limits::Limits;
use crate::host::hex::hex;
use crate::image::RunConfig;
use crate::platform::Platform;

/// Indexes inside indexes: real ones have two levels.
const DEPTH: usize = 4;
/// Characters of the archive's own words that a message shows.
const SHOWN: usize = 120;
/// A reference has 255 characters of a repository, 128 of a tag and 71 of a digest at most (distribution's
/// `reference` package).
const NAME_MAX: usize = 512;
/// The annotation with the whole name, and the one with the tag alone or with either.
const NAME: &str = "io.containerd.image.name";
const TAG: &str = "org.opencontainers.image.ref.name";

/// What the documents say of an image beside what it is offered as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Image {
    /// The name of its configuration in the archive, and the digest that it has to have.
    config: (String, Option<String>),
    /// Its layers, lowest first.
    pub(super) layers: Vec<Layer>,
}

impl Image {
    /// Everything of the archive that it is read from.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let layers = self.layers.iter().map(|layer| layer.name.as_str());
        layers.chain([self.config.0.as_str()])
    }
}

/// The images of an archive that can be read, with notes on those that cannot.
pub(super) struct Found {
    pub(super) images: Vec<(Offered, Image)>,
    pub(super) notes: Vec<String>,
}

/// Why an archive cannot be taken for an image's: in words that go behind its name.
pub(super) type Wrong = String;

/// Every image of the archive.
pub(super) fn read(container: &Container, limits: &Limits) -> Result<Found, Wrong> {
    let found = Found { images: Vec::new(), notes: Vec::new() };
    let mut reader = Reader { container, limits, found, left: limits.manifests, platforms: BTreeMap::new() };
    if container.has("index.json") {
        let index: Index = reader.document("index.json", None)?;
        reader.index(index, &Above::default(), 0)?;
    }
    // Old archives have this document alone, new ones both.
    if reader.found.images.is_empty() && container.has("manifest.json") {
        for manifest in reader.document::<Vec<Saved>>("manifest.json", None)? {
            reader.saved(manifest)?;
        }
    }
    Ok(reader.found)
}

/// The configuration of an image. It is not kept: a thousand images may have one of megabytes each.
pub(super) fn config(container: &Container, image: &Image, limits: &Limits) -> Result<RunConfig, Wrong> {
    let (name, digest) = &image.config;
    RunConfig::parse(&bytes(container, name, digest.as_deref(), limits)?)
}

fn bytes(container: &Container, name: &str, digest: Option<&str>, limits: &Limits) -> Result<Vec<u8>, Wrong> {
    let said = |error: io::Error| format!("{name}: {}", crate::error::io_reason(&error));
    let file = container.open(name).map_err(said)?;
    let bytes = whole(&*file, limits.document).map_err(said)?;
    match digest {
        Some(digest) if digest != digest_of(&bytes) => {
            Err(format!("{name}: is damaged: its digest is {}", digest_of(&bytes)))
        }
        _ => Ok(bytes),
    }
}

fn digest_of(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&Sha256::digest(bytes)))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Saved {
    config: String,
    #[serde(default)]
    repo_tags: Option<Vec<String>>,
    layers: Vec<String>,
}

#[derive(Deserialize)]
struct Index {
    manifests: Vec<Descriptor>,
}

#[derive(Deserialize)]
struct Descriptor {
    digest: String,
    platform: Option<Described>,
    #[serde(default)]
    annotations: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Described {
    os: String,
    architecture: String,
    variant: Option<String>,
}

/// A manifest, or an index where there is one more level.
#[derive(Deserialize)]
struct Either {
    manifests: Option<Vec<Descriptor>>,
    config: Option<Blob>,
    layers: Option<Vec<Blob>>,
}

#[derive(Deserialize)]
struct Blob {
    digest: String,
    #[serde(rename = "mediaType", default)]
    media_type: String,
}

struct Reader<'a> {
    container: &'a Container,
    limits: &'a Limits,
    found: Found,
    left: usize,
    /// What the configurations say, by their names.
    platforms: BTreeMap<String, Option<Platform>>,
}

/// What the indexes above a descriptor say of it.
#[derive(Clone, Default)]
struct Above {
    names: Vec<String>,
    tags: Vec<String>,
    platform: Option<Platform>,
}

impl Reader<'_> {
    fn document<T: DeserializeOwned>(&self, name: &str, digest: Option<&str>) -> Result<T, Wrong> {
        let bytes = bytes(self.container, name, digest, self.limits)?;
        serde_json::from_slice(&bytes).map_err(|error| format!("{name}: {error}"))
    }

    fn index(&mut self, index: Index, above: &Above, depth: usize) -> Result<(), Wrong> {
        if depth > DEPTH {
            return Err(format!("has indexes inside indexes, more than {DEPTH} levels of them"));
        }
        for descriptor in index.manifests {
            self.left = self
                .left
                .checked_sub(1)
                .ok_or_else(|| format!("names more than {} manifests", self.limits.manifests))?;
            self.descriptor(&descriptor, above.clone(), depth)?;
        }
        Ok(())
    }

    fn descriptor(&mut self, descriptor: &Descriptor, mut said: Above, depth: usize) -> Result<(), Wrong> {
        let Descriptor { digest, platform, annotations } = descriptor;
        // Attestations stand among the images, for a platform that is none.
        let attestation = annotations.contains_key("vnd.docker.reference.type");
        let nowhere = platform.as_ref().is_some_and(|platform| platform.os == "unknown");
        let blob = blob_name(digest)?;
        // An engine that has one platform of many saves the index of all.
        if attestation || nowhere || !self.container.has(&blob) {
            return Ok(());
        }
        match platform.as_ref().map(Described::platform) {
            None => {}
            Some(Ok(platform)) => said.platform = Some(platform),
            Some(Err(words)) => {
                self.pass_over(digest, &words);
                return Ok(());
            }
        }
        let (name, tag) = (annotations.get(NAME), annotations.get(TAG));
        said.names.extend(name.or(tag).filter(|name| is_name(name)).cloned());
        said.tags.extend(tag.filter(|tag| is_name(tag)).cloned());
        let either: Either = self.document(&blob, Some(digest))?;
        match either {
            Either { manifests: Some(manifests), .. } => self.index(Index { manifests }, &said, depth + 1),
            Either { config: Some(config), layers: Some(layers), .. } => {
                self.manifest(digest, said, config, &layers)
            }
            _ => Err(format!("{blob}: is neither a manifest nor an index")),
        }
    }

    fn manifest(&mut self, digest: &str, said: Above, config: Blob, layers: &[Blob]) -> Result<(), Wrong> {
        let image = [
            "",
            "application/vnd.oci.image.config.v1+json",
            "application/vnd.docker.container.image.v1+json",
        ];
        if !image.contains(&config.media_type.as_str()) {
            self.pass_over(digest, &format!("it is no image but {}", config.media_type));
            return Ok(());
        }
        let config = (blob_name(&config.digest)?, Some(config.digest));
        let layer =
            |blob: &Blob| Ok(Layer { name: blob_name(&blob.digest)?, digest: Some(blob.digest.clone()) });
        let image = Image { config, layers: layers.iter().map(layer).collect::<Result<_, Wrong>>()? };
        let Above { names, tags, platform } = said;
        self.add(Offered { names, tags, digest: Some(digest.to_owned()), platform }, image)
    }

    fn saved(&mut self, saved: Saved) -> Result<(), Wrong> {
        let bytes = bytes(self.container, &saved.config, None, self.limits)?;
        let digest = Some(digest_of(&bytes));
        let layer = |name: String| {
            let digest = name.strip_prefix("blobs/sha256/").map(|hex| format!("sha256:{hex}"));
            Layer { name, digest }
        };
        let layers = saved.layers.into_iter().map(layer).collect();
        let image = Image { config: (saved.config, digest.clone()), layers };
        let names = saved.repo_tags.unwrap_or_default().into_iter().filter(|name| is_name(name)).collect();
        self.add(Offered { names, digest, ..Offered::default() }, image)
    }

    fn add(&mut self, mut offered: Offered, image: Image) -> Result<(), Wrong> {
        if image.layers.len() > self.limits.layers {
            return Err(format!("has an image of more than {} layers", self.limits.layers));
        }
        // The same image under another name is no other image.
        if let Some((known, _)) =
            self.found.images.iter_mut().find(|(known, _)| known.digest == offered.digest)
        {
            known.names.extend(offered.names);
            known.tags.extend(offered.tags);
            return Ok(());
        }
        let listed = self.found.images.iter().map(|(_, known)| known.layers.len()).sum::<usize>();
        if listed + image.layers.len() > self.limits.listed {
            return Err(format!("names more than {} layers", self.limits.listed));
        }
        // Read for everyone, so that one that is damaged is an error here and not later; once for all that share it.
        let name = &image.config.0;
        if !self.platforms.contains_key(name) {
            let own = config(self.container, &image, self.limits)?.platform;
            self.platforms.insert(name.clone(), own);
        }
        offered.platform = offered.platform.or_else(|| self.platforms.get(name).cloned().flatten());
        self.found.images.push((offered, image));
        Ok(())
    }

    fn pass_over(&mut self, digest: &str, why: &str) {
        self.found.notes.push(format!("{digest} was passed over: {}", shown(why)));
    }
}

impl Described {
    fn platform(&self) -> Result<Platform, String> {
        let variant = self.variant.as_deref().filter(|variant| !variant.is_empty());
        let variant = variant.map(|variant| format!("/{variant}")).unwrap_or_default();
        let text = format!("{}/{}{variant}", self.os, self.architecture);
        text.parse().map_err(|error: crate::platform::ParseError| error.to_string())
    }
}

/// `blobs/sha256/…`; other algorithms cannot be held against the content here.
pub(super) fn blob_name(digest: &str) -> Result<String, Wrong> {
    let hex = digest.strip_prefix("sha256:").unwrap_or_default();
    if hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)) {
        return Ok(format!("blobs/sha256/{hex}"));
    }
    Err(format!("`{}` is not a digest such as sha256: with 64 hexadecimal digits", shown(digest)))
}

/// The archive's own words as a message can show them.
fn shown(words: &str) -> String {
    words.chars().take(SHOWN).filter(|c| !c.is_control()).collect()
}

/// Whether a name can be one of an image: what is longer is none, and is not kept.
fn is_name(name: &str) -> bool {
    name.len() <= NAME_MAX
}
