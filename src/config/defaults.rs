//! What counts where gobuild.toml says nothing.

use std::path::PathBuf;

use super::build::{Build, Cgo};
use super::dockerfile::{Builder, Dockerfile, Shape};
use super::file::{Checks, Config};
use crate::origin::{Origin, Sourced};

/// `build.name`
pub const NAME: &str = "{name}-{os}-{arch}";

/// `dockerfile.workdir`
pub const WORKDIR: &str = "/app";

/// A configuration that holds every value with a default. Keys without one (`target`, `package`,
/// `output`, `user` and everything of a target or an image) stay none.
pub fn defaults() -> Config {
    Config {
        path: PathBuf::new(),
        target: None,
        build: Build {
            package: None,
            output: None,
            name: Some(default(NAME.to_owned())),
            tags: Some(default(Vec::new())),
            ldflags: Some(default(Vec::new())),
            cgo: Some(default(Cgo::default())),
            release: Some(default(false)),
            ..Build::default()
        },
        dockerfile: Dockerfile {
            workdir: Some(default(WORKDIR.to_owned())),
            expose: Some(default(Vec::new())),
            args: Some(default(Vec::new())),
            packages: Some(default(Vec::new())),
            shape: Some(default(Shape::default())),
            builder: Some(default(Builder::default())),
            ..Dockerfile::default()
        },
        checks: Checks { allow: Some(default(Vec::new())), deny: Some(default(Vec::new())) },
        ..Config::default()
    }
}

fn default<T>(value: T) -> Sourced<T> {
    Sourced::new(value, Origin::Default)
}
