//! Whether a text can be an image's reference at all. Which image it is, is for the image room to say.

use crate::image::Reference;

/// Whether the text has a registry, a tag or a digest: nobody writes a target's name like that.
pub(super) fn is_qualified(text: &str) -> bool {
    text.contains([':', '/', '@', '.'])
}

/// Whether the text is a reference as Docker reads one.
pub(super) fn is_possible(text: &str) -> bool {
    text.parse::<Reference>().is_ok()
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
            "registry.corp/base:7@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
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
