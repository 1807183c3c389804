//! Which row of the catalogue a reference means. Pure: no registry is asked.
//!
//! - A tag that names a release, or a longer version of one (`alpine:3.20.3`), means its row.
//! - A tag that moves (`latest`, `stable`, `alpine:3`) means what it meant when the catalogue was written,
//!   and [`Image::taken_for`] says so. With a digest, or a date where the release itself moves, it could
//!   have been any release.
//! - A tag that the family does not know leaves what holds for every release: `alpine:9.99` has musl, of an
//!   unknown version.
//! - An official image made from another (`node:22-bookworm-slim`) has what `derive` leaves of it.
//! - Any other name is an image that nobody has described; a single word that is nearly a known one is an
//!   error, since `apline` would otherwise be taken for somebody's own image.

use super::base::{base_of, made_from};
use super::catalog::{DERIVED, FAMILIES, Family, Release, STATE};
use super::facts::Image;
use super::golang;
use super::reference::{DOCKER, ParseError, Reference};
use super::tag::{Choice, Tag};
use super::taken_for::{TakenFor, Then};
use crate::suggest::closest;

/// Registries that hold Docker's official images under their own names.
const MIRRORS: &[&str] = &["public.ecr.aws/docker/library/", "mirror.gcr.io/library/"];
/// Other hosts of Docker's own registry.
const HOSTS: &[&str] = &["registry-1.docker.io", "registry.hub.docker.com"];

/// Why a text names no image.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResolveError {
    /// Not a reference at all.
    #[error(transparent)]
    Reference(#[from] ParseError),
    /// A single word that is nearly a known one.
    #[error("no image is known as `{written}`")]
    Unknown {
        /// The text as written.
        written: String,
        /// The same reference with the known word.
        suggestion: String,
    },
    /// A tag of a known family that is nearly a release: `3.2O` with a letter.
    #[error("no release is known as `{written}`")]
    Tag {
        /// The text as written.
        written: String,
        /// The same reference with the known release.
        suggestion: String,
    },
}

impl From<ResolveError> for crate::error::Error {
    fn from(error: ResolveError) -> Self {
        let shown = Self::new(error.to_string());
        match error {
            ResolveError::Reference(_) => shown,
            ResolveError::Unknown { written, suggestion } | ResolveError::Tag { written, suggestion } => {
                let table = format!(
                    "if it is an image of your own, describe it in gobuild.toml: [image.\"{written}\"]"
                );
                shown.help(format!("did you mean `{suggestion}`?")).help(table)
            }
        }
    }
}

/// The image that a reference means, as far as the catalogue knows it.
pub fn resolve(written: &str) -> Result<Image, ResolveError> {
    let reference: Reference = written.parse()?;
    let mut image = match known(written, &reference) {
        Some(known) => known?,
        None => stranger(written, &reference)?,
    };
    written.clone_into(&mut image.written);
    Ok(image)
}

/// The family of the catalogue that an image belongs to or is made from: `debian` for `node:22-bookworm`.
pub fn family(written: &str) -> Option<&'static str> {
    let reference: Reference = written.parse().ok()?;
    let repository = canonical(&reference);
    let holds = |family: &&Family| {
        let one = |release: &Release| release.repositories.contains(&repository.as_str());
        family.repositories.contains(&repository.as_str()) || family.releases.iter().any(one)
    };
    if let Some(family) = FAMILIES.iter().find(holds) {
        return Some(family.name);
    }
    let name = repository.strip_prefix("docker.io/library/").filter(|name| DERIVED.contains(name))?;
    match base_of(reference.tag.as_deref().unwrap_or_default()) {
        Some((family, _)) => Some(family.name),
        None if name == "golang" => Some("debian"),
        None => None,
    }
}

fn known(written: &str, reference: &Reference) -> Option<Result<Image, ResolveError>> {
    let repository = canonical(reference);
    if let Some(family) = FAMILIES.iter().find(|family| family.repositories.contains(&repository.as_str())) {
        return Some(by_tag(family, written, reference));
    }
    for family in FAMILIES {
        let holds = |release: &&Release| release.repositories.contains(&repository.as_str());
        if let Some(release) = family.releases.iter().find(holds) {
            return Some(Ok(by_repository(family, release, reference)));
        }
    }
    let name = repository.strip_prefix("docker.io/library/").filter(|name| DERIVED.contains(name))?;
    Some(Ok(if name == "golang" { golang::image(reference) } else { derived(reference) }))
}

