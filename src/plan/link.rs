//! Go's linker flags around C: what the user asked for, and a static link added to it.
//!
//! `-extldflags=-static` alone is ignored in silence where go links by itself, which it does where the only C
//! is Go's own (`net`, `os/user`); `-linkmode=external` makes it count. The linker takes the last of two
//! `-extldflags`, so what is added goes into the user's value, not beside it.

use crate::cli::{quoted_join, quoted_split};
use crate::error::{Error, Result};

/// The words of one `-ldflags` value that matter here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkFlags {
    /// The last `-extldflags`, split.
    pub external: Vec<String>,
    /// The last `-linkmode`.
    pub mode: Option<String>,
    /// All other words.
    rest: Vec<String>,
}

impl LinkFlags {
    /// Reads a value, without the pattern that may stand in front of it. None where a quote is not closed:
    /// go says so itself.
    pub fn read(value: &str) -> Option<Self> {
        let mut flags = Self::default();
        let mut words = quoted_split(value).ok()?.into_iter();
        while let Some(word) = words.next() {
            let bare = word.strip_prefix("--").or_else(|| word.strip_prefix('-')).unwrap_or_default();
            let (name, inline) = match bare.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (bare, None),
            };
            match name {
                "extldflags" => {
                    flags.external = quoted_split(&inline.or_else(|| words.next())?).ok()?;
                }
                "linkmode" => flags.mode = Some(inline.or_else(|| words.next())?),
                _ => flags.rest.push(word),
            }
        }
        Some(flags)
    }

    /// Whether the user asks for a program without a loader.
    pub fn asks_static(&self) -> bool {
        self.external.iter().any(|word| is_static(word))
    }

    /// The value with an external link and `word` (`-static`) among the linker's own flags.
    fn linked(mut self, word: &str) -> Result<String> {
        if !self.asks_static() {
            self.external.insert(0, word.to_owned());
        }
        let external = format!("-extldflags={}", quoted_join(&self.external)?);
        let mut words = vec!["-linkmode=external".to_owned(), external];
        words.append(&mut self.rest);
        quoted_join(&words)
    }
}

fn is_static(word: &str) -> bool {
    matches!(word, "-static" | "--static" | "-static-pie")
}

/// A `-ldflags` value with a static link added; what cannot be read stays as it is.
pub fn with_static(value: &str, word: &str) -> Result<String> {
    let Some(flags) = LinkFlags::read(value) else { return Ok(value.to_owned()) };
    if flags.mode.as_deref() == Some("internal") {
        return Err(Error::new("-linkmode=internal cannot make this program")
            .detail("  its C half has to be linked statically, which go's own linker cannot do")
            .help("leave -linkmode out of -ldflags"));
    }
    flags.linked(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_static_link_goes_into_the_users_own_flags() {
        for (value, expected) in [
            ("", "-linkmode=external -extldflags=-static"),
            ("-s -w -X main.v=1", "-linkmode=external -extldflags=-static -s -w -X main.v=1"),
            ("-linkmode external -s", "-linkmode=external -extldflags=-static -s"),
            ("-extldflags=-static", "-linkmode=external -extldflags=-static"),
            ("--extldflags '-Wl,-z,now -lfoo'", "-linkmode=external '-extldflags=-static -Wl,-z,now -lfoo'"),
            ("-extldflags '-static -s' -w", "-linkmode=external '-extldflags=-static -s' -w"),
            ("-extldflags=a -extldflags=b", "-linkmode=external '-extldflags=-static b'"),
            ("'-X main.v=a b' -s", "-linkmode=external -extldflags=-static '-X main.v=a b' -s"),
        ] {
            assert_eq!(with_static(value, "-static").unwrap(), expected, "{value}");
        }
    }

    #[test]
    fn what_go_will_refuse_is_left_for_go_and_a_contradiction_is_refused() {
        assert_eq!(with_static("-X 'main.v", "-static").unwrap(), "-X 'main.v");
        assert_eq!(with_static("-extldflags", "-static").unwrap(), "-extldflags");
        assert!(with_static("-linkmode=internal", "-static").is_err());
    }
}
