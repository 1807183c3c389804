//! pkg-config for a target: whose `.pc` files it reads.
//!
//! By itself pkg-config knows the libraries of the machine that builds. Where the program is for another
//! architecture or another C library these are the wrong ones, and nothing would say so before the linker does, or
//! before production does. So for a foreign target the user's folders are the only ones, and without any there is
//! no plan.

use std::collections::BTreeMap;

use super::Request;
use super::code::{Code, Package};
use super::compiler::Chosen;
use super::sysroot::both;
use crate::error::{Error, Result};
use crate::origin::{Origin, Sourced};
use crate::platform::Platform;

type Variables = BTreeMap<&'static str, Sourced<String>>;

/// The variables of pkg-config for a build; none where nothing asks it.
pub(super) fn variables(
    request: &Request<'_>,
    chosen: &Chosen,
    code: &Code,
    platform: &Platform,
) -> Result<Variables> {
    let asking: Vec<&Package> =
        code.packages.iter().filter(|package| !package.pkg_config.is_empty()).collect();
    if asking.is_empty() {
        return Ok(Variables::new());
    }
    let mut set = Variables::new();
    for name in ["PKG_CONFIG", "PKG_CONFIG_SYSROOT_DIR"] {
        let configured = request.settings.pkg_config.get(name).cloned();
        set.extend(request.env.get(name).or(configured).map(|value| (name, value)));
    }
    for name in ["PKG_CONFIG_PATH", "PKG_CONFIG_LIBDIR"] {
        set.extend(joined(request, name).map(|value| (name, value)));
    }
    if let Some(own) = chosen.pkg_config.clone().filter(|_| !set.contains_key("PKG_CONFIG")) {
        set.insert("PKG_CONFIG", Sourced::new(own, Origin::Because(format!("it belongs to {}", chosen.cc))));
    }
    if let Some(sysroot) = request.sysroot {
        let origin = &sysroot.path.origin;
        set.entry("PKG_CONFIG_SYSROOT_DIR").or_insert_with(|| sysroot.path.clone());
        let mut folders = sysroot.folders(chosen.musl).pkg_config.clone();
        if folders.is_empty() {
            folders.push(format!("{}/usr/lib/pkgconfig", sysroot.path.value));
        }
        append(&mut set, &folders.join(":"), origin);
        // pkgconf would hand on the folder of all headers, and its stdio.h would stand before the compiler's.
        let system = format!("/usr/include:{}/usr/include", sysroot.path.value);
        set.insert("PKG_CONFIG_SYSTEM_INCLUDE_PATH", Sourced::new(system, origin.clone()));
    }
    if !chosen.native && !set.contains_key("PKG_CONFIG_LIBDIR") && !set.contains_key("PKG_CONFIG") {
        let kept_out = || Origin::Because("keeps the libraries of this machine out".to_owned());
        let folders = match (set.get("PKG_CONFIG_SYSROOT_DIR"), set.get("PKG_CONFIG_PATH")) {
            (_, Some(path)) => path.value.clone(),
            (Some(root), None) => {
                let places = super::sysroot::places(platform, chosen.musl).pkg_config;
                places.iter().map(|place| format!("{}/{place}", root.value)).collect::<Vec<_>>().join(":")
            }
            (None, None) => return Err(refusal(&asking, chosen, platform)),
        };
        set.insert("PKG_CONFIG_LIBDIR", Sourced::new(folders, kept_out()));
    }
    // What is the environment's already need not be set again.
    set.retain(|name, value| request.env.get(name).is_none_or(|own| own.value != value.value));
    Ok(set)
}

/// Folders of the environment, then those of the file.
fn joined(request: &Request<'_>, name: &'static str) -> Option<Sourced<String>> {
    let (own, configured) = (request.env.get(name), request.settings.pkg_config.get(name).cloned());
    match (own, configured) {
        (Some(own), Some(configured)) => {
            let origin = both(Some(own.origin), &configured.origin);
            Some(Sourced::new(format!("{}:{}", own.value, configured.value), origin))
        }
        (own, configured) => own.or(configured),
    }
}

fn append(set: &mut Variables, folders: &str, origin: &Origin) {
    let own = set.remove("PKG_CONFIG_LIBDIR");
    let value = own.as_ref().map_or_else(|| folders.to_owned(), |own| format!("{}:{folders}", own.value));
    let origin = both(own.map(|own| own.origin), origin);
    set.insert("PKG_CONFIG_LIBDIR", Sourced::new(value, origin));
}

fn refusal(asking: &[&Package], chosen: &Chosen, platform: &Platform) -> Error {
    let libc = if chosen.musl { "musl" } else { "another C library or architecture" };
    let mut error =
        Error::new(format!("pkg-config would name libraries of this machine for {platform} with {libc}"));
    for package in asking {
        let names = package.pkg_config.join(" ");
        error = error.detail(format!("  {} asks pkg-config for {names}", package.path));
        error = error.detail(format!("    {}", package.shown_chain()));
        for known in super::known_libraries::by_pkg_config(&package.pkg_config) {
            error = error.detail(format!("    {}", known.packages()));
        }
    }
    error
        .help("name a folder with the image's libraries, in gobuild.toml: sysroot = \"sysroot\"")
        .help("or only the folders of their .pc files: PKG_CONFIG_LIBDIR=…/usr/lib/pkgconfig")
}
