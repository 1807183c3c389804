//! Names of symbol versions, and whether an image's libraries define them.
//!
//! The loader compares names as texts. Where only a release is known, numbers stand for the names: every
//! release defines the nodes of all before it.

use crate::binary::elf::Elf;
use crate::image::{Fact, Image, Version};

/// Whether a version name is defined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// It is, or the name belongs to no library that this room knows.
    Defined,
    /// It is not; what there is instead, in words.
    Absent(String),
    /// Nobody knows.
    Unknown,
}

/// The release of glibc that brought a node which does not carry its number.
static NAMED: &[(&str, Version)] = &[("GLIBC_ABI_DT_RELR", Version(2, 36, 0))];

/// The release of glibc that a name asks for, where it asks for one.
pub(super) fn glibc_release(name: &str) -> Option<Version> {
    let named = NAMED.iter().find(|(node, _)| *node == name).map(|(_, release)| *release);
    named.or_else(|| name.strip_prefix("GLIBC_")?.parse().ok())
}

/// The newest release of glibc that a file asks for; weak names do not count.
pub(super) fn newest_glibc(elf: &Elf) -> Option<Version> {
    let needs = elf.dynamic.iter().flat_map(|dynamic| &dynamic.verneed);
    let names = needs.flat_map(|need| &need.versions).filter(|version| !version.weak);
    names.filter_map(|version| glibc_release(&version.name)).max()
}

/// The answer to whoever asks for glibc's inner functions: they are of one build and of no other.
pub(super) fn private() -> Answer {
    Answer::Absent("another build of glibc than the one this was linked with".to_owned())
}

/// Asks an image with a glibc of this release for a name.
pub(super) fn answer(image: &Image, glibc: Fact<Version>, name: &str) -> Answer {
    // Not the longest first: GLIBCXX_ is no GLIBC_ because of the underscore.
    let runtime =
        [("GLIBCXX_", image.runtime.glibcxx), ("CXXABI_", image.runtime.cxxabi), ("GCC_", image.runtime.gcc)];
    if name == "GLIBC_PRIVATE" {
        return private();
    }
    if name.starts_with("GLIBC_") {
        let has = |version: Version| format!("glibc {version}");
        return compare(glibc_release(name), glibc, has);
    }
    for (prefix, there) in runtime {
        if let Some(number) = name.strip_prefix(prefix) {
            return compare(number.parse().ok(), there, |version| format!("{prefix}{}", plain(version)));
        }
    }
    Answer::Defined
}

fn compare(asked: Option<Version>, there: Fact<Version>, has: impl Fn(Version) -> String) -> Answer {
    match (asked, there) {
        (Some(asked), Fact::Known(there)) if asked <= there => Answer::Defined,
        (Some(_), Fact::Known(there)) => Answer::Absent(has(there)),
        _ => Answer::Unknown,
    }
}

/// `GCC_12.0.0` is written with all three numbers, and so are all names of these libraries from 3.4.1 on.
fn plain(version: Version) -> String {
    format!("{}.{}.{}", version.0, version.1, version.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_as_numbers() {
        let mut image = Image::undescribed("x");
        image.runtime.glibcxx = Fact::Known(Version(3, 4, 28));
        let answer = |name| answer(&image, Fact::Known(Version(2, 31, 0)), name);
        for name in
            ["GLIBC_2.2.5", "GLIBC_2.4", "GLIBC_2.31", "GLIBCXX_3.4", "GLIBCXX_3.4.9", "OPENSSL_3.0.0"]
        {
            assert_eq!(answer(name), Answer::Defined, "{name}");
        }
        for (name, has) in [
            ("GLIBC_2.32", "glibc 2.31"),
            ("GLIBC_2.100", "glibc 2.31"),
            ("GLIBC_ABI_DT_RELR", "glibc 2.31"),
            ("GLIBCXX_3.4.30", "GLIBCXX_3.4.28"),
        ] {
            assert_eq!(answer(name), Answer::Absent(has.to_owned()), "{name}");
        }
        for name in ["GLIBC_ABI_GNU2_TLS", "GLIBCXX_LDBL_3.4", "CXXABI_1.3.9", "GCC_3.0"] {
            assert_eq!(answer(name), Answer::Unknown, "{name}");
        }
    }

    #[test]
    fn private_symbols_are_of_no_other_build() {
        let image = Image::undescribed("x");
        assert!(matches!(answer(&image, Fact::Known(Version(2, 99, 0)), "GLIBC_PRIVATE"), Answer::Absent(_)));
    }
}
