//! A package whose Go half does less than its C half.

use serde::Serialize;

use super::GoHalf;

/// Packages without their C half.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CHalfMissing {
    /// The packages, one at least.
    pub packages: Vec<Lesser>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Lesser {
    /// What shows it.
    #[serde(flatten)]
    pub half: GoHalf,
    /// What it cannot do, as the table of libraries says it.
    pub without: &'static str,
}
