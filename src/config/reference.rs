//! Whether a text can be an image's reference at all. Which image it is, is for the image room to say.

/// Whether the text has a registry, a tag or a digest: nobody writes a target's name like that.
pub(super) fn is_qualified(text: &str) -> bool {
    text.contains([':', '/', '@', '.'])
}

/// Whether the text follows the letters of a reference: lower case up to the tag, no space
/// (`reference.go` of the distribution project, loosely: what passes here can still be unknown).
pub(super) fn is_possible(text: &str) -> bool {
    let (name, digest) = text.split_once('@').map_or((text, None), |(name, digest)| (name, Some(digest)));
    // A colon in front of a slash is a registry's port.
    let (path, tag) = match name.rsplit_once(':') {
        Some((path, tag)) if !tag.contains('/') => (path, Some(tag)),
        _ => (name, None),
    };
    let (registry, repository) = path.split_once('/').map_or(("", path), |(first, rest)| {
        if first.contains(['.', ':']) || first == "localhost" { (first, rest) } else { ("", path) }
    });
    let word = |part: &str, extra: &str| {
        part.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_')
            && part.chars().all(|letter| letter.is_ascii_alphanumeric() || extra.contains(letter))
    };
    let lower = |part: &str| word(part, "._-") && !part.contains(|letter: char| letter.is_ascii_uppercase());
    (registry.is_empty() || word(registry, ".:-"))
        && repository.split('/').all(lower)
        && tag.is_none_or(|tag| word(tag, "._-"))
        && digest.is_none_or(|digest| word(digest, ":+._-") && digest.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::is_possible;

    #[test]
    fn what_can_be_an_image_and_what_cannot() {
        for text in [
            "alpine",
            "alpine:3.20",
            "gcr.io/distroless/static-debian12:nonroot",
            "localhost:5000/team/app",
            "registry.corp/base:7@sha256:abc",
            "library/Alpine:X".to_lowercase().as_str(),
            "my_base__x/y:V1",
        ] {
            assert!(is_possible(text), "{text}");
        }
        for text in ["", "Alpine", "al pine", "alpine:", ":3", "a//b", "alpine@abc", "-x", "$IMAGE", "a:b c"]
        {
            assert!(!is_possible(text), "{text}");
        }
    }
}
