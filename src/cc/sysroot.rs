//! What of a sysroot is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::error::{Error, Result};
use crate::origin::Sourced;
use crate::plan::sysroot::{Folders, Sysroot, places};
use crate::platform::Platform;

/// Looks at a folder (absolute) for a platform.
pub fn read(path: &Sourced<String>, platform: &Platform) -> Result<Sysroot> {
    let root = Path::new(&path.value);
    if !root.is_dir() {
        return Err(Error::new(format!("there is no sysroot at {}", root.display()))
            .detail(format!("  set by {}", path.origin))
            .help("it holds the image's libraries and headers below usr/lib and usr/include"));
    }
    let there = |rows: Vec<String>| {
        let paths = rows.into_iter().map(|row| root.join(row)).filter(|path| path.is_dir());
        paths.map(|path| path.to_string_lossy().into_owned()).collect()
    };
    let of = |musl| {
        let all = places(platform, musl);
        Folders {
            headers: there(all.headers),
            libraries: there(all.libraries),
            pkg_config: there(all.pkg_config),
        }
    };
    let (glibc, musl) = (of(false), of(true));
    let all: BTreeSet<&String> = glibc.libraries.iter().chain(&musl.libraries).collect();
    let leaving = all.into_iter().flat_map(|folder| leaving(Path::new(folder))).collect();
    Ok(Sysroot { path: path.clone(), leaving, glibc, musl })
}

/// Links to libraries that begin with a slash, in order.
fn leaving(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let links = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok().filter(|name| name.contains(".so"))?;
        let to = fs::read_link(entry.path()).ok().filter(|to| to.is_absolute())?;
        Some(format!("{name} -> {}", to.display()))
    });
    let mut links: Vec<String> = links.collect();
    links.sort();
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::Origin;

    #[test]
    fn only_what_is_there_is_told() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join("usr/lib/x86_64-linux-gnu/pkgconfig")).unwrap();
        let at = |path: &Path| Sourced::new(path.to_str().unwrap().to_owned(), Origin::Default);
        let found = read(&at(root.path()), &Platform::linux("amd64")).unwrap();
        let below = |row: &str| root.path().join(row).to_str().unwrap().to_owned();
        assert_eq!(found.glibc.libraries, [below("usr/lib/x86_64-linux-gnu"), below("usr/lib")]);
        assert_eq!(found.glibc.pkg_config, [below("usr/lib/x86_64-linux-gnu/pkgconfig")]);
        assert_eq!((found.musl.libraries, found.musl.headers), (vec![below("usr/lib")], Vec::new()));
        assert_eq!(found.leaving, Vec::<String>::new());
        for (name, to) in [("libz.so", "/lib/libz.so.1"), ("libm.so", "libm.so.6")] {
            std::os::unix::fs::symlink(to, root.path().join("usr/lib").join(name)).unwrap();
        }
        let found = read(&at(root.path()), &Platform::linux("amd64")).unwrap();
        assert_eq!(found.leaving, ["libz.so -> /lib/libz.so.1"]);
        assert!(read(&at(Path::new("/nowhere")), &Platform::linux("amd64")).is_err());
    }
}
