//! gobuild.toml and the merged settings, each value with its origin.

pub mod origin;
