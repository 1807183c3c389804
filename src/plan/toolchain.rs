//! The C half of a plan: which compiler, and how it is linked so that it fits the image.

use std::collections::BTreeMap;

use super::code::{Code, Package};
use super::compiler::{self, Chosen, Kind, Need};
use super::flags::Effective;
use super::linking::Linking;
use super::{Request, cgo, no_compiler, pkg_config, sysroot};
use crate::error::{Error, Result};
use crate::image::{Fact, Image, Libc};
use crate::libraries::Musl;
use crate::origin::{Origin, Sourced};
use crate::platform::Platform;

/// What the C half adds to a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toolchain {
    /// The compiler, and why this one.
    pub compiler: Sourced<Chosen>,
    /// What goes among the linker's own flags, and why.
    pub link: Option<Sourced<&'static str>>,
    /// Where libraries and headers are.
    pub variables: BTreeMap<&'static str, Sourced<String>>,
    /// Lines worth saying.
    pub notes: Vec<String>,
}

/// Where C is compiled for Linux: its compiler and its link. None where no C is compiled.
pub fn toolchain(
    request: &Request<'_>,
    effective: &Effective,
    image: &Image,
    linker_flags: &super::link::LinkFlags,
) -> Result<Option<Toolchain>> {
    let (Some(code), Some(platform)) = (request.code, request.platform) else { return Ok(None) };
    let platform = &platform.value;
    if platform.os != "linux" || !compiles_c(request, effective, code) {
        return Ok(None);
    }
    let asks_static = linker_flags.asks_static();
    let library = matches!(effective.build_mode.as_str(), "c-shared" | "plugin" | "shared");
    let linking = linking(image, platform, effective, asks_static);
    let need = |linking| Need {
        platform,
        linking,
        cxx: code.has_cxx(),
        pie: effective.build_mode == "pie",
        libstdcxx: image.library_on(platform, "libstdc++.so.6"),
    };
    let wanted = need(linking.value);
    let mut found = compiler::choose(request.compilers, &wanted).map(|found| (found, wanted));
    if found.is_none() && asks_static {
        // zig cannot link glibc statically; gcc can.
        let dynamic = need(Linking::Glibc(glibc_of(image, platform)));
        let host = compiler::choose(request.compilers, &dynamic).filter(|found| found.kind != Kind::Zig);
        found = host.map(|found| (found, dynamic));
    }
    let tool = found.and_then(|(found, need)| compiler::tool(found, &need, request.cache));
    let Some(tool) = tool else {
        return Err(no_compiler::error(request, code, image, &wanted));
    };
    let mut notes: Vec<String> = request.sysroot.and_then(sysroot::Sysroot::warning).into_iter().collect();
    if library && tool.musl {
        notes.push("musl cannot open a library of Go's once a program runs (golang/go#54805)".to_owned());
    }
    let static_musl = tool.musl && !library;
    if static_musl {
        bundled(request, effective, code)?;
        notes.extend(code.packages.iter().filter_map(about_musl));
    }
    let pie = effective.build_mode == "pie";
    let link = if static_musl {
        let why = Origin::Because("musl is linked statically, and then asks nothing of the image".to_owned());
        Some(Sourced::new(if pie { "-static-pie" } else { "-static" }, why))
    } else if asks_static && !library {
        let why = "go ignores -extldflags=-static where it links by itself".to_owned();
        Some(Sourced::new("-static", Origin::Because(why)))
    } else {
        None
    };
    let mut variables: BTreeMap<_, _> = sysroot::variables(request, &tool)?.into_iter().collect();
    variables.extend(pkg_config::variables(request, &tool, code, platform)?);
    let origin = match tool.kind {
        Kind::User => request.env.get("CC").map_or(Origin::Default, |cc| cc.origin),
        _ => Origin::Because(format!("{}; {} makes that", linking.origin, tool.name)),
    };
    Ok(Some(Toolchain { compiler: Sourced::new(tool, origin), link, variables, notes }))
}

/// Whether anything of C is compiled, where cgo is on: a program without C needs no compiler.
pub fn compiles_c(request: &Request<'_>, effective: &Effective, code: &Code) -> bool {
    code.is_any() || cgo::demand(request, effective).is_some()
}

