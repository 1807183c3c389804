//! gobuild.toml and the merged settings, each value with its origin.

pub mod build;
pub mod defaults;
pub mod dockerfile;
pub mod file;
pub mod image;
pub mod init;
mod keys;
pub mod lock;
pub mod name;
mod reference;
mod source;
pub mod template;
mod values;
mod walk;

pub use defaults::defaults;
pub use file::{Config, parse};

#[cfg(test)]
mod written;
