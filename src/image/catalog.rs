//! The embedded catalogue: the types of the statics that build.rs makes of catalog.toml.
//!
//! A family is what shares a way of naming its releases; a release is one row of facts. Which row a
//! reference means is for [`mod@super::resolve`] to say.

use super::facts::{Fact, Image, Libc, Libraries, RuntimeVersions, Source, User, Version};
use crate::platform::Platform;

/// A platform as a static can hold it: system, architecture, variant.
pub type StaticPlatform = (&'static str, &'static str, Option<&'static str>);

/// What shares a name and a rule for tags: `alpine`, `gcr.io/distroless/base`.
#[derive(Debug)]
pub struct Family {
    /// The name in messages.
    pub name: &'static str,
    /// Normalised repositories (`docker.io/library/alpine`) in which a tag chooses the release.
    pub repositories: &'static [&'static str],
    /// Whether a shortened version is published and moves: `alpine:3`.
    pub short_tags: bool,
    /// Whether the rows are variants of one release, so that none of them is the newest.
    pub variants: bool,
    /// The word that names the family in the tag of an image made from it: `alpine` in `node:22-alpine`.
    pub suffix: Option<&'static str>,
    /// Words of a tag that change no fact: `slim`.
    pub flavours: &'static [&'static str],
    /// What holds for every release, also for one that is not listed.
    pub facts: Facts,
    /// Rows, newest first.
    pub releases: &'static [Release],
}

/// One row.
#[derive(Debug)]
pub struct Release {
    /// Tags that always mean this row; a longer version (`3.20.3` for `3.20`) means it too.
    pub tags: &'static [&'static str],
    /// Tags that mean this row today: `latest`.
    pub floating: &'static [&'static str],
    /// Code names, which are tags and also name the distribution in the tag of a derived image.
    pub codes: &'static [&'static str],
    /// Repositories that hold this release alone: `gcr.io/distroless/base-debian12`.
    pub repositories: &'static [&'static str],
    /// The row's own name: `alpine:3.20`.
    pub image: &'static str,
    /// What is known.
    pub facts: Facts,
}

/// The Debian and Alpine releases that a minor version of the golang image stood on, oldest first.
#[derive(Debug)]
pub struct Toolchain {
    /// Go's minor version, `1.24`.
    pub version: &'static str,
    /// Code names; more than one where the tag moved.
    pub debian: &'static [&'static str],
    /// Releases of alpine.
    pub alpine: &'static [&'static str],
}

/// The cells of a row; an absent one is unknown. See [`Image`] for what each means.
#[derive(Debug)]
#[expect(missing_docs, reason = "each field is the cell of the same name in Image")]
pub struct Facts {
    pub source: &'static str,
    pub os: Option<&'static str>,
    pub platforms: Option<&'static [StaticPlatform]>,
    pub libc: Option<Libc>,
    pub libc_on: &'static [(StaticPlatform, Libc)],
    pub amd64_level: Option<u8>,
    pub libraries: &'static [&'static str],
    pub no_libraries: &'static [&'static str],
    pub all_libraries: bool,
    pub glibcxx: Option<Version>,
    pub cxxabi: Option<Version>,
    pub gcc: Option<Version>,
    pub ca_certificates: Option<bool>,
    pub zoneinfo: Option<bool>,
    pub shell: Option<Option<&'static str>>,
    pub users: Option<&'static [(&'static str, u32)]>,
    pub tmp: Option<bool>,
    pub nsswitch: Option<bool>,
    pub end_of_life: Option<Option<&'static str>>,
}

include!(concat!(env!("OUT_DIR"), "/catalog.rs"));

impl Facts {
    /// The facts as an image of the given name.
    pub fn image(&self, name: &str) -> Image {
        Image {
            name: name.to_owned(),
            written: name.to_owned(),
            taken_for: None,
            source: Source::Catalog(self.source.to_owned()),
            os: self.os.map(str::to_owned).into(),
            platforms: self.platforms.map(|all| all.iter().map(platform).collect()).into(),
            libc: self.libc.into(),
            libc_exceptions: self.libc_on.iter().map(|(on, libc)| (platform(on), *libc)).collect(),
            amd64_level: self.amd64_level.into(),
            libraries: Libraries {
                present: owned(self.libraries),
                absent: owned(self.no_libraries),
                complete: self.all_libraries,
            },
            runtime: RuntimeVersions {
                glibcxx: self.glibcxx.into(),
                cxxabi: self.cxxabi.into(),
                gcc: self.gcc.into(),
            },
            ca_certificates: self.ca_certificates.into(),
            zoneinfo: self.zoneinfo.into(),
            shell: self.shell.map(|path| path.map(str::to_owned)).into(),
            users: self.users.map(|all| all.iter().map(user).collect()).into(),
            tmp: self.tmp.into(),
            nsswitch: self.nsswitch.into(),
            mime_types: Fact::Unknown,
            run: None,
            root: None,
            end_of_life: self.end_of_life.map(|day| day.map(str::to_owned)).into(),
        }
    }

