//! What was found, as data: one file a check or rule, named after its id. Each type holds what the verdict was made
//! from, so that a program can read it (`--message-format json`) and [`crate::report::words`] can say it.

mod cgo;
pub mod gb201;
pub mod gb208;
pub mod gb619;

use serde::Serialize;

pub use cgo::{Cgo, Unset};

use super::Message;

/// The evidence of one finding. Its `kind` is the name of the check or rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Evidence {
    /// GB201
    LoaderMissing(Box<gb201::LoaderMissing>),
    /// GB208
    Sanitizer(Box<gb208::Sanitizer>),
    /// GB619
    BinaryDoesNotFit(Box<gb619::BinaryDoesNotFit>),
    /// Evidence in words already.
    Told(Box<Message>),
}

/// A type of evidence becomes its variant.
macro_rules! variants {
    ($($variant:ident($of:ty)),* $(,)?) => {
        $(impl From<$of> for Evidence {
            fn from(found: $of) -> Self {
                Self::$variant(Box::new(found))
            }
        })*
    };
}

variants! {
    LoaderMissing(gb201::LoaderMissing),
    Sanitizer(gb208::Sanitizer),
    BinaryDoesNotFit(gb619::BinaryDoesNotFit),
    Told(Message),
}
