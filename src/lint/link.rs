//! How a `go build` links, as its flags say.
//!
//! Source: cmd/link (`-linkmode`, `-extldflags`) and cmd/go (`-ldflags`, split as go splits it). `-extldflags` are for the
//! external linker alone: go links by itself unless it is told otherwise, or C of the program's own needs it.

use super::source::Source;
use crate::cli::quoted_split;

/// What the flags for the linker say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Link {
    /// `-linkmode external`
    external: bool,
    /// `-static` or `-static-pie` among `-extldflags`.
    wants_static: bool,
    /// Whether a part of them is known to the build alone.
    unknown: bool,
}

impl Link {
    /// Of the words behind `go`, and of GOFLAGS, over which the words win.
    pub(super) fn of(words: &[String], goflags: &str) -> Self {
        let from_goflags: Vec<String> = goflags.split_whitespace().map(str::to_owned).collect();
        let flags = value(words, "ldflags").or_else(|| value(&from_goflags, "ldflags"));
        let Some(flags) = flags else { return Self::default() };
        let Ok(flags) = quoted_split(flags) else { return Self { unknown: true, ..Self::default() } };
        let linker = value(&flags, "extldflags").unwrap_or_default();
        let is_static = |word: &str| {
            matches!(word.trim_start_matches('-'), "static" | "static-pie") && word.starts_with('-')
        };
        Self {
            external: value(&flags, "linkmode") == Some("external"),
            wants_static: linker.split_whitespace().any(is_static),
            unknown: flags.iter().any(|word| word.starts_with(['$', '`']) || word.contains("ldflags=$"))
                || linker.contains(['$', '`']),
        }
    }

    /// Whether C is linked statically, or nobody can tell.
    pub(super) fn may_be_static(&self, source: &Source) -> bool {
        self.unknown || (self.wants_static && (self.external || source.may_have_own_c()))
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

    fn link(words: &[&str]) -> Link {
        Link::of(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), "")
    }

    #[test]
    fn static_counts_where_go_links_externally() {
        let external = link(&["build", "-ldflags", "-s -linkmode external -extldflags '-static -lm'", "."]);
        assert_eq!(external, Link { external: true, wants_static: true, unknown: false });
        assert!(external.may_be_static(&Source::default()));
        let alone = link(&["build", "-ldflags=-extldflags=-static", "."]);
        assert_eq!(alone, Link { external: false, wants_static: true, unknown: false });
        assert!(!alone.may_be_static(&Source::default()));
    }

    #[test]
    fn other_words_with_static_in_them_are_none() {
        for words in [
            &["build", "-o", "/app-static", "."][..],
            &["build", "-ldflags=-linkmode=external -extldflags=-static-libgcc", "."],
            &["build", "-tags", "static", "."],
            &["build", "-ldflags", "-X main.mode=-static", "."],
        ] {
            assert!(!link(words).may_be_static(&Source::default()), "{words:?}");
        }
    }

    #[test]
    fn what_only_the_build_knows_may_be_static() {
        assert!(link(&["build", "-ldflags", "$LDFLAGS"]).may_be_static(&Source::default()));
        assert!(
            link(&["build", "-ldflags=-linkmode external -extldflags \"$EXTRA\""])
                .may_be_static(&Source::default())
        );
        assert!(!link(&["build", "-ldflags", "-X main.version=$VERSION"]).may_be_static(&Source::default()));
    }
}