/// The C++ compiler that belongs to the user's `CC` where C++ is compiled and `CXX` is not set: go would take
/// its default, `g++`, whatever `CC` makes.
///
/// # Errors
/// None is known that belongs to it.
pub fn cxx_beside(request: &Request<'_>, chosen: &Chosen) -> Result<Option<Sourced<String>>> {
    let with_cxx = |code: &&Code| code.has_cxx();
    let Some(code) = request.code.filter(with_cxx) else { return Ok(None) };
    if request.env.get("CXX").is_some() {
        return Ok(None);
    }
    if let Some(cxx) = &chosen.cxx {
        let why = Origin::Because("it stands beside CC, and go would take its default".to_owned());
        return Ok(Some(Sourced::new(cxx.clone(), why)));
    }
    let package = code.packages.iter().find(|package| package.cxx);
    let mut error = Error::new(format!(
        "CC is set and CXX is not, and {} has C++",
        package.map_or("this build", |package| package.path.as_str())
    ));
    if let Some(package) = package {
        error = error.detail(format!("  {}", package.shown_chain()));
    }
    Err(error
        .detail(format!("  CC={}", chosen.cc))
        .help("set CXX to the C++ compiler that belongs to it")
        .help("or leave both to gobuild: unset CC"))
}

/// How C has to be linked for an image. The origin says why.
fn linking(image: &Image, platform: &Platform, effective: &Effective, asks_static: bool) -> Sourced<Linking> {
    let name = &image.name;
    let library = matches!(effective.build_mode.as_str(), "c-shared" | "plugin" | "shared");
    let libc = image.libc_on(platform);
    let (linking, why) = match libc {
        _ if asks_static && !library => (Linking::Musl, "-extldflags asks for a static program".to_owned()),
        Fact::Known(Libc::Glibc(Fact::Known(version))) => {
            (Linking::Glibc(Some(version)), format!("{name} has glibc {version}"))
        }
        Fact::Known(Libc::Glibc(Fact::Unknown)) | Fact::Unknown
            if library || effective.sanitizer.is_some() =>
        {
            (Linking::Glibc(None), format!("nobody knows which glibc {name} has"))
        }
        Fact::Known(Libc::Glibc(Fact::Unknown)) => {
            (Linking::Musl, format!("nobody knows which glibc {name} has, so the program is static"))
        }
        Fact::Unknown => (Linking::Musl, format!("nobody knows what {name} has, so the program is static")),
        Fact::Known(libc @ Libc::Musl(_)) if library => (Linking::MuslShared, format!("{name} has {libc}")),
        Fact::Known(libc) => (Linking::Musl, format!("{name} has {libc}, so the program is static")),
    };
    Sourced::new(linking, Origin::Image(why))
}

fn glibc_of(image: &Image, platform: &Platform) -> Option<crate::image::Version> {
    match image.libc_on(platform) {
        Fact::Known(Libc::Glibc(version)) => version.known(),
        _ => None,
    }
}

/// What a static link with musl changes for a package, or had to change so that it compiles.
fn about_musl(package: &Package) -> Option<String> {
    let library = package.known()?;
    if library.musl == Musl::Loads {
        return Some(format!(
            "{} loads a library when it runs, which a program that is linked statically with musl cannot: \
             Dynamic loading not supported",
            package.path
        ));
    }
    let (version, since) = (package.version.as_deref()?, library.musl_since?);
    library.needs_large_files(version).then(|| {
        format!(
            "{} {version} does not compile with musl 1.2.4 or newer, {since} does: \
             -D_LARGEFILE64_SOURCE is set for it",
            package.path
        )
    })
}

/// Compiled libraries that packages bring along are for one C library; some have another one behind a tag.
fn bundled(request: &Request<'_>, effective: &Effective, code: &Code) -> Result<()> {
    let tags = super::flags::tags(request.line, effective, request.settings);
    let has = |tag: &&'static str| tags.iter().any(|own| own == tag);
    for package in &code.packages {
        let Some(library) = package.known() else { continue };
        if library.own.iter().any(has) {
            continue;
        }
        let error = Error::new(format!(
            "{} comes with a compiled library for glibc, and this program is linked with musl",
            package.path
        ))
        .detail(format!("  {}", package.shown_chain()));
        let error = match library.musl {
            Musl::Tag(tag) if !has(&tag) => {
                let error = error.help(format!("a tag selects the one for musl: -tags={tag}"));
                library.also.map_or(error.clone(), |also| error.help(also))
            }
            Musl::Never => error.help("build for an image with glibc: gobuild --target debian:12 …"),
            Musl::Compiled | Musl::Tag(_) | Musl::Loads => continue,
        };
        return Err(match library.pure {
            Some(pure) => error.help(format!("or use a package without C: go get {pure}")),
            None => error,
        });
    }
    Ok(())
}
