//! A folder with C libraries and headers of the image, and how each compiler is told of it.
//!
//! Measured: gcc takes `--sysroot` for everything, the C library included, so the folder has to hold one. zig takes
//! its C library from itself whatever `--sysroot` says, and looks for `-lfoo` there as little; `-idirafter` and `-L`
//! reach it, as they do musl-gcc. `-isystem` and `-I` would put the folder's own `stdio.h` before the compiler's.

use super::Request;
use super::compiler::{Chosen, Kind};
use super::no_compiler::triple;
use crate::cli::{quoted_join, quoted_split};
use crate::error::Result;
use crate::origin::{Origin, Sourced};
use crate::platform::Platform;

/// What go hands to the C linker where nobody says otherwise (`cmd/go/internal/work/exec.go`, `defaultCFlags`).
const LINKER_DEFAULT: &str = "-O2 -g";

/// The folder, and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sysroot {
    /// Its absolute path.
    pub path: Sourced<String>,
    /// Where things for glibc are.
    pub glibc: Folders,
    /// Where things for musl are.
    pub musl: Folders,
    /// Links to libraries that begin at the top of this machine's file system, `libm.so -> /lib/libm.so.6`: they
    /// lead to this machine's libraries.
    pub leaving: Vec<String>,
}

/// Folders of a sysroot, the first that counts first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    /// With headers.
    pub headers: Vec<String>,
    /// With libraries.
    pub libraries: Vec<String>,
    /// With `.pc` files.
    pub pkg_config: Vec<String>,
}

/// Where to look, relative to the sysroot: as the Filesystem Hierarchy Standard has it, with Debian's folders of an
/// architecture, and below a plain prefix (`make install prefix=…`).
pub fn places(platform: &Platform, musl: bool) -> Folders {
    let tuple = triple(&platform.arch, platform.variant.as_deref()).unwrap_or("unknown");
    // Debian names the architecture, not the processor that its compiler is for.
    let tuple = tuple.replace("i686-", "i386-");
    let tuple = if musl { tuple.replace("-gnu", "-musl") } else { tuple };
    let all = |rows: &[&str]| rows.iter().map(|row| row.replace("TUPLE", &tuple)).collect();
    Folders {
        headers: all(&["usr/local/include", "usr/include/TUPLE", "usr/include", "include"]),
        libraries: all(&[
            "usr/local/lib",
            "usr/lib/TUPLE",
            "lib/TUPLE",
            "usr/lib64",
            "lib64",
            "usr/lib",
            "lib",
        ]),
        pkg_config: all(&[
            "usr/local/lib/pkgconfig",
            "usr/local/share/pkgconfig",
            "usr/lib/TUPLE/pkgconfig",
            "usr/lib64/pkgconfig",
            "usr/lib/pkgconfig",
            "usr/share/pkgconfig",
            "lib/pkgconfig",
            "share/pkgconfig",
        ]),
    }
}

impl Sysroot {
    /// What there is for a C library.
    pub fn folders(&self, musl: bool) -> &Folders {
        if musl { &self.musl } else { &self.glibc }
    }

    /// A line about links that lead to other files than they do in the image.
    pub(super) fn warning(&self) -> Option<String> {
        let first = self.leaving.first()?;
        let (path, count) = (&self.path.value, self.leaving.len());
        Some(format!(
            "{count} of the links to libraries in {path} lead to this machine's ({first}): make them relative"
        ))
    }

    /// The words behind a compiler's name, for the preprocessor and for the linker.
    fn words(&self, chosen: &Chosen) -> (Vec<String>, Vec<String>) {
        let folders = self.folders(chosen.musl);
        let whole = chosen.takes_sysroot.then(|| format!("--sysroot={}", self.path.value));
        let mut compile: Vec<String> = whole.clone().into_iter().collect();
        compile.extend(folders.headers.iter().flat_map(|folder| ["-idirafter".to_owned(), folder.clone()]));
        let mut link: Vec<String> = whole.into_iter().collect();
        for folder in &folders.libraries {
            link.push(format!("-L{folder}"));
            // GNU ld looks there for what a shared library needs itself; zig's linker does not ask.
            if !chosen.musl && chosen.kind != Kind::Zig {
                link.push(format!("-Wl,-rpath-link,{folder}"));
            }
        }
        (compile, link)
    }
}

/// `CGO_CPPFLAGS` and `CGO_LDFLAGS`, with the user's own words first.
pub(super) fn variables(
    request: &Request<'_>,
    chosen: &Chosen,
) -> Result<Vec<(&'static str, Sourced<String>)>> {
    let Some(sysroot) = request.sysroot else { return Ok(Vec::new()) };
    let (compile, link) = sysroot.words(chosen);
    let with = |name, default: &str, more: &[String]| -> Result<_> {
        let own = request.env.get(name);
        let mut words = quoted_split(own.as_ref().map_or(default, |own| &own.value))?;
        words.extend_from_slice(more);
        let origin = both(own.map(|own| own.origin), &sysroot.path.origin);
        Ok((name, Sourced::new(quoted_join(&words)?, origin)))
    };
    Ok(vec![with("CGO_CPPFLAGS", "", &compile)?, with("CGO_LDFLAGS", LINKER_DEFAULT, &link)?])
}

/// Two places that a value came from.
pub(super) fn both(own: Option<Origin>, added: &Origin) -> Origin {
    match own {
        Some(own) if own != *added => Origin::Because(format!("{own}, then {added}")),
        _ => added.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sysroot() -> Sysroot {
        let folders = |place: &str| Folders {
            headers: vec!["/s/usr/include".to_owned()],
            libraries: vec![format!("/s/{place}")],
            pkg_config: Vec::new(),
        };
        Sysroot {
            path: Sourced::new("/s".to_owned(), Origin::Default),
            glibc: folders("glibc"),
            musl: folders("musl"),
            leaving: Vec::new(),
        }
    }

    fn words(kind: Kind, musl: bool, takes_sysroot: bool) -> String {
        let chosen = Chosen {
            cc: String::new(),
            cxx: None,
            wrapper: None,
            name: String::new(),
            kind,
            musl,
            native: false,
            takes_sysroot,
            pkg_config: None,
        };
        let (compile, link) = sysroot().words(&chosen);
        format!("{} | {}", compile.join(" "), link.join(" "))
    }

    #[test]
    fn each_compiler_gets_the_words_that_it_honours() {
        assert_eq!(words(Kind::Zig, true, false), "-idirafter /s/usr/include | -L/s/musl");
        assert_eq!(words(Kind::Zig, false, false), "-idirafter /s/usr/include | -L/s/glibc");
        assert_eq!(
            words(Kind::Cross, false, true),
            "--sysroot=/s -idirafter /s/usr/include | --sysroot=/s -L/s/glibc -Wl,-rpath-link,/s/glibc"
        );
    }

    #[test]
    fn the_folders_are_those_of_the_architecture_and_the_c_library() {
        let libraries = |name: &str, musl| places(&name.parse().unwrap(), musl).libraries[1].clone();
        assert_eq!(libraries("linux/386", false), "usr/lib/i386-linux-gnu");
        assert_eq!(libraries("linux/arm/v7", true), "usr/lib/arm-linux-musleabihf");
        assert_eq!(libraries("linux/arm64", true), "usr/lib/aarch64-linux-musl");
    }
}