    /// Whether the release moves on for ever.
    pub fn is_rolling(&self) -> bool {
        self.end_of_life == Some(None)
    }
}

/// Every row, in the order of the catalogue: families as listed, releases newest first. The name of each
/// resolves to the row itself.
pub fn all() -> impl Iterator<Item = Image> {
    FAMILIES.iter().flat_map(|family| family.releases).map(|release| release.facts.image(release.image))
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn platform(&(os, arch, variant): &StaticPlatform) -> Platform {
    Platform { os: os.to_owned(), arch: arch.to_owned(), variant: variant.map(str::to_owned) }
}

fn user(&(name, uid): &(&str, u32)) -> User {
    User { name: name.to_owned(), uid }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::image::{Reference, resolve};

    fn row(name: &str) -> Image {
        all().find(|image| image.name == name).unwrap_or_else(|| panic!("no row {name}"))
    }

    #[test]
    fn the_name_of_every_row_means_that_row() {
        for image in all() {
            assert_eq!(resolve(&image.name).unwrap(), image, "{}", image.name);
        }
        assert!(all().count() > 120, "{}", all().count());
    }

    #[test]
    fn names_repositories_and_tags_are_unique() {
        let mut seen = BTreeSet::new();
        for family in FAMILIES {
            let mut tags = BTreeSet::new();
            let own = family.releases.iter().flat_map(|release| release.repositories);
            for repository in family.repositories.iter().chain(own) {
                assert!(seen.insert(*repository), "{repository}");
                let parsed: Reference = repository.parse().unwrap();
                assert_eq!(parsed.to_string(), *repository, "not normalised");
            }
            for release in family.releases {
                // `sid` is a tag and a code name of one row.
                let own: BTreeSet<_> =
                    release.tags.iter().chain(release.codes).chain(release.floating).collect();
                assert!(own.into_iter().all(|tag| tags.insert(tag)), "{}", release.image);
            }
        }
        let names: BTreeSet<_> = all().map(|image| image.name).collect();
        assert_eq!(names.len(), all().count());
    }

    #[test]
    fn numbered_releases_stand_newest_first() {
        for family in FAMILIES {
            let numbers: Vec<Version> =
                family.releases.iter().filter_map(|release| release.tags.first()?.parse().ok()).collect();
            assert!(numbers.is_sorted_by(|newer, older| newer > older), "{}: {numbers:?}", family.name);
            let latest = family.releases.iter().filter(|release| release.floating.contains(&"latest"));
            assert!(latest.count() <= 1, "{}", family.name);
        }
    }

    #[test]
    fn the_cells_of_a_row_do_not_contradict_each_other() {
        for image in all() {
            let name = &image.name;
            for platform in image.platforms.clone().known().unwrap_or_default() {
                assert_eq!(platform.to_string().parse().as_ref(), Ok(&platform), "{name}");
                assert_eq!(Fact::Known(platform.os.clone()), image.os, "{name}");
                if matches!(image.libc_on(&platform), Fact::Known(Libc::Glibc(_) | Libc::Musl(_))) {
                    assert!(matches!(image.loader_on(&platform), Fact::Known(Some(_))), "{name} {platform}");
                }
            }
            let Libraries { present, absent, .. } = &image.libraries;
            assert!(present.iter().all(|library| !absent.contains(library)), "{name}");
            assert!(image.libc != Fact::Known(Libc::None) || present.is_empty(), "{name}");
            if let Source::Catalog(source) = &image.source {
                assert!(!source.is_empty(), "{name}");
            }
        }
    }

    #[test]
    fn the_official_images_that_are_made_from_others_are_no_rows() {
        assert!(DERIVED.is_sorted());
        for name in DERIVED {
            let repository = format!("docker.io/library/{name}");
            assert!(
                FAMILIES.iter().all(|family| !family.repositories.contains(&repository.as_str())),
                "{name}"
            );
        }
        for toolchain in TOOLCHAINS {
            for base in toolchain.debian.iter().map(|code| format!("debian:{code}")) {
                assert!(resolve(&base).unwrap().taken_for.is_none(), "{base}");
            }
            for base in toolchain.alpine.iter().map(|version| format!("alpine:{version}")) {
                assert!(resolve(&base).unwrap().taken_for.is_none(), "{base}");
            }
        }
    }

    #[test]
    fn what_was_not_verified_is_unknown() {
        let musl = Fact::Known(Libc::Musl(Fact::Unknown));
        let glibc = Fact::Known(Libc::Glibc(Fact::Unknown));
        for name in ["alpine:3.18", "alpine:3.19", "alpine:3.20", "alpine:3.9", "alpine:edge"] {
            assert_eq!(row(name).libc, musl, "{name}");
        }
        for name in [
            "fedora:38",
            "photon:3.0",
            "ubuntu:26.10",
            "clearlinux:latest",
            "fedora:45",
            "mcr.microsoft.com/cbl-mariner/base/core:2.0",
        ] {
            assert_eq!(row(name).libc, glibc, "{name}");
        }
        for name in ["amazonlinux:2027", "nixos/nix", "nvcr.io/nvidia/distroless/go"] {
            assert_eq!(row(name).libc, Fact::Unknown, "{name}");
        }
        for name in [
            "debian:13",
            "debian:8",
            "rockylinux:9",
            "opensuse/leap:15.6",
            "cgr.dev/chainguard/static:latest",
        ] {
            assert_eq!(row(name).zoneinfo, Fact::Unknown, "{name}");
        }
        for name in ["amazonlinux:2023", "almalinux:9", "archlinux:latest", "registry.access.redhat.com/ubi9"]
        {
            assert_eq!(row(name).ca_certificates, Fact::Unknown, "{name}");
        }
        for name in ["amazonlinux:2023", "clearlinux:latest", "mcr.microsoft.com/windows/nanoserver:ltsc2022"]
        {
            assert_eq!(row(name).amd64_level, Fact::Unknown, "{name}");
        }
        for name in ["alpine:3.24", "ubuntu:24.04", "debian:12", "cgr.dev/chainguard/static:latest"] {
            assert_eq!(row(name).users, Fact::Unknown, "{name}");
        }
        assert_eq!(row("busybox:glibc").tmp, Fact::Unknown);
        assert_eq!(row("registry.access.redhat.com/ubi9-micro").nsswitch, Fact::Unknown);
        assert_eq!(row("registry.access.redhat.com/ubi10-minimal").zoneinfo, Fact::Unknown);
        assert_eq!(row("rockylinux/rockylinux:10").platforms, Fact::Unknown);
        assert_eq!(row("quay.io/centos/centos:stream10").end_of_life, Fact::Unknown);
        assert_eq!(row("gcr.io/distroless/base-debian13").end_of_life, Fact::Unknown);
    }

    #[test]
    fn what_was_verified_is_known() {
        assert_eq!(row("alpine:3.24").libc, Fact::Known(Libc::Musl(Fact::Known(Version(1, 2, 6)))));
        assert_eq!(row("debian:12").runtime.cxxabi, Fact::Known(Version(1, 3, 13)));
        assert_eq!(row("debian:12").ca_certificates, Fact::Known(false));
        assert_eq!(row("debian:13").end_of_life, Fact::Known(Some("2030-06-30".to_owned())));
        assert_eq!(row("debian:sid").end_of_life, Fact::Known(None));
        assert_eq!(row("registry.access.redhat.com/ubi9").amd64_level, Fact::Known(2));
        assert_eq!(row("almalinux:10").amd64_level, Fact::Known(3));
        assert_eq!(row("registry.access.redhat.com/ubi9-minimal").zoneinfo, Fact::Known(false));
        assert_eq!(row("scratch").users, Fact::Known(Vec::new()));
        assert_eq!(
            row("mcr.microsoft.com/windows/nanoserver:ltsc2022").os,
            Fact::Known("windows".to_owned())
        );
        let nonroot = User { name: "nonroot".to_owned(), uid: 65532 };
        assert!(row("gcr.io/distroless/static-debian13").users.known().unwrap().contains(&nonroot));
        let busybox = row("busybox:glibc");
        let v6 = "linux/arm/v6".parse().unwrap();
        assert_eq!(busybox.loader_on(&v6), Fact::Known(None));
        assert_eq!(row("busybox:musl").loader_on(&v6), Fact::Known(None));
    }
}
