//! Every key of gobuild.toml, by the kind of table it stands in.

use crate::suggest::closest;

/// A kind of table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// How it is named in a message: `[target.NAME]`.
    pub(super) header: &'static str,
    /// Its keys.
    pub(super) keys: &'static [&'static str],
}

pub(super) const TOP: Kind =
    Kind { header: "at the top", keys: &["target", "build", "image", "dockerfile", "checks"] };

pub(super) const BUILD: Kind = Kind {
    header: "[build]",
    keys: &[
        "target",
        "package",
        "output",
        "name",
        "tags",
        "ldflags",
        "cgo",
        "release",
        "sysroot",
        "PKG_CONFIG",
        "PKG_CONFIG_PATH",
        "PKG_CONFIG_LIBDIR",
        "PKG_CONFIG_SYSROOT_DIR",
    ],
};

pub(super) const TARGET: Kind = Kind {
    header: "[target.NAME]",
    keys: &[
        "image",
        "rootfs",
        "archive",
        "platforms",
        "package",
        "output",
        "name",
        "tags",
        "ldflags",
        "cgo",
        "release",
        "sysroot",
        "PKG_CONFIG",
        "PKG_CONFIG_PATH",
        "PKG_CONFIG_LIBDIR",
        "PKG_CONFIG_SYSROOT_DIR",
    ],
};

pub(super) const IMAGE: Kind = Kind {
    header: "[image.\"REFERENCE\"]",
    keys: &[
        "from",
        "libc",
        "platforms",
        "amd64-level",
        "ca-certificates",
        "zoneinfo",
        "shell",
        "users",
        "tmp",
        "libraries",
    ],
};

pub(super) const DOCKERFILE: Kind = Kind {
    header: "[dockerfile]",
    keys: &[
        "workdir",
        "copy",
        "expose",
        "timezone",
        "user",
        "env",
        "args",
        "labels",
        "healthcheck",
        "packages",
        "shape",
        "builder",
        "template",
        "gobuild",
    ],
};

pub(super) const COPY: Kind = Kind { header: "dockerfile.copy", keys: &["from", "to"] };

pub(super) const CHECKS: Kind = Kind { header: "[checks]", keys: &["allow", "deny"] };

/// All of them; where a key stands in two, the likelier place first.
pub(super) const KINDS: &[Kind] = &[BUILD, TARGET, IMAGE, DOCKERFILE, CHECKS, COPY, TOP];

/// What to say to an unknown key: the nearest of its table, else where a key of this name does belong,
/// else what there is. Underscores are dashes here.
pub(super) fn advice(typed: &str, kind: Kind) -> String {
    let dashed = typed.replace('_', "-");
    let spelt = |key: &&&str| key.replace('_', "-").eq_ignore_ascii_case(&dashed);
    if let Some(meant) = kind.keys.iter().find(spelt) {
        return format!("did you mean `{meant}`?");
    }
    if let Some(near) = closest(&dashed, kind.keys.iter().copied()) {
        return format!("did you mean `{near}`?");
    }
    match KINDS.iter().find(|other| other.keys.contains(&dashed.as_str())) {
        Some(other) => format!("`{dashed}` belongs in {}", other.header),
        None => format!("known here: {}", kind.keys.join(", ")),
    }
}
