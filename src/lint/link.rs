//! How a `go build` links, as its flags say.
//!
//! Source: cmd/link (`-linkmode`, `-extldflags`) and cmd/go (`-ldflags`, split as go splits it). `-extldflags` are for the
//! external linker alone: go links by itself unless it is told otherwise, or C of the program's own needs it.

use super::go_line::GoLine;
use super::source::Source;
use crate::cli::quoted_split;
use crate::shell::{HOLE, has_hole};

/// What the flags for the linker say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is said or not said, and none excludes another")]
pub(super) struct Link {
    /// `-linkmode external`
    external: bool,
    /// `-static` or `-static-pie` among `-extldflags`.
    wants_static: bool,
    /// `-static-pie` among them.
    pub(super) wants_static_pie: bool,
    /// Whether a part that may change one of these is known to the build alone.
    unknown: bool,
}

impl Link {
    /// Of the words of a `go build`.
    pub(super) fn of(line: &GoLine) -> Self {
        let unknown = Self { unknown: true, ..Self::default() };
        let Some(flags) = line.value("ldflags") else {
            return if line.any_flag { unknown } else { Self::default() };
        };
        // A pattern of packages may stand in front: `all=-s`.
        let pattern =
            flags.split_once('=').filter(|(pattern, _)| !pattern.contains(['-', ' ', '\'', '"', HOLE]));
        let Ok(flags) = quoted_split(pattern.map_or(flags, |(_, flags)| flags)) else { return unknown };
        let linker = value(&flags, "extldflags").unwrap_or_default();
        let is = |wanted: &str| {
            linker
                .split_whitespace()
                .any(|word| word.starts_with('-') && word.trim_start_matches('-') == wanted)
        };
        let mode = value(&flags, "linkmode").unwrap_or_default();
        // What stands behind -X is the value of a variable of the program, and no flag.
        let is_value = |at: usize| at > 0 && matches!(flags[at - 1].as_str(), "-X" | "--X");
        let any = flags.iter().enumerate().any(|(at, word)| word.starts_with(HOLE) && !is_value(at));
        Self {
            external: mode == "external",
            wants_static: is("static") || is("static-pie"),
            wants_static_pie: is("static-pie"),
            unknown: line.any_flag || any || has_hole(linker) || has_hole(mode),
        }
    }

    /// Whether C is linked statically, or nobody can tell.
    pub(super) fn may_be_static(&self, source: &Source) -> bool {
        self.unknown || (self.wants_static && (self.external || source.may_have_own_c()))
    }

    /// Whether the result may be a static program at a place of its own.
    pub(super) fn may_be_static_pie(&self) -> bool {
        self.unknown || self.wants_static_pie
    }
}

/// The value of a flag, with one dash or two, behind it or behind `=`; the last one counts.
fn value<'a>(words: &'a [String], flag: &str) -> Option<&'a str> {
    let mut found = None;
    for (at, word) in words.iter().enumerate() {
        let Some(bare) = word.strip_prefix("--").or_else(|| word.strip_prefix('-')) else { continue };
        match bare.split_once('=') {
            Some((name, value)) if name == flag => found = Some(value),
            None if bare == flag => found = words.get(at + 1).map(String::as_str),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Surroundings, walk};

    fn link(flags: &str) -> Link {
        let ran = walk(&format!("go build {flags}"), &Surroundings::default()).remove(0);
        Link::of(&GoLine::of(&ran.words[2..], ""))
    }

    #[test]
    fn static_counts_where_go_links_externally() {
        let external = link("-ldflags \"-s -linkmode external -extldflags '-static -lm'\" .");
        assert_eq!(external, Link { external: true, wants_static: true, ..Link::default() });
        assert!(external.may_be_static(&Source::default()));
        let alone = link("-ldflags=-extldflags=-static .");
        assert_eq!(alone, Link { wants_static: true, ..Link::default() });
        assert!(!alone.may_be_static(&Source::default()));
    }

    #[test]
    fn other_words_with_static_in_them_are_none() {
        for flags in [
            "-o /app-static .",
            "-ldflags='-linkmode=external -extldflags=-static-libgcc' .",
            "-tags static .",
            "-ldflags '-X main.mode=-static' .",
        ] {
            assert!(!link(flags).may_be_static(&Source::default()), "{flags}");
        }
    }

    #[test]
    fn what_only_the_build_knows_may_be_static() {
        for flags in [
            "-ldflags \"$(flags)\"",
            "$(flags) .",
            "-ldflags \"-s $(flags)\"",
            "-ldflags \"-linkmode external -extldflags '$(flags)'\"",
            "-ldflags \"-linkmode=$(mode) -extldflags -static\"",
        ] {
            assert!(link(flags).may_be_static(&Source::default()), "{flags}");
        }
    }

    #[test]
    fn what_cannot_be_a_flag_changes_nothing() {
        for flags in [
            "-ldflags \"-X main.version=$(git describe)\"",
            "-ldflags=\"-s -X 'main.version=$(git describe)' -w\"",
            "-ldflags \"-X $(name)=1\"",
            "-o \"$(name)\" .",
        ] {
            assert!(!link(flags).may_be_static(&Source::default()), "{flags}");
        }
        let around = "LDFLAGS=\"-X v=$(git describe)\"; go build -ldflags \"$LDFLAGS -linkmode external -extldflags -static\"";
        let ran = walk(around, &Surroundings::default()).remove(0);
        let found = Link::of(&GoLine::of(&ran.words[2..], ""));
        assert_eq!(found, Link { external: true, wants_static: true, ..Link::default() });
    }
}
