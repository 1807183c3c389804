//! A package around C code in a finished file, and what shows that it is there without its C half.

use serde::Serialize;

/// A package that was built without its C half.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GoHalf {
    /// Its import path.
    pub package: &'static str,
    /// A function that is there only without the C half; none where the package and Go's record of cgo show it.
    pub function: Option<&'static str>,
    /// The module that has it, where Go's record names one.
    pub module: Option<Module>,
}

/// A module of Go's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Module {
    /// Its path.
    pub path: String,
    /// `v1.14.17`
    pub version: String,
}
