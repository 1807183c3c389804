//! What a C compiler has to link against.

use crate::image::Version;

/// How the C half of a program is linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linking {
    /// Statically, with musl: asks nothing of any image.
    Musl,
    /// A library for musl: it cannot be static.
    MuslShared,
    /// Dynamically, with a glibc no newer than this one.
    Glibc(Option<Version>),
}

impl std::fmt::Display for Linking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Musl => f.write_str("static musl"),
            Self::MuslShared => f.write_str("musl"),
            Self::Glibc(Some(floor)) => write!(f, "glibc {floor} or older"),
            Self::Glibc(None) => f.write_str("glibc"),
        }
    }
}
