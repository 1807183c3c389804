//! Whether cgo is on.

use super::Request;
use super::flags::Effective;
use crate::config::build::Cgo;
use crate::config::origin::{Origin, Sourced};
use crate::error::{Error, Result};
use crate::image::{Fact, Image, Libc};

/// Decides `CGO_ENABLED`. A value that the user set is honoured, and the proof judges the result; left
/// alone, cgo is off unless the build asks for something that has no meaning without it.
pub fn decide(request: &Request<'_>, effective: &Effective, image: &Image) -> Result<Sourced<bool>> {
    if let Some(sanitizer) = effective.sanitizer {
        refuse_sanitizer(sanitizer, image, request)?;
    }
    if let Some(set) = request.env.get("CGO_ENABLED") {
        match set.value.as_str() {
            "1" => return Ok(set.map(|_| true)),
            "0" => return Ok(set.map(|_| false)),
            other => {
                return Err(Error::new(format!("CGO_ENABLED={other}: it is 0 or 1"))
                    .detail(format!("  set by {}", set.origin)));
            }
        }
    }
    match request.settings.cgo.clone() {
        Some(Sourced { value: Cgo::On, origin }) => return Ok(Sourced::new(true, origin)),
        Some(Sourced { value: Cgo::Off, origin }) => return Ok(Sourced::new(false, origin)),
        Some(Sourced { value: Cgo::Auto, .. }) | None => {}
    }
    let needed = match effective.sanitizer {
        Some(sanitizer) => Some(format!("{sanitizer} needs cgo")),
        None if matches!(effective.build_mode.as_str(), "c-shared" | "plugin" | "shared") => {
            Some(format!("-buildmode={} needs cgo", effective.build_mode))
        }
        None => None,
    };
    Ok(match needed {
        Some(why) => Sourced::new(true, Origin::Because(why)),
        None => Sourced::new(false, Origin::Image(off_reason(image))),
    })
}

fn off_reason(image: &Image) -> String {
    match image.libc {
        Fact::Known(libc) => format!("{} has {libc}; a static binary asks nothing of it", image.name),
        Fact::Unknown => format!("a static binary runs in {} whatever it has", image.name),
    }
}

/// The race detector's runtime is built against glibc (`runtime/race/README`), and so are msan's and asan's.
fn refuse_sanitizer(sanitizer: &str, image: &Image, request: &Request<'_>) -> Result<()> {
    let libc = match request.platform {
        Some(platform) => image.libc_on(&platform.value),
        None => image.libc,
    };
    match libc {
        Fact::Known(libc @ (Libc::None | Libc::Musl(_) | Libc::Uclibc)) => {
            Err(Error::new(format!("{sanitizer} cannot run in {}", image.name))
                .detail(format!("  {sanitizer} links a runtime that needs glibc; {} has {libc}", image.name))
                .help(format!("build without {sanitizer} for this image"))
                .help("or build for an image with glibc: gobuild --target debian:12 …"))
        }
        Fact::Known(Libc::Glibc(_)) | Fact::Unknown => Ok(()),
    }
}
