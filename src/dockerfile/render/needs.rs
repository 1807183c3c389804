//! What the binary looks for when it runs: of the finished file where there is one, else of the packages that
//! go into it.

use std::collections::BTreeSet;

/// Whether the binary looks for something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Need {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The packages do not tell, and there is no binary yet.
    #[default]
    Unknown,
}

/// What it looks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// CA certificates.
    pub certificates: Need,
    /// Time zones by name.
    pub zones: Need,
    /// Users by name or id.
    pub users: Need,
    /// A place for temporary files.
    pub tmp: Need,
    /// Whether time zones are linked in (`-tags timetzdata`, or an import of `time/tzdata`).
    pub zones_linked_in: bool,
}

impl Needs {
    /// Of the ids of the checks that fire where the binary is held against an image with nothing in it.
    pub fn of_findings<'a>(ids: impl IntoIterator<Item = &'a str>, zones_linked_in: bool) -> Self {
        let ids: BTreeSet<&str> = ids.into_iter().collect();
        let need = |id: &str| if ids.contains(id) { Need::Yes } else { Need::No };
        Self {
            certificates: need("GB301"),
            zones: need("GB302"),
            users: need("GB303"),
            tmp: need("GB304"),
            zones_linked_in,
        }
    }

    /// Of the import paths of everything that goes into the binary. What a package can do, it is taken to do,
    /// but for time zones: every program has the package `time`, and few load a zone by its name.
    pub fn of_packages(packages: &BTreeSet<String>) -> Self {
        let has = |path: &str| packages.contains(path);
        let need = |yes: bool| if yes { Need::Yes } else { Need::No };
        let fallback = has("golang.org/x/crypto/x509roots/fallback");
        let zones_linked_in = has("time/tzdata");
        Self {
            certificates: need(has("crypto/x509") && !fallback),
            zones: if zones_linked_in { Need::No } else { Need::Unknown },
            users: need(has("os/user")),
            tmp: need(has("mime/multipart")),
            zones_linked_in,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packages(paths: &[&str]) -> Needs {
        Needs::of_packages(&paths.iter().map(|path| (*path).to_owned()).collect())
    }

    #[test]
    fn packages_tell_all_but_zones() {
        let server = packages(&["crypto/x509", "mime/multipart", "os/user", "time"]);
        assert_eq!((server.certificates, server.tmp, server.users), (Need::Yes, Need::Yes, Need::Yes));
        assert_eq!(server.zones, Need::Unknown);
        let linked = packages(&["crypto/x509", "golang.org/x/crypto/x509roots/fallback", "time/tzdata"]);
        assert_eq!((linked.certificates, linked.zones), (Need::No, Need::No));
        assert!(linked.zones_linked_in);
        assert_eq!(packages(&["fmt"]).certificates, Need::No);
    }

    #[test]
    fn findings_tell_everything() {
        let needs = Needs::of_findings(["GB302", "GB304"], false);
        assert_eq!((needs.zones, needs.tmp), (Need::Yes, Need::Yes));
        assert_eq!((needs.certificates, needs.users), (Need::No, Need::No));
    }
}
