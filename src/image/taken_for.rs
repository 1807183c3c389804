//! What a tag that is not simply a row of the catalogue was taken for.

use std::fmt;

use serde::Serialize;

/// What a floating or derived tag was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum TakenFor {
    /// The newest release that is known: `alpine`.
    Newest {
        /// `alpine:3.24`
        image: String,
    },
    /// The release that a moving word meant when the catalogue was written: `debian:stable`.
    Moving {
        /// `debian:13`
        image: String,
        /// `stable`, and when.
        then: Then,
    },
    /// A release that the catalogue does not know: only what holds for the whole family is known.
    UnlistedRelease {
        /// `alpine`
        family: String,
    },
    /// An image that somebody makes from a distribution: `golang:1.27-alpine`.
    MadeFrom {
        /// The release, or the family where the tag does not fix one.
        base: Base,
        /// The image whose tag moves to another release in time, and when it meant this one; none where the tag
        /// fixes it.
        then: Option<Then>,
    },
}

/// A word that moves, and the month in which it meant what is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Then {
    /// `stable`, `golang:1.27`
    pub word: String,
    /// `2026-08`
    pub month: &'static str,
}

/// What an image is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Base {
    /// `debian:12`
    Release(String),
    /// `debian`, of a release that the tag does not fix.
    Family(String),
}

impl TakenFor {
    /// Whether the same tag may mean another release tomorrow, although a release is named in it or meant by it.
    pub fn moves(&self) -> bool {
        matches!(self, Self::Moving { .. } | Self::MadeFrom { then: Some(_), .. })
    }
}

/// One clause: `alpine:3.24, the newest known`.
impl fmt::Display for TakenFor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newest { image } => write!(f, "{image}, the newest known"),
            Self::Moving { image, then } => write!(f, "{image}, as {then}"),
            Self::UnlistedRelease { family } => {
                write!(f, "{family}, of a release that the catalogue does not know")
            }
            Self::MadeFrom { base, then } => {
                match base {
                    Base::Release(image) => write!(f, "made from {image}")?,
                    Base::Family(name) => {
                        write!(f, "made from {name}, of a release that the tag does not fix")?;
                    }
                }
                match then {
                    Some(then) => write!(f, ", as {then}"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl fmt::Display for Then {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} stood in {}", self.word, self.month)
    }
}