/// The repository under which the catalogue has it: mirrors are the thing that they mirror.
fn canonical(reference: &Reference) -> String {
    let repository = reference.repository();
    let mirrored = MIRRORS.iter().find_map(|mirror| repository.strip_prefix(mirror));
    match mirrored {
        Some(name) => format!("{DOCKER}/library/{name}"),
        None if HOSTS.contains(&reference.registry.as_str()) => format!("{DOCKER}/{}", reference.path),
        None => repository,
    }
}

fn by_tag(family: &'static Family, written: &str, reference: &Reference) -> Result<Image, ResolveError> {
    let tag = Tag::of(family, reference);
    let name = reference.familiar();
    Ok(match tag.choose(family) {
        Choice::Fixed(release) => release.facts.image(&name),
        Choice::Unlisted => match tag.slip(family) {
            Some((wrong, right)) => {
                let (before, after) = written.rsplit_once(&wrong).unwrap_or((written, ""));
                let suggestion = format!("{before}{right}{after}");
                return Err(ResolveError::Tag { written: written.to_owned(), suggestion });
            }
            None => unlisted(family, &name),
        },
        Choice::Moving { release, word } => {
            // The release under the repository that was written: a mirror stays the mirror.
            let own = release.image.strip_prefix(family.name).and_then(|rest| rest.strip_prefix(':'));
            let mut name = match own {
                Some(tag) => format!("{}:{tag}", reference.familiar_repository()),
                None => release.image.to_owned(),
            };
            for (at, flavour) in tag.flavours.iter().enumerate() {
                name.push(if at == 0 && own.is_none() { ':' } else { '-' });
                name.push_str(flavour);
            }
            let newest = !family.variants && (word == "latest" || !release.floating.contains(&word.as_str()));
            let mut image = release.facts.image(&name);
            image.taken_for = match () {
                () if name == reference.familiar() => None,
                () if newest => Some(TakenFor::Newest { image: name }),
                () => Some(TakenFor::Moving { image: name, then: Then { word, month: STATE } }),
            };
            image
        }
    })
}

/// A repository that holds one release: the tag can only be a flavour or a version of it.
fn by_repository(family: &'static Family, release: &'static Release, reference: &Reference) -> Image {
    let name = reference.familiar();
    let tag = Tag::of(family, reference);
    if tag.is_latest() || tag.is_digest_alone || tag.names(release).is_some() {
        release.facts.image(&name)
    } else {
        unlisted(family, &name)
    }
}

fn unlisted(family: &Family, name: &str) -> Image {
    let mut image = family.facts.image(name);
    image.taken_for = Some(TakenFor::UnlistedRelease { family: family.name.to_owned() });
    image
}

/// An official image by the part of its tag that names a distribution; undescribed where none does.
fn derived(reference: &Reference) -> Image {
    let name = reference.familiar();
    match reference.tag.as_deref().and_then(base_of) {
        Some((family, release)) => made_from(family, release, &name),
        None => Image::undescribed(&name),
    }
}

/// A name that the catalogue has not: a slip of the fingers, or somebody's own image.
fn stranger(written: &str, reference: &Reference) -> Result<Image, ResolveError> {
    let undescribed = Image::undescribed(&reference.familiar());
    let Some(word) = reference.path.strip_prefix("library/").filter(|_| reference.registry == DOCKER) else {
        return Ok(undescribed);
    };
    let families = FAMILIES.iter().flat_map(|family| family.repositories);
    let families = families.filter_map(|name| name.strip_prefix("docker.io/library/"));
    match closest(word, families.chain(DERIVED.iter().copied())) {
        Some(known) => Err(ResolveError::Unknown {
            written: written.to_owned(),
            suggestion: reference.familiar().replacen(word, known, 1),
        }),
        None => Ok(undescribed),
    }
}

#[cfg(test)]
mod tests;
