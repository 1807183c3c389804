//! Which template an image gets, and how packages are installed in it.

use crate::image::{Fact, Image, resolve};

/// The families of templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Nothing at all.
    Scratch,
    /// No shell and no package manager.
    Distroless,
    /// apk.
    Alpine,
    /// apt: Debian and Ubuntu.
    Debian,
    /// dnf and its kin.
    Redhat,
    /// Anything else.
    Other,
}

impl Family {
    /// Every family.
    pub const ALL: [Self; 6] =
        [Self::Scratch, Self::Distroless, Self::Alpine, Self::Debian, Self::Redhat, Self::Other];

    /// The family of an image.
    pub fn of(image: &Image) -> Self {
        if image.name == "scratch" {
            return Self::Scratch;
        }
        match resolve::family(&image.name) {
            Some("alpine") => Self::Alpine,
            Some("debian" | "ubuntu" | "bitnami/minideb") => Self::Debian,
            Some(
                "ubi" | "ubi-minimal" | "almalinux" | "rockylinux" | "oraclelinux" | "centos" | "fedora"
                | "amazonlinux",
            ) => Self::Redhat,
            _ if image.shell == Fact::Known(None) => Self::Distroless,
            _ => Self::Other,
        }
    }

    /// Its name, which is its template's.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scratch => "scratch",
            Self::Distroless => "distroless",
            Self::Alpine => "alpine",
            Self::Debian => "debian",
            Self::Redhat => "redhat",
            Self::Other => "other",
        }
    }

    /// The package manager of an image of this family.
    pub fn manager(self, image: &Image) -> Option<&'static str> {
        match self {
            Self::Alpine => Some("apk"),
            Self::Debian => Some("apt-get"),
            Self::Redhat => Some(match resolve::family(&image.name) {
                Some("ubi-minimal") => "microdnf",
                // The last releases with yum alone.
                Some("centos") if image.name.contains(":7") => "yum",
                Some("amazonlinux") if image.name.ends_with(":2") => "yum",
                _ => "dnf",
            }),
            Self::Scratch | Self::Distroless | Self::Other => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_family_follows_from_the_image() {
        for (name, family, manager) in [
            ("scratch", Family::Scratch, None),
            ("gcr.io/distroless/static-debian12", Family::Distroless, None),
            ("alpine", Family::Alpine, Some("apk")),
            ("golang:1.24-alpine", Family::Alpine, Some("apk")),
            ("debian:12-slim", Family::Debian, Some("apt-get")),
            ("node:22-bookworm-slim", Family::Debian, Some("apt-get")),
            ("ubuntu:24.04", Family::Debian, Some("apt-get")),
            ("registry.access.redhat.com/ubi9-minimal", Family::Redhat, Some("microdnf")),
            ("fedora:42", Family::Redhat, Some("dnf")),
            ("registry.corp/base:7", Family::Other, None),
            ("busybox:musl", Family::Other, None),
        ] {
            let image = crate::image::resolve(name).unwrap();
            let found = Family::of(&image);
            assert_eq!((found, found.manager(&image)), (family, manager), "{name}");
        }
    }
}
