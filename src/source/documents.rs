//! The documents of an archive: which images are in it, for which platforms, of which layers.
//!
//! Sources: the OCI image spec, `image-layout.md`, `image-index.md`, `manifest.md`; for `manifest.json` what
//! `docker save` writes (moby, `image/tarexport`).

use std::io;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::bytes::Meter;
use super::container::{Container, whole};
use super::limits::Limits;
use crate::image::RunConfig;
use crate::platform::Platform;

/// Indexes inside indexes: real ones have two levels.
const DEPTH: usize = 4;

/// One image for one platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its names in the archive, as far as it has any.
    pub names: Vec<String>,
    /// Digest of its manifest, or of its configuration where there is no manifest.
    pub digest: Option<String>,
    /// The platform that the index or the configuration says.
    pub platform: Option<Platform>,
    /// Its configuration.
    pub run: RunConfig,
    /// Names of its layers in the archive, lowest first.
    pub(super) layers: Vec<String>,
}

/// Why an archive cannot be taken for an image's: in words that go behind its name.
pub(super) type Wrong = String;

/// Every image of the archive that can be read; with notes on those that cannot.
pub(super) fn choices(container: &Container, limits: &Limits) -> Result<(Vec<Choice>, Vec<String>), Wrong> {
    let mut reader =
        Reader { container, limits, choices: Vec::new(), notes: Vec::new(), left: limits.manifests };
    if container.has("index.json") {
        let index: Index = reader.document("index.json", None)?;
        reader.index(index, &[], None, 0)?;
    }
    // Old archives have this document alone, new ones both.
    if reader.choices.is_empty() && container.has("manifest.json") {
        for manifest in reader.document::<Vec<Saved>>("manifest.json", None)? {
            reader.saved(manifest)?;
        }
    }
    Ok((reader.choices, reader.notes))
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
    annotations: std::collections::BTreeMap<String, String>,
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
    choices: Vec<Choice>,
    notes: Vec<String>,
    left: usize,
}

impl Reader<'_> {
    fn document<T: DeserializeOwned>(&self, name: &str, digest: Option<&str>) -> Result<T, Wrong> {
        let bytes = self.bytes(name, digest)?;
        serde_json::from_slice(&bytes).map_err(|error| format!("{name}: {error}"))
    }

    fn bytes(&self, name: &str, digest: Option<&str>) -> Result<Vec<u8>, Wrong> {
        let said = |error: io::Error| format!("{name}: {}", crate::error::io_reason(&error));
        let file = self.container.open(name).map_err(said)?;
        let bytes = whole(&*file, self.limits.document).map_err(said)?;
        if let Some(digest) = digest {
            let meter = Meter::default();
            io::copy(&mut meter.on(bytes.as_slice()), &mut io::sink()).map_err(said)?;
            matches(digest, &meter).map_err(|words| format!("{name}: {words}"))?;
        }
        Ok(bytes)
    }

    fn index(
        &mut self,
        index: Index,
        names: &[String],
        above: Option<&Platform>,
        depth: usize,
    ) -> Result<(), Wrong> {
        if depth > DEPTH {
            return Err(format!("has indexes inside indexes, more than {DEPTH} levels of them"));
        }
        for descriptor in index.manifests {
            self.left = self
                .left
                .checked_sub(1)
                .ok_or_else(|| format!("names more than {} manifests", self.limits.manifests))?;
            self.descriptor(&descriptor, names, above, depth)?;
        }
        Ok(())
    }

    fn descriptor(
        &mut self,
        descriptor: &Descriptor,
        names: &[String],
        above: Option<&Platform>,
        depth: usize,
    ) -> Result<(), Wrong> {
        let Descriptor { digest, platform, annotations } = descriptor;
        // Attestations stand among the images, for a platform that is none.
        let attestation = annotations.contains_key("vnd.docker.reference.type");
        let nowhere = platform.as_ref().is_some_and(|platform| platform.os == "unknown");
        let blob = blob_name(digest)?;
        // An engine that has one platform of many saves the index of all.
        if attestation || nowhere || !self.container.has(&blob) {
            return Ok(());
        }
        let platform = match platform.as_ref().map(Described::platform) {
            None => above.cloned(),
            Some(Ok(platform)) => Some(platform),
            Some(Err(words)) => {
                self.notes.push(format!("{digest} was passed over: {words}"));
                return Ok(());
            }
        };
        let mut names = names.to_vec();
        let keys = ["io.containerd.image.name", "org.opencontainers.image.ref.name"];
        names.extend(keys.iter().find_map(|key| annotations.get(*key)).cloned());
        let either: Either = self.document(&blob, Some(digest))?;
        match either {
            Either { manifests: Some(manifests), .. } => {
                self.index(Index { manifests }, &names, platform.as_ref(), depth + 1)
            }
            Either { config: Some(config), layers: Some(layers), .. } => {
                self.manifest(names, digest, platform, &config, &layers)
            }
            _ => Err(format!("{blob}: is neither a manifest nor an index")),
        }
    }

    fn manifest(
        &mut self,
        names: Vec<String>,
        digest: &str,
        platform: Option<Platform>,
        config: &Blob,
        layers: &[Blob],
    ) -> Result<(), Wrong> {
        let image = [
            "",
            "application/vnd.oci.image.config.v1+json",
            "application/vnd.docker.container.image.v1+json",
        ];
        if !image.contains(&config.media_type.as_str()) {
            self.notes.push(format!("{digest} was passed over: it is no image but {}", config.media_type));
            return Ok(());
        }
        let run = RunConfig::parse(&self.bytes(&blob_name(&config.digest)?, Some(&config.digest))?)?;
        let platform = platform.or_else(|| run.platform.clone());
        let layers = layers.iter().map(|layer| blob_name(&layer.digest)).collect::<Result<_, _>>()?;
        self.add(Choice { names, digest: Some(digest.to_owned()), platform, run, layers })
    }

    fn saved(&mut self, saved: Saved) -> Result<(), Wrong> {
        let bytes = self.bytes(&saved.config, None)?;
        let run = RunConfig::parse(&bytes)?;
        let meter = Meter::default();
        io::copy(&mut meter.on(bytes.as_slice()), &mut io::sink()).map_err(|error| error.to_string())?;
        self.add(Choice {
            names: saved.repo_tags.unwrap_or_default(),
            digest: Some(format!("sha256:{}", meter.digest())),
            platform: run.platform.clone(),
            run,
            layers: saved.layers,
        })
    }

    fn add(&mut self, choice: Choice) -> Result<(), Wrong> {
        if choice.layers.len() > self.limits.layers {
            return Err(format!("has an image of more than {} layers", self.limits.layers));
        }
        // The same image under another name is no other image.
        match self.choices.iter_mut().find(|known| known.digest == choice.digest) {
            Some(known) => known.names.extend(choice.names),
            None => self.choices.push(choice),
        }
        Ok(())
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
    let shown: String = digest.chars().take(80).filter(|c| !c.is_control()).collect();
    Err(format!("`{shown}` is not a digest such as sha256: with 64 hexadecimal digits"))
}

/// Whether what was read is what its digest says.
pub(super) fn matches(digest: &str, meter: &Meter) -> Result<(), Wrong> {
    let found = format!("sha256:{}", meter.digest());
    if found == digest { Ok(()) } else { Err(format!("is damaged: its digest is {found}")) }
}
