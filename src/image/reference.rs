//! `registry/name:tag@digest` as Docker reads it.
//!
//! Source: `distribution/reference`, `regexp.go` for the grammar and `normalize.go` for the defaults: the
//! first part is a registry only if it has a dot, a colon or a capital, or is `localhost`; a name without a
//! registry is on docker.io, and a single word there is below `library/`.

use std::fmt;
use std::str::FromStr;

/// Docker's own registry.
pub const DOCKER: &str = "docker.io";
/// Where a single word lives on it.
const LIBRARY: &str = "library/";
/// Longest path and longest tag that Docker takes.
const MAX_PATH: usize = 255;
const MAX_TAG: usize = 128;

/// A normalised reference. Displayed in full (`docker.io/library/alpine:3.20`); see [`Self::familiar`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// Host of the registry, with a port where one was written.
    pub registry: String,
    /// Path of the repository in the registry: `library/alpine`.
    pub path: String,
    /// Tag, where one was written.
    pub tag: Option<String>,
    /// Digest with its algorithm, where one was written.
    pub digest: Option<String>,
}

/// Why a text is not a reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Nothing, or nothing before the tag.
    #[error("`{0}` names no image")]
    Empty(String),
    /// Capitals in the path.
    #[error("`{0}`: the name of an image is written in lower case")]
    Capitals(String),
    /// A registry's host that is none.
    #[error("`{written}`: `{registry}` is not the host of a registry")]
    Registry {
        /// The text as written.
        written: String,
        /// The part that is wrong.
        registry: String,
    },
    /// A path that is none.
    #[error("`{written}`: `{path}` is not a name of letters, digits and single separators (. _ __ -)")]
    Path {
        /// The text as written.
        written: String,
        /// The part that is wrong.
        path: String,
    },
    /// A path that is too long.
    #[error("the name of the image is longer than {MAX_PATH} characters")]
    Length,
    /// A tag that is none.
    #[error("`{written}`: `{tag}` is not a tag (letters, digits, _ . -, at most {MAX_TAG})")]
    Tag {
        /// The text as written.
        written: String,
        /// The part that is wrong.
        tag: String,
    },
    /// A digest that is none.
    #[error("`{written}`: `{digest}` is not a digest such as sha256: with 64 hexadecimal digits")]
    Digest {
        /// The text as written.
        written: String,
        /// The part that is wrong.
        digest: String,
    },
    /// Sixty-four hexadecimal digits, which Docker takes for the id of a local image.
    #[error("`{0}` is the id of a local image, not the name of one")]
    Id(String),
}

impl Reference {
    /// The repository in full, without tag and digest: `docker.io/library/alpine`.
    pub fn repository(&self) -> String {
        format!("{}/{}", self.registry, self.path)
    }

    /// The repository as people write it: `alpine`, `redhat/ubi9`, `gcr.io/distroless/static`.
    pub fn familiar_repository(&self) -> String {
        let short = match self.path.strip_prefix(LIBRARY) {
            Some(word) if !word.contains('/') => word,
            _ => &self.path,
        };
        // Not every path survives alone: docker.io/localhost/x is not localhost/x.
        let survives = |short: &str| {
            short
                .parse::<Self>()
                .is_ok_and(|again| again.registry == self.registry && again.path == self.path)
        };
        if self.registry == DOCKER && survives(short) { short.to_owned() } else { self.repository() }
    }

    /// The whole reference as people write it: `alpine:3.20`.
    pub fn familiar(&self) -> String {
        self.with(self.familiar_repository())
    }

    fn with(&self, mut text: String) -> String {
        for (separator, part) in [(':', &self.tag), ('@', &self.digest)] {
            if let Some(part) = part {
                text.push(separator);
                text.push_str(part);
            }
        }
        text
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.with(self.repository()))
    }
}

impl FromStr for Reference {
    type Err = ParseError;

