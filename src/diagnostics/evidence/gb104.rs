//! Code for a newer processor than the platform promises.

use serde::Serialize;

/// What the build information says of the variant, beside what the platform promises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WrongVariant {
    /// The variable of the architecture: `GOAMD64`.
    pub variable: &'static str,
    /// What is recorded of it; none where nothing is.
    pub recorded: Option<Recorded>,
}

/// A variant that the binary was built for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Recorded {
    /// The value: `v3`, `7,hardfloat`.
    pub value: String,
    /// Whether the platform's processors are older; false where the two cannot be compared.
    pub too_high: bool,
    /// The value that a platform without a variant stands for.
    pub default: Option<&'static str>,
    /// Go's name of the architecture.
    pub arch: String,
    /// The platform that the value belongs to: `linux/amd64/v3`.
    pub platform: String,
}
