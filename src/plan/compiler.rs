//! C compilers: what each of those that were found makes, and which one is right for an image.

use std::path::{Path, PathBuf};

use super::linking::Linking;
use super::zig;
use crate::image::{Fact, Libc};
use crate::platform::Platform;

/// A C compiler that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiler {
    /// Whose it is.
    pub kind: Kind,
    /// `CC` for it, in go's quoting; for zig the path of zig itself.
    pub cc: String,
    /// `CXX` for it; none where there is no C++ compiler beside it.
    pub cxx: Option<String>,
    /// Where it was found.
    pub path: PathBuf,
    /// What it calls its version: `12.2.0`.
    pub version: String,
    /// Whether its C library is this machine's own, so that the libraries of this machine go with it.
    pub native: bool,
    /// Whether it takes its C library from the sysroot.
    pub takes_sysroot: bool,
    /// The pkg-config beside it.
    pub pkg_config: Option<String>,
    /// What it makes; none where it could not be asked, or cannot compile the simplest thing.
    pub makes: Option<Makes>,
}

/// Where a compiler comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The user's `CC`.
    User,
    /// gcc or clang of this machine.
    Host,
    /// zig, which makes everything.
    Zig,
    /// musl's wrapper around the gcc of this machine.
    MuslGcc,
    /// A gcc for another platform.
    Cross,
}

/// What a compiler makes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Makes {
    /// Whatever `-target` says.
    Anything,
    /// Programs for one platform and one C library.
    For {
        /// `linux/arm/v7`
        platform: Platform,
        /// With the version whose headers it has.
        libc: Libc,
    },
}

/// What is asked of a compiler.
#[derive(Debug, Clone, Copy)]
pub struct Need<'a> {
    /// What it has to make programs for.
    pub platform: &'a Platform,
    /// With which C library.
    pub linking: Linking,
    /// Whether there is C++ in it.
    pub cxx: bool,
    /// Whether it is to be position independent.
    pub pie: bool,
    /// Whether the image has `libstdc++.so.6`, which gcc's C++ asks for.
    pub libstdcxx: Fact<bool>,
}

/// The first compiler that makes what is needed; they stand in the order in which they are wanted.
pub fn choose<'a>(compilers: &'a [Compiler], need: &Need<'_>) -> Option<&'a Compiler> {
    let first = |need: &Need<'_>| {
        compilers.iter().find(|compiler| compiler.kind == Kind::User || unfit(compiler, need).is_none())
    };
    // Where nobody knows whether the image has gcc's C++ library, a compiler that links its own in is better.
    let careful = Need { libstdcxx: Fact::Known(need.libstdcxx == Fact::Known(true)), ..*need };
    first(&careful).or_else(|| first(need))
}

/// Why a compiler is not the right one; none where it is.
pub fn unfit(compiler: &Compiler, need: &Need<'_>) -> Option<String> {
    let Some(makes) = &compiler.makes else { return Some("it cannot compile anything".to_owned()) };
    let (platform, libc) = match makes {
        Makes::Anything => {
            let why = zig::flags(need.platform, need.linking).err();
            return why.map(|why| format!("it cannot make C for {}: {why}", need.platform));
        }
        Makes::For { platform, libc } => (platform, libc),
    };
    if !runs_on(platform, need.platform) {
        return Some(format!("it makes programs for {platform}"));
    }
    let fits = match (need.linking, libc) {
        (Linking::Musl | Linking::MuslShared, Libc::Musl(_)) | (Linking::Glibc(None), Libc::Glibc(_)) => true,
        (Linking::Glibc(Some(floor)), Libc::Glibc(Fact::Known(version))) => *version <= floor,
        _ => false,
    };
    if !fits {
        return Some(format!("it makes programs for {libc}"));
    }
    if need.cxx && compiler.cxx.is_none() {
        return Some("there is no C++ compiler beside it".to_owned());
    }
    // `musl-gcc.specs` has no word for it, and a loader would come into the program.
    if need.pie && compiler.kind == Kind::MuslGcc {
        return Some("it cannot link a static program that is position independent".to_owned());
    }
    let shared = matches!(need.linking, Linking::Glibc(_));
    if need.cxx && shared && need.libstdcxx == Fact::Known(false) {
        return Some("its C++ asks for libstdc++.so.6, which the image has not".to_owned());
    }
    None
}

/// Whether what a compiler makes by itself runs on a platform. A plain `arm` is Go's default, v7.
fn runs_on(made: &Platform, wanted: &Platform) -> bool {
    let level = |platform: &Platform| match platform.variant.as_deref() {
        _ if platform.arch != "arm" => 0,
        Some("v5") => 5,
        Some("v6") => 6,
        _ => 7,
    };
    // ARMv5 has no floating point registers to pass arguments in; the others do.
    let same_calls = (level(made) == 5) == (level(wanted) == 5);
    made.base() == wanted.base() && same_calls && level(made) <= level(wanted)
}

/// The compiler of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// `CC`
    pub cc: String,
    /// `CXX`
    pub cxx: Option<String>,
    /// What has to be written before it can be started.
    pub wrapper: Option<zig::Wrapper>,
    /// In a few words: `zig 0.17.1`.
    pub name: String,
    /// Whose it is.
    pub kind: Kind,
    /// Whether it links with musl.
    pub musl: bool,
    /// As in [`Compiler`].
    pub native: bool,
    /// As in [`Compiler`].
    pub takes_sysroot: bool,
    /// As in [`Compiler`].
    pub pkg_config: Option<String>,
}

/// The compiler as go is to be told of it.
pub fn tool(compiler: &Compiler, need: &Need<'_>, cache: &Path) -> Option<Chosen> {
    if compiler.makes != Some(Makes::Anything) {
        let musl = matches!(compiler.makes, Some(Makes::For { libc: Libc::Musl(_), .. }));
        return Some(Chosen {
            cc: compiler.cc.clone(),
            cxx: compiler.cxx.clone(),
            wrapper: None,
            name: format!("{} {}", compiler.cc, compiler.version),
            kind: compiler.kind,
            musl,
            native: compiler.native,
            takes_sysroot: compiler.takes_sysroot,
            pkg_config: compiler.pkg_config.clone(),
        });
    }
    let flags = zig::flags(need.platform, need.linking).ok()?;
    let wrapper = zig::Wrapper::new(cache, &compiler.path, &compiler.version, &flags)?;
    let word = |path: PathBuf| crate::cli::quoted_join(&[path.to_str()?]).ok();
    Some(Chosen {
        cc: word(wrapper.cc_path())?,
        cxx: word(wrapper.cxx_path()),
        wrapper: Some(wrapper),
        name: format!("zig {}", compiler.version),
        kind: compiler.kind,
        musl: !matches!(need.linking, Linking::Glibc(_)),
        native: false,
        takes_sysroot: false,
        pkg_config: None,
    })
}

#[cfg(test)]
mod tests;
