//! What every build starts with: the directory, gobuild.toml, go, and what `go env` answers.

use std::path::{Path, PathBuf};

use crate::cache::Cache;
use crate::cli::{Common, Process, line::GoLine};
use crate::config::Config;
use crate::config::file::Checks;
use crate::diagnostics::Policy;
use crate::error::{Error, Result};
use crate::gocmd::signals::Signals;
use crate::gocmd::{Console, env as go_env, find as go_binary};
use crate::host::config_file;
use crate::origin::{List, Sourced};
use crate::plan::UserEnv;
use crate::report::Reporter;

use super::go_words::GoWords;
use super::sources::Sources;

/// The surroundings of one run.
pub(super) struct Session<'a> {
    pub(super) process: &'a Process,
    pub(super) reporter: &'a dyn Reporter,
    go_words: GoWords<'a>,
    /// The current directory after `-C`: where packages, `-o` and gobuild.toml are looked for.
    pub(super) dir: PathBuf,
    pub(super) config: Option<Config>,
    /// The folder of gobuild.toml, where its relative paths start.
    pub(super) config_dir: PathBuf,
    pub(super) policy: Policy,
    pub(super) cache: Cache,
    pub(super) go: Sourced<PathBuf>,
    pub(super) go_env: go_env::GoEnv,
    /// Whether what templates ask of git and the environment is left for `docker build` to say: then the answer
    /// is the name of a build argument.
    pub(super) left_open: bool,
}

/// gobuild.toml, with its folder.
pub(super) fn config(
    process: &Process,
    common: &Common,
    dir: &std::path::Path,
) -> Result<(Option<Config>, PathBuf)> {
    // `--config` is relative to where it was typed, not to where `-C` leads.
    let found = match &common.config {
        Some(explicit) => config_file::discover(Some(explicit), &process.dir)?,
        None => config_file::discover(None, dir)?,
    };
    match found {
        Some(file) => Ok((Some(crate::config::parse(&file.shown, &file.text)?), file.dir)),
        None => Ok((None, dir.to_owned())),
    }
}

/// `--allow` and `--deny`, with gobuild.toml's before them.
pub(super) fn policy(common: &Common, config: Option<&Config>) -> Result<Policy> {
    let words = |pick: fn(&Checks) -> &Option<List<String>>| -> Vec<String> {
        let list = config.and_then(|config| pick(&config.checks).as_ref());
        list.into_iter().flat_map(|list| &list.value).map(|word| word.value.clone()).collect()
    };
    let (mut allow, mut deny) = (words(|checks| &checks.allow), words(|checks| &checks.deny));
    // What is typed wins over what is written.
    allow.retain(|word| !common.deny.contains(word));
    deny.retain(|word| !common.allow.contains(word));
    allow.extend(common.allow.iter().cloned());
    deny.extend(common.deny.iter().cloned());
    Policy::parse(&allow, &deny)
}

impl<'a> Session<'a> {
    /// Reads gobuild.toml, finds go and asks it for its environment.
    pub(super) fn open(
        process: &'a Process,
        common: &Common,
        line: &GoLine,
        reporter: &'a dyn Reporter,
    ) -> Result<Self> {
        let dir = line.directory().map_or_else(|| process.dir.clone(), |chdir| process.dir.join(chdir));
        if let Some(chdir) = line.directory() {
            // Otherwise the first who is started there says that it is not there itself.
            let found = std::fs::read_dir(&dir);
            found.map_err(|error| Error::io("change to the folder of -C,", Path::new(chdir), &error))?;
        }
        let (config, config_dir) = config(process, common, &dir)?;
        let policy = policy(common, config.as_ref())?;
        let cache = Cache::from_env(&process.env)?;
        let go = go_binary::find(common.go.as_deref(), &process.env, &process.dir)?;
        let go_env = go_env::load(&go.value, &process.env, &dir, &cache)?;
        let go_words = GoWords(reporter);
        Ok(Self {
            process,
            reporter,
            go_words,
            dir,
            config,
            config_dir,
            policy,
            cache,
            go,
            go_env,
            left_open: false,
        })
    }

    /// Where the facts of images are looked for.
    pub(super) fn sources(&self) -> Sources<'_> {
        Sources {
            process: self.process,
            config: self.config.as_ref(),
            config_dir: &self.config_dir,
            dir: &self.dir,
            reporter: self.reporter,
        }
    }

    /// What a run of go is attached to: its words go where everything goes.
    pub(super) fn console(&self, signals: &'a Signals) -> Console<'_> {
        Console { signals, listener: &self.go_words }
    }

    /// The user's variables.
    pub(super) fn user_env(&self) -> UserEnv<'_> {
        UserEnv { process: &self.process.env, written: &self.go_env.changed, effective: &self.go_env.values }
    }
}
