//! What a finding is about.

use serde::Serialize;

use crate::image::Image;

/// What a finding is about: a file, the image and the platform that it is meant for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct About {
    /// The file as messages name it: the base name of `-o`, or its path in an image that is judged as a whole.
    pub file: String,
    /// The image; none where only the platform was judged.
    pub image: Option<NamedImage>,
    /// `linux/amd64`
    pub platform: String,
}

/// An image by its two names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NamedImage {
    /// After a floating tag was resolved: `alpine:3.24`.
    pub name: String,
    /// As the user wrote it: `alpine`.
    pub written: String,
}

impl From<&Image> for NamedImage {
    fn from(image: &Image) -> Self {
        Self { name: image.name.clone(), written: image.written.clone() }
    }
}

/// Where a file is taken to be in the image. The real path is the Dockerfile's to choose, but for a file of an image,
/// which is called by its path.
pub fn in_pod(file: &str) -> String {
    if file.starts_with('/') { file.to_owned() } else { format!("/app/{file}") }
}
