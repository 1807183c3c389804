//! Whether a build is meant for the image at all.
//!
//! One Makefile builds for many systems. What was never meant for the image steps aside with one line;
//! what was asked for and cannot be is refused.

use super::UserEnv;
use super::flags::Effective;
use crate::error::{Error, Result};
use crate::image::{Fact, Image};
use crate::origin::{Origin, Sourced};

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// For the image.
    Image,
    /// For something else: go runs as the user wrote it, and this line says why.
    Aside(String),
}

/// Judges by build mode and `GOOS`/`GOARCH`. `typed` says that the target stood on the command line: then
/// another system is a contradiction, not another purpose.
pub fn purpose(effective: &Effective, env: &UserEnv<'_>, image: &Image, typed: bool) -> Result<Purpose> {
    let mode = effective.build_mode.as_str();
    if matches!(mode, "c-archive" | "archive") {
        return Ok(Purpose::Aside(format!(
            "-buildmode={mode} writes a library to link with, not a file for {}",
            image.name
        )));
    }
    let system = env.get("GOOS");
    let arch = env.get("GOARCH");
    if let Some(wasm) = arch.as_ref().filter(|arch| arch.value == "wasm") {
        return aside_or_refuse("GOARCH", wasm, image, typed);
    }
    let Some(system) = system else { return Ok(Purpose::Image) };
    // Nobody knows of this image's system; every image that gobuild can meet unasked is a Linux one.
    let own = match &image.os {
        Fact::Known(os) => os.as_str(),
        Fact::Unknown => "linux",
    };
    if system.value == own { Ok(Purpose::Image) } else { aside_or_refuse("GOOS", &system, image, typed) }
}

fn aside_or_refuse(name: &str, set: &Sourced<String>, image: &Image, typed: bool) -> Result<Purpose> {
    let what = format!("{name}={}", set.value);
    if !typed {
        return Ok(Purpose::Aside(format!(
            "{what} is not meant for {}: built as go does, not proven",
            image.name
        )));
    }
    let unset = match &set.origin {
        Origin::GoEnvFile(_) => format!("go env -u {name}"),
        _ => format!("unset {name}"),
    };
    Err(Error::new(format!("{what} contradicts the target {}", image.name))
        .detail(format!("  {what} was set by {}", set.origin))
        .detail(format!(
            "  {} runs {} programs",
            image.name,
            match &image.os {
                Fact::Known(os) => os,
                Fact::Unknown => "linux",
            }
        ))
        .help(format!("build for the image: {unset}"))
        .help("build for that system: run go build, or leave --target out"))
}
