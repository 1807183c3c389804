//! Who starts what: the beginning of every finding on a start.

use serde::Serialize;

use crate::image::start::{By, Step};

/// A file that is started, or was to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Starting {
    /// Who starts it.
    #[serde(flatten)]
    pub by: By,
    /// How it is named there: `./app`, `app`, `/bin/sh`.
    pub word: String,
}

impl From<&Step> for Starting {
    fn from(step: &Step) -> Self {
        Self { by: step.by.clone(), word: step.word.clone() }
    }
}
