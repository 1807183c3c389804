//! The golang image: the one whose tags name no distribution and still mean one.
//!
//! Debian is the default, and which Debian (or which alpine) a tag meant changed under the same tag. A
//! patch release was built while its minor version stood on one of several: then the release is unknown.

use super::base::{base_of, made_from, release_of};
use super::catalog::{
    FAMILIES, Facts, Family, GOLANG_ON_ALPINE, GOLANG_ON_DEBIAN, Release, STATE, TOOLCHAINS,
};
use super::facts::{Fact, Image, Libc, Version};
use super::reference::Reference;
use super::taken_for::{TakenFor, Then};

/// Debian's releases that golang images were made from, newest first. At any time the newest two are built.
const SUITES: &[&str] = &["trixie", "bookworm", "bullseye", "buster", "stretch"];

/// What an image that builds Go programs has to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Builder {
    /// Go, certificates, time zones, git: no C is compiled.
    Anything,
    /// A C compiler for glibc, no newer than this release of it.
    Glibc(Option<Version>),
    /// alpine, whose C compiler makes programs for musl.
    Musl,
}

/// The golang image of a minor version (`1.24`) that has what is asked for, with its distribution in the tag,
/// since a tag without one has moved and will move again. None where there is none; a version newer than the
/// catalogue gets a tag without a distribution, and its facts are unknown.
pub fn builder(version: &str, wanted: Builder) -> Option<Image> {
    let Some(toolchain) = TOOLCHAINS.iter().find(|toolchain| toolchain.version == version) else {
        let suffix = if wanted == Builder::Musl { "-alpine" } else { "" };
        return Some(Image::undescribed(&format!("golang:{version}{suffix}")));
    };
    let named = |tag: &str| {
        let written = format!("golang:{version}-{tag}");
        let reference: Reference = written.parse().ok()?;
        Some(Image { written, ..image(&reference) })
    };
    match wanted {
        Builder::Musl => named(&format!("alpine{}", toolchain.alpine.last()?)),
        Builder::Anything | Builder::Glibc(None) => named(toolchain.debian.last()?),
        Builder::Glibc(Some(newest)) => {
            let default = SUITES.iter().position(|suite| Some(suite) == toolchain.debian.last())?;
            let built = SUITES.iter().skip(default).take(2).chain(toolchain.debian);
            let mut images = built.filter_map(|suite| named(suite));
            images.find(|image| match image.libc {
                Fact::Known(Libc::Glibc(Fact::Known(own))) => own <= newest,
                _ => false,
            })
        }
    }
}

/// The newest minor version that the catalogue knows.
pub fn newest() -> &'static str {
    TOOLCHAINS.first().map_or("1", |toolchain| toolchain.version)
}

/// The image that a reference to golang means.
pub(super) fn image(reference: &Reference) -> Image {
    let name = reference.familiar();
    let tag = match (&reference.tag, &reference.digest) {
        (Some(tag), _) => tag,
        (None, None) => "latest",
        // It may be made from Debian, alpine or Windows.
        (None, Some(_)) => return Image::undescribed(&name),
    };
    let (family, release, moves) = match base_of(tag) {
        Some((family, Some(release))) => (family, Some(release), false),
        Some((family, None)) if family.name != "alpine" => (family, None, false),
        Some((family, None)) => by_history(family, tag, reference.digest.is_some()),
        None => match FAMILIES.iter().find(|family| family.name == "debian") {
            Some(debian) => by_history(debian, tag, reference.digest.is_some()),
            None => return Image::undescribed(&name),
        },
    };
    let mut image = made_from(family, release, &name);
    match family.name {
        "debian" => add(&mut image, &GOLANG_ON_DEBIAN),
        "alpine" => add(&mut image, &GOLANG_ON_ALPINE),
        _ => {}
    }
    if let Some(TakenFor::MadeFrom { then, .. }) = image.taken_for.as_mut().filter(|_| moves) {
        *then = Some(Then { word: name, month: STATE });
    }
    image
}

/// The release that a tag without one means, and whether the tag moves.
fn by_history(
    family: &'static Family,
    tag: &str,
    is_pinned: bool,
) -> (&'static Family, Option<&'static Release>, bool) {
    let version = tag.split('-').next().unwrap_or_default();
    let is_floating = matches!(version, "latest" | "1") || Some(version) == family.suffix;
    let minor = |toolchain: &str| {
        let rest = version.strip_prefix(toolchain)?;
        (rest.is_empty() || rest.starts_with('.')).then_some(rest)
    };
    let toolchain = if is_floating {
        TOOLCHAINS.first()
    } else {
        TOOLCHAINS.iter().find(|toolchain| minor(toolchain.version).is_some())
    };
    let Some(toolchain) = toolchain else { return (family, None, false) };
    let history = if family.name == "alpine" { toolchain.alpine } else { toolchain.debian };
    let is_patch = minor(toolchain.version).is_some_and(|rest| !rest.is_empty());
    let is_settled = history.len() == 1 && !is_floating;
    let last = history.last().and_then(|version| release_of(family, version));
    if is_settled {
        (family, last, false)
    } else if is_patch || is_pinned {
        (family, None, false)
    } else {
        (family, last, last.is_some())
    }
}

/// What the golang image adds to its base.
fn add(image: &mut Image, facts: &Facts) {
    let added = facts.image(&image.name);
    for (cell, added) in [
        (&mut image.ca_certificates, added.ca_certificates),
        (&mut image.zoneinfo, added.zoneinfo),
        (&mut image.nsswitch, added.nsswitch),
    ] {
        if let Fact::Known(_) = added {
            *cell = added;
        }
    }
    image.libraries.present.extend(added.libraries.present);
    image.libraries.absent.extend(added.libraries.absent);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(version: &str, wanted: Builder) -> Option<String> {
        builder(version, wanted).map(|image| image.name)
    }

    #[test]
    fn the_builder_of_a_version_names_its_distribution() {
        assert_eq!(name("1.22", Builder::Anything).unwrap(), "golang:1.22-bookworm");
        assert_eq!(name("1.27", Builder::Anything).unwrap(), "golang:1.27-trixie");
        assert_eq!(name("1.24", Builder::Musl).unwrap(), "golang:1.24-alpine3.23");
        assert_eq!(name("1.99", Builder::Anything).unwrap(), "golang:1.99");
        assert_eq!(name("1.99", Builder::Musl).unwrap(), "golang:1.99-alpine");
        assert!(TOOLCHAINS.iter().any(|toolchain| toolchain.version == newest()));
    }

    #[test]
    fn its_glibc_is_no_newer_than_the_images() {
        let glibc = |major, minor| Builder::Glibc(Some(Version(major, minor, 0)));
        assert_eq!(name("1.27", glibc(2, 41)).unwrap(), "golang:1.27-trixie");
        assert_eq!(name("1.27", glibc(2, 36)).unwrap(), "golang:1.27-bookworm");
        assert_eq!(name("1.22", glibc(2, 34)).unwrap(), "golang:1.22-bullseye");
        assert_eq!(name("1.27", glibc(2, 34)), None, "Go 1.27 was never built on bullseye");
    }
}