    fn from_str(written: &str) -> Result<Self, ParseError> {
        let of = || written.to_owned();
        let (rest, digest) = split(written, written.find('@'));
        if let Some(digest) = digest.filter(|digest| !is_digest(digest)) {
            return Err(ParseError::Digest { written: of(), digest: digest.to_owned() });
        }
        let last = rest.rfind('/').map_or(0, |slash| slash + 1);
        let (name, tag) = split(rest, rest[last..].find(':').map(|colon| last + colon));
        if let Some(tag) = tag.filter(|tag| !is_tag(tag)) {
            return Err(ParseError::Tag { written: of(), tag: tag.to_owned() });
        }
        if name.is_empty() {
            return Err(ParseError::Empty(of()));
        }
        if name.len() == 64 && name.bytes().all(is_lower_hex) {
            return Err(ParseError::Id(of()));
        }

        let (registry, path) = match name.split_once('/') {
            Some((first, path)) if is_registry_like(first) => (first, path),
            _ => (DOCKER, name),
        };
        let registry = if registry == "index.docker.io" { DOCKER } else { registry };
        if !is_registry(registry) {
            return Err(ParseError::Registry { written: of(), registry: registry.to_owned() });
        }
        if path.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(ParseError::Capitals(of()));
        }
        if !path.split('/').all(is_component) {
            return Err(ParseError::Path { written: of(), path: path.to_owned() });
        }
        let path = if registry == DOCKER && !path.contains('/') {
            format!("{LIBRARY}{path}")
        } else {
            path.to_owned()
        };
        if path.len() > MAX_PATH {
            return Err(ParseError::Length);
        }
        Ok(Self {
            registry: registry.to_owned(),
            path,
            tag: tag.map(str::to_owned),
            digest: digest.map(str::to_owned),
        })
    }
}

/// The text before a one-byte separator and what comes after it.
fn split(text: &str, at: Option<usize>) -> (&str, Option<&str>) {
    at.map_or((text, None), |at| (&text[..at], Some(&text[at + 1..])))
}

/// `splitDockerDomain`: what makes the first part a host instead of a folder on docker.io.
fn is_registry_like(first: &str) -> bool {
    first == "localhost" || first.contains(['.', ':']) || first.bytes().any(|byte| byte.is_ascii_uppercase())
}

