//! Which image the final stage of a Dockerfile is built on.

use super::{Base, resolve};
use crate::dockerfile::parse::{self, place};

/// The image of the final stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinalImage {
    /// The image, with the defaults of `ARG` filled in.
    pub image: String,
    /// `--platform` of the final stage where it is written out; none for `$TARGETPLATFORM` and the like.
    pub platform: Option<String>,
    /// 1-based line of the `FROM` that names the image.
    pub line: usize,
}

/// Why the image is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// 1-based line in question.
    pub line: usize,
    /// The reason as a clause: `ARG BASE has no default`.
    pub reason: String,
}

/// The image of the last stage, followed through the stages it is built on.
///
/// # Errors
/// The text is no Dockerfile, or its last image hangs on a value that is only given to `docker build`.
pub fn final_image(dockerfile: &str) -> Result<FinalImage, Unresolved> {
    let file =
        parse::parse(dockerfile).map_err(|error| Unresolved { line: error.line, reason: error.message })?;
    let resolved = resolve(&file);
    let Some(last) = resolved.find(None) else {
        return Err(Unresolved { line: 1, reason: "there is no FROM in it".to_owned() });
    };
    let chain = resolved.chain(last);
    let bottom = resolved.bottom(last);
    let line = place::line(&file.text, bottom.parsed.span.start);
    let platform = chain.iter().find_map(|stage| resolved.stages[*stage].platform.clone());
    match &bottom.base {
        Base::Image(image) => {
            Ok(FinalImage { image: image.clone(), platform: platform.and_then(super::Value::known), line })
        }
        Base::Unknown(reason) => Err(Unresolved { line, reason: reason.clone() }),
        Base::Stage(_) => Err(Unresolved { line, reason: "the stages go round".to_owned() }),
    }
}

#[cfg(test)]
mod tests;
