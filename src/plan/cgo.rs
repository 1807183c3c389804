//! Whether cgo is on.

use super::Request;
use super::code::{self, Code, Package, WithoutCgo};
use super::flags::Effective;
use crate::config::build::Cgo;
use crate::error::{Error, Result};
use crate::image::{Fact, Image, Libc};
use crate::libraries::Without;
use crate::origin::{Origin, Sourced};

/// Decides `CGO_ENABLED`. A value that the user set is honoured, and the proof judges the result; left
/// alone, cgo is on where a package outside Go has C code, or where the build asks for something that has no
/// meaning without it. Go's own C (`net`, `os/user`) has a Go half that does the same.
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
    let packages = request.code.map_or(&[][..], |code| &code.packages);
    Ok(match demand(request, effective).or_else(|| has_c(packages)) {
        Some(why) => Sourced::new(true, Origin::Because(why)),
        None => Sourced::new(false, Origin::Image(off_reason(image))),
    })
}

/// What has no meaning without cgo, whatever the packages are.
pub fn demand(request: &Request<'_>, effective: &Effective) -> Option<String> {
    let experiments = request.env.get("GOEXPERIMENT");
    let boring = |set: &Sourced<String>| set.value.split(',').any(|name| name == "boringcrypto");
    match effective.sanitizer {
        Some(sanitizer) => Some(format!("{sanitizer} needs cgo")),
        None if matches!(effective.build_mode.as_str(), "c-shared" | "plugin" | "shared") => {
            Some(format!("-buildmode={} needs cgo", effective.build_mode))
        }
        // Without cgo it builds all the same, with Go's ordinary cryptography in it.
        None if experiments.as_ref().is_some_and(boring) => {
            Some("GOEXPERIMENT=boringcrypto needs cgo".to_owned())
        }
        // Without cgo `plugin.Open` always fails; in a static program, too (GB306).
        None if opens_plugins(request) => Some("the package plugin does nothing without cgo".to_owned()),
        None => None,
    }
}

/// Whether the program loads plugins, for an image with a loader that can.
fn opens_plugins(request: &Request<'_>) -> bool {
    let (Some(code), Some(image), Some(platform)) = (request.code, request.image, request.platform) else {
        return false;
    };
    let imported = code.standard.iter().any(|package| package == "plugin");
    imported && matches!(image.libc_on(&platform.value), Fact::Known(Libc::Glibc(_)))
}

fn has_c(packages: &[Package]) -> Option<String> {
    match packages {
        [] => None,
        [only] => Some(format!("{} has C code", only.path)),
        _ => Some(format!("{} have C code", code::several(packages))),
    }
}

fn off_reason(image: &Image) -> String {
    match image.libc {
        Fact::Known(libc) => format!("{} has {libc}; a static binary asks nothing of it", image.name),
        Fact::Unknown => format!("a static binary runs in {} whatever it has", image.name),
    }
}

/// What the packages with C lose where cgo is off: a line for each that keeps a Go half. One that keeps
/// nothing is an error, since go could only fail. Known stubs are a finding's matter
/// ([`crate::checks::Build::stubs`]).
pub fn losses(code: &Code, off: &Origin) -> Result<Vec<String>> {
    if let Some(package) = code.packages.iter().find(|package| package.without_cgo() == WithoutCgo::Nothing) {
        let mut error = Error::new(format!("{} cannot be built without cgo", package.path))
            .detail(format!("  {}", package.shown_chain()))
            .detail(format!("  cgo is off: {off}"))
            .help(match off {
                Origin::Environment(name) => format!("leave the choice to gobuild: unset {name}"),
                Origin::GoEnvFile(_) => "leave the choice to gobuild: go env -u CGO_ENABLED".to_owned(),
                _ => "leave the choice to gobuild: cgo = \"auto\" under [build] of gobuild.toml".to_owned(),
            });
        if let Some(pure) = package.known().and_then(|library| library.pure) {
            error = error.help(format!("or use a package without C: go get {pure}"));
        }
        return Err(error);
    }
    let kept = code.packages.iter().filter(|package| package.without_cgo() == WithoutCgo::Go);
    Ok(kept
        .map(|package| {
            let lost = match package.known().map(|library| library.without) {
                Some(Without::Less(says)) => format!(": {says}"),
                _ => String::new(),
            };
            format!("cgo is off, and {} loses its C half ({}){lost}", package.path, package.shown_chain())
        })
        .collect())
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
