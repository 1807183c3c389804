//! Which of the images of a source are meant.

use super::image_source::{ImageSource, Offered};
use crate::error::{Error, Result};
use crate::platform::Platform;

/// Which images of a source are wanted; all of them where nothing is said.
#[derive(Debug, Clone, Default)]
pub struct Wanted<'a> {
    /// Only for these platforms.
    pub platforms: Vec<&'a Platform>,
    /// Only under this name, where the archive has several names.
    pub name: Option<&'a str>,
}

/// The images that are wanted; several of one platform are several images, of which one has to be named.
///
/// `named` is what the source was asked for, and has to be there; the name in `wanted` is what the image is
/// called elsewhere, and counts where the source knows it.
pub(super) fn images<'a>(
    source: &'a dyn ImageSource,
    wanted: &Wanted<'_>,
    named: Option<&str>,
) -> Result<Vec<&'a Offered>> {
    let all = source.offered();
    let list = |error: Error, images: &[Offered]| {
        let lines = images.iter().map(|image| format!("  {}", image.names.join(", ")));
        lines.fold(error, Error::detail)
    };
    // A source that was asked for one reference has it under whatever name.
    let name = named.or(wanted.name.filter(|_| source.reference().is_none()));
    let has = |image: &&Offered| name.is_some_and(|name| goes_by(image, name));
    let chosen: Vec<&Offered> = all.iter().filter(has).collect();
    if let (true, Some(named)) = (chosen.is_empty(), named) {
        return Err(list(Error::new(format!("{} has no image {named}", source.shown())), all));
    }
    let several =
        all.iter().enumerate().any(|(at, one)| all[..at].iter().any(|other| other.platform == one.platform));
    let candidates: Vec<&Offered> = match (chosen.is_empty(), several) {
        (false, _) => chosen,
        (true, false) => all.iter().collect(),
        (true, true) => {
            let error = list(Error::new(format!("{} holds several images", source.shown())), all);
            return Err(error
                .help("name one behind a colon, as in docker-archive:FILE:NAME or oci:DIR:TAG")
                .help("or save one image to an archive of its own"));
        }
    };
    if wanted.platforms.is_empty() {
        return Ok(candidates);
    }
    let fits = |image: &&Offered| {
        let own = image.platform.as_ref();
        own.is_none_or(|own| wanted.platforms.iter().any(|wanted| serves(own, wanted)))
    };
    let (chosen, others): (Vec<&Offered>, Vec<&Offered>) = candidates.into_iter().partition(fits);
    if chosen.is_empty() {
        let platforms = wanted.platforms.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let there = others.iter().filter_map(|image| image.platform.as_ref()).map(ToString::to_string);
        let there = there.collect::<Vec<_>>().join(", ");
        return Err(Error::new(format!("{} has nothing for {platforms}", source.shown()))
            .detail(format!("  it is for {there}")));
    }
    Ok(chosen)
}

/// Whether an image of one platform is the one for another: a variant that only one of them writes does not
/// part them, since Docker's archives often leave it out.
fn serves(own: &Platform, wanted: &Platform) -> bool {
    own.base() == wanted.base()
        && (own.variant == wanted.variant
            || own.variant.is_none()
            || wanted.variant.is_none()
            || own.arch == "amd64")
}

/// Whether an image is known by a name or a tag.
fn goes_by(image: &Offered, name: &str) -> bool {
    image.tags.iter().any(|tag| tag == name) || image.names.iter().any(|own| same(own, name))
}

/// Whether two names are one, as Docker completes them.
fn same(one: &str, other: &str) -> bool {
    use crate::image::Reference;
    let full = |name: &str| name.parse::<Reference>().map(|reference| reference.to_string());
    one == other || full(one).is_ok_and(|one| full(other).is_ok_and(|other| one == other))
}
