//! Users that the final image does not know.

use serde::Serialize;

use crate::image::start::user::Stranger;

/// A user without a line in the image's `/etc/passwd`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum UserNotInImage {
    /// `USER` names one.
    Named {
        /// The name, and those that are there.
        stranger: Stranger,
        /// The final image, as written.
        image: String,
    },
    /// The program looks users up, and the image has none.
    LookedUp {
        /// The final image, as written.
        image: String,
    },
}
