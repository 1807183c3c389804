//! The golang image: the one whose tags name no distribution and still mean one.
//!
//! Debian is the default, and which Debian (or which alpine) a tag meant changed under the same tag. A
//! patch release was built while its minor version stood on one of several: then the release is unknown.

use super::catalog::{
    FAMILIES, Facts, Family, GOLANG_ON_ALPINE, GOLANG_ON_DEBIAN, Release, STATE, TOOLCHAINS,
};
use super::facts::{Fact, Image};
use super::reference::Reference;
use super::resolve::{base_of, made_from, release_of};

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
    if moves {
        image.taken_for = image.taken_for.map(|text| format!("{text}, as {name} stood in {STATE}"));
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
