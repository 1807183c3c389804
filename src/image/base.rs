//! The distribution that an image is made from, as the tag of the image says it.

use super::catalog::{FAMILIES, Family, Release};
use super::derive::derive;
use super::facts::Image;
use super::taken_for::{Base, TakenFor};

/// An image made from a release, or from an unknown release of a family.
pub(super) fn made_from(family: &Family, release: Option<&Release>, name: &str) -> Image {
    let facts = release.map_or(&family.facts, |release| &release.facts);
    let mut image = derive(facts.image(name));
    let base = match release {
        Some(release) => Base::Release(release.image.to_owned()),
        None => Base::Family(family.name.to_owned()),
    };
    image.taken_for = Some(TakenFor::MadeFrom { base, then: None });
    image
}

/// The distribution that a tag names: by code name (`bookworm`), by its word with a version
/// (`alpine3.21`, `nanoserver-ltsc2022`), or by its word alone (`alpine`), which fixes no release.
pub(super) fn base_of(tag: &str) -> Option<(&'static Family, Option<&'static Release>)> {
    let words: Vec<&str> = tag.split('-').collect();
    for (at, word) in words.iter().enumerate() {
        for family in FAMILIES {
            if let Some(release) = family.releases.iter().find(|release| release.codes.contains(word)) {
                return Some((family, Some(release)));
            }
            let Some(rest) = family.suffix.and_then(|suffix| word.strip_prefix(suffix)) else { continue };
            let version = match rest {
                "" => words.get(at + 1).copied().unwrap_or_default(),
                _ if rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
                _ => continue,
            };
            return Some((family, release_of(family, version)));
        }
    }
    None
}

/// The release that has a tag or a code name, exactly.
pub(super) fn release_of(family: &Family, version: &str) -> Option<&'static Release> {
    let family = FAMILIES.iter().find(|listed| listed.name == family.name)?;
    family.releases.iter().find(|release| release.tags.contains(&version) || release.codes.contains(&version))
}
