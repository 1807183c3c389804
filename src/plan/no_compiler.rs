//! What is said where C has to be compiled and nothing that was found can do it: which packages, through
//! which imports, what was found, and each way out.

use super::Request;
use super::code::{self, Code, Left, Package, WithoutCgo};
use super::compiler::{self, Compiler, Kind, Need};
use super::linking::Linking;
use crate::error::Error;
use crate::image::Image;
use crate::libraries::Without;

pub(super) fn error(request: &Request<'_>, code: &Code, image: &Image, need: &Need<'_>) -> Error {
    let who = match &code.packages[..] {
        [] => "this build".to_owned(),
        [only] => only.path.clone(),
        packages => code::several(packages),
    };
    let verb = if code.packages.len() > 1 { "need" } else { "needs" };
    let mut error = Error::new(format!(
        "{who} {verb} a C compiler for {} on {}, and there is none",
        image.name, need.platform
    ));
    for package in &code.packages {
        error = error.detail(format!("  {}{}", package.shown_chain(), without(package)));
    }
    if code.packages.is_empty() && !code.standard.is_empty() {
        error = error.detail(format!("  with cgo on, {} have C code", code.standard.join(", ")));
    }
    error = error.detail(format!("  needed  {} for {}", need.linking, need.platform));
    for found in request.compilers {
        let why = compiler::unfit(found, need).unwrap_or_default();
        error = error.detail(format!("  found   {} {}: {why}", found.path.display(), found.version));
    }
    let optional = code.packages.iter().all(|package| package.without_cgo() == WithoutCgo::Go);
    let off = "do without the C: CGO_ENABLED=0, or cgo = \"off\" under [build] of gobuild.toml";
    if optional {
        error = error.help(off);
    }
    error = ways(error, request.compilers, need, request.env.host_arch());
    for package in &code.packages {
        if let Some(pure) = package.known().and_then(|library| library.pure) {
            error = error.help(format!("do without {}: go get {pure}", package.path));
        }
    }
    error
}

fn without(package: &Package) -> &'static str {
    match package.known().map(|library| library.without) {
        Some(Without::Stub(_)) => "   (without C it builds, and fails in production)",
        Some(Without::Broken) => "   (does not work without C)",
        _ if package.left == Left::Nothing => "   (nothing is left of it without C)",
        Some(Without::Less(_)) | None => "   (has a Go half too)",
    }
}

/// Commands that bring a compiler.
fn ways(mut error: Error, compilers: &[Compiler], need: &Need<'_>, host: Option<&str>) -> Error {
    let native = host == Some(need.platform.arch.as_str());
    let by_zig = super::zig::flags(need.platform, need.linking);
    if !compilers.iter().any(|found| found.kind == Kind::Zig) {
        error = match by_zig {
            Ok(_) => error.help("zig makes it: pip install ziglang"),
            Err(why) => error.detail(format!("  zig is of no use: {why}")),
        };
    }
    match need.linking {
        Linking::Musl | Linking::MuslShared if native && !need.cxx => {
            error.help("musl-gcc makes it: apt-get install musl-tools")
        }
        Linking::Glibc(_) if native => {
            error.help("gcc makes it, where the image's glibc is not older: apt-get install gcc libc6-dev")
        }
        _ => {
            let triple = triple(&need.platform.arch, need.platform.variant.as_deref());
            let Some(package) = triple.map(|triple| format!("gcc-{}", triple.replace('_', "-"))) else {
                return error;
            };
            if matches!(need.linking, Linking::Glibc(_)) {
                return error.help(format!(
                    "a cross compiler makes it, where the image's glibc is not older: apt-get install {package}"
                ));
            }
            if by_zig.is_ok() {
                return error;
            }
            error.help(format!(
                "for an image with glibc a cross compiler makes it: apt-get install {package}, \
                 gobuild --target debian:12 …"
            ))
        }
    }
}

/// The one command that brings a compiler for what is needed; none where nobody has one.
pub fn command(need: &Need<'_>) -> Option<String> {
    if super::zig::flags(need.platform, need.linking).is_ok() {
        return Some("pip install ziglang".to_owned());
    }
    let triple = triple(&need.platform.arch, need.platform.variant.as_deref());
    let triple = triple.filter(|_| matches!(need.linking, Linking::Glibc(_)))?;
    Some(format!("apt-get install gcc-{}", triple.replace('_', "-")))
}

/// The beginning of the name of Debian's and Fedora's cross compiler.
pub fn triple(arch: &str, variant: Option<&str>) -> Option<&'static str> {
    Some(match arch {
        "amd64" => "x86_64-linux-gnu",
        "386" => "i686-linux-gnu",
        "arm64" => "aarch64-linux-gnu",
        "arm" if variant == Some("v5") => "arm-linux-gnueabi",
        "arm" => "arm-linux-gnueabihf",
        "riscv64" => "riscv64-linux-gnu",
        "s390x" => "s390x-linux-gnu",
        "ppc64le" => "powerpc64le-linux-gnu",
        "loong64" => "loongarch64-linux-gnu",
        "mips64le" => "mips64el-linux-gnuabi64",
        "mipsle" => "mipsel-linux-gnu",
        _ => return None,
    })
}