fn is_registry(text: &str) -> bool {
    let end = text.rfind(']').map_or(0, |bracket| bracket + 1);
    let (host, port) = split(text, text[end..].find(':').map(|colon| end + colon));
    let is_host = match host.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(inner) => {
            !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':')
        }
        None => host.split('.').all(|part| {
            let hyphened = part.starts_with('-') || part.ends_with('-');
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            !part.is_empty() && !hyphened && part.bytes().all(plain)
        }),
    };
    is_host && port.is_none_or(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Lower-case letters and digits with one `.`, one or two `_`, or any number of `-` between them.
fn is_component(text: &str) -> bool {
    let is_separator = |c: char| matches!(c, '.' | '_' | '-');
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let separators = text.split(is_plain).filter(|between| !between.is_empty());
    text.starts_with(is_plain)
        && text.ends_with(is_plain)
        && text.chars().all(|c| is_plain(c) || is_separator(c))
        && separators
            .into_iter()
            .all(|between| matches!(between, "." | "_" | "__") || between.bytes().all(|byte| byte == b'-'))
}

fn is_tag(text: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    text.len() <= MAX_TAG
        && text.bytes().next().is_some_and(is_word)
        && text.bytes().all(|byte| is_word(byte) || matches!(byte, b'.' | b'-'))
}

/// The algorithms that registries accept, each with its fixed number of digits.
fn is_digest(text: &str) -> bool {
    let digits = |prefix: &str, count: usize| {
        text.strip_prefix(prefix).is_some_and(|hex| hex.len() == count && hex.bytes().all(is_lower_hex))
    };
    digits("sha256:", 64) || digits("sha384:", 96) || digits("sha512:", 128)
}

const fn is_lower_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HEX: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[test]
    fn names_are_read_as_docker_reads_them() {
        for (written, full, familiar) in [
            ("alpine", "docker.io/library/alpine", "alpine"),
            ("alpine:3.20", "docker.io/library/alpine:3.20", "alpine:3.20"),
            ("library/alpine", "docker.io/library/alpine", "alpine"),
            ("docker.io/alpine", "docker.io/library/alpine", "alpine"),
            ("index.docker.io/library/alpine:3", "docker.io/library/alpine:3", "alpine:3"),
            ("redhat/ubi9", "docker.io/redhat/ubi9", "redhat/ubi9"),
            ("localhost/base", "localhost/base", "localhost/base"),
            ("localhost:5000", "docker.io/library/localhost:5000", "localhost:5000"),
            ("localhost:5000/a/b:v1", "localhost:5000/a/b:v1", "localhost:5000/a/b:v1"),
            ("registry.corp/base:7", "registry.corp/base:7", "registry.corp/base:7"),
            ("Host/base", "Host/base", "Host/base"),
            ("[::1]:5000/base", "[::1]:5000/base", "[::1]:5000/base"),
            ("a/b/c", "docker.io/a/b/c", "a/b/c"),
            ("my--app__x.y", "docker.io/library/my--app__x.y", "my--app__x.y"),
            ("docker.io/localhost/x", "docker.io/localhost/x", "docker.io/localhost/x"),
        ] {
            let reference: Reference = written.parse().unwrap_or_else(|error| panic!("{written}: {error}"));
            assert_eq!(reference.to_string(), full, "{written}");
            assert_eq!(reference.familiar(), familiar, "{written}");
        }
    }

    #[test]
    fn tag_and_digest_are_taken_apart() {
        let reference: Reference = format!("alpine:3.20@sha256:{HEX}").parse().unwrap();
        assert_eq!(reference.tag.as_deref(), Some("3.20"));
        assert_eq!(reference.digest, Some(format!("sha256:{HEX}")));
    }

    #[test]
    fn what_is_not_a_reference_says_which_part() {
        for (written, message) in [
            ("", "names no image"),
            (":3.20", "names no image"),
            ("Alpine", "lower case"),
            ("corp/Alpine", "lower case"),
            ("-host.corp/x", "not the host of a registry"),
            ("host.corp:port/x", "not the host of a registry"),
            ("alpine:", "not a tag"),
            ("alpine:-3", "not a tag"),
            ("alpine:3 20", "not a tag"),
            ("alp ine", "`alp ine` is not a name"),
            ("a//b", "is not a name"),
            ("a/", "is not a name"),
            ("a..b", "is not a name"),
            ("a___b", "is not a name"),
            ("a._b", "is not a name"),
            ("https://alpine", "`https:` is not the host of a registry"),
            ("$BASE", "lower case"),
            ("${base}", "is not a name"),
            ("alpine@sha256:12", "is not a digest"),
            ("alpine@latest", "is not a digest"),
            ("\u{e4}pine", "is not a name"),
            (HEX, "id of a local image"),
        ] {
            let error = written.parse::<Reference>().unwrap_err().to_string();
            assert!(error.contains(message), "{written}: {error}");
        }
        let long = "a".repeat(256);
        assert_eq!(long.parse::<Reference>(), Err(ParseError::Length));
        assert!(format!("alpine:{}", "a".repeat(128)).parse::<Reference>().is_ok());
        assert!(format!("alpine:{}", "a".repeat(129)).parse::<Reference>().is_err());
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC*") {
            let _ = text.parse::<Reference>();
        }

        #[test]
        fn what_is_shown_reads_as_the_same_reference(
            text in "((localhost|[a-zA-Z.-]{1,6})(:[0-9]{1,4})?/)?[a-z0-9._-]{1,6}(/[a-z0-9._-]{1,5}){0,2}(:[a-zA-Z0-9._-]{1,6})?"
        ) {
            if let Ok(reference) = text.parse::<Reference>() {
                prop_assert_eq!(reference.to_string().parse(), Ok(reference.clone()));
                prop_assert_eq!(reference.familiar().parse(), Ok(reference));
            }
        }
    }
}
