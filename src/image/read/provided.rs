//! Which libraries a program without any search path of its own finds, by name: those in the folders that
//! the loader searches by itself.

use std::collections::BTreeSet;

use super::machine;
use super::view::View;
use crate::image::facts::Libraries;
use crate::image::library::{GLIBC, GLIBC_OR_NOT};
use crate::image::root::Root;
use crate::image::{Fact, Libc};
use crate::platform::Platform;

/// musl's own list, where no file says otherwise (`ldso/dynlink.c`).
const MUSL_DIRS: &[&str] = &["/lib", "/usr/local/lib", "/usr/lib"];

/// The names, without those that belong to the C library itself.
pub(super) fn libraries(
    view: &View<'_>,
    root: &Root,
    libc: Fact<Libc>,
    platform: Option<&Platform>,
) -> Libraries {
    let mut present = BTreeSet::new();
    let mut dirs: Vec<&str> = Vec::new();
    match libc {
        Fact::Known(Libc::Glibc(_)) => {
            dirs.extend(root.system_dirs.iter().map(String::as_str));
            // What ld.so.conf names is found through the cache alone.
            for (name, path) in root.cache.iter().flatten() {
                if is_library(root, path, platform) {
                    present.insert(name.clone());
                }
            }
        }
        Fact::Known(Libc::Musl(_)) => match &root.musl_path {
            Some(listed) => dirs.extend(listed.iter().map(String::as_str)),
            None => dirs.extend(MUSL_DIRS),
        },
        Fact::Known(Libc::None | Libc::Uclibc) | Fact::Unknown => dirs.extend(MUSL_DIRS),
    }
    for folder in dirs {
        let folder = folder.trim_end_matches('/');
        for name in view.names(folder) {
            if name.contains(".so") && is_library(root, &format!("{folder}/{name}"), platform) {
                present.insert(name.to_owned());
            }
        }
    }
    let own = |name: &str| match libc {
        Fact::Known(Libc::Glibc(_)) => {
            GLIBC.contains(&name) || name.starts_with("ld-linux") || name.starts_with("ld64.so")
        }
        Fact::Known(Libc::Musl(_)) => name.starts_with("ld-musl-") || name.starts_with("libc."),
        _ => false,
    };
    // The catalogue's rule takes glibc's own libraries for granted; a real root may lack some.
    let absent = match libc {
        Fact::Known(Libc::Glibc(_)) => {
            let missing = GLIBC.iter().chain(GLIBC_OR_NOT).filter(|name| !present.contains(**name));
            missing.map(|name| (*name).to_owned()).collect()
        }
        _ => Vec::new(),
    };
    let complete = matches!(libc, Fact::Known(_));
    Libraries { present: present.into_iter().filter(|name| !own(name)).collect(), absent, complete }
}

fn is_library(root: &Root, path: &str, platform: Option<&Platform>) -> bool {
    let library = root.library(path);
    library.is_some_and(|(_, library)| platform.is_none_or(|platform| machine::fits(library, platform)))
}
