//! Where the facts of images are looked for in one run.

use std::path::{Path, PathBuf};

use crate::cli::Process;
use crate::config::Config;
use crate::report::Reporter;

/// Where facts are looked for.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) process: &'a Process,
    pub(super) config: Option<&'a Config>,
    /// The folder of gobuild.toml and gobuild.lock.
    pub(super) config_dir: &'a Path,
    /// The current directory after `-C`.
    pub(super) dir: &'a Path,
    pub(super) reporter: &'a dyn Reporter,
}

impl<'a> Sources<'a> {
    /// Those of a command without a build: everything starts where it was typed.
    pub(super) fn of(
        process: &'a Process,
        (config, dir): &'a (Option<Config>, PathBuf),
        reporter: &'a dyn Reporter,
    ) -> Self {
        Self { process, config: config.as_ref(), config_dir: dir, dir: &process.dir, reporter }
    }
}
