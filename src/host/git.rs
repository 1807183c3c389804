//! What git knows about the source, for templates such as `-X main.version={{ git.describe }}`.

use std::cell::OnceCell;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::{Env, variable};
use crate::error::{Error, Result};
use crate::host::program;
use crate::host::run::ask;

/// The repository around a directory. Nothing is run before something is asked, and nothing twice.
#[derive(Debug)]
pub struct Git {
    env: Env,
    dir: PathBuf,
    describe: OnceCell<String>,
    commit: OnceCell<String>,
    tag: OnceCell<String>,
    date: OnceCell<String>,
    dirty: OnceCell<bool>,
}

impl Git {
    /// The repository that `dir` is in, if it is in one.
    pub fn new(env: &Env, dir: &Path) -> Self {
        Self {
            env: env.clone(),
            dir: dir.to_owned(),
            describe: OnceCell::new(),
            commit: OnceCell::new(),
            tag: OnceCell::new(),
            date: OnceCell::new(),
            dirty: OnceCell::new(),
        }
    }

    /// `git describe --tags --always --dirty`: `v1.2.0-3-gabc1234-dirty`.
    pub fn describe(&self) -> Result<String> {
        self.once(&self.describe, &["describe", "--tags", "--always", "--dirty"])
    }

    /// The full hash of the commit that is checked out.
    pub fn commit(&self) -> Result<String> {
        self.once(&self.commit, &["rev-parse", "--verify", "HEAD"])
    }

    /// The nearest tag, `v1.2.0`; an error where no tag can be reached.
    pub fn tag(&self) -> Result<String> {
        self.once(&self.tag, &["describe", "--tags", "--abbrev=0"])
    }

    /// When the commit was made, strict ISO 8601: the same for everyone who builds it, unlike the time
    /// of the build.
    pub fn date(&self) -> Result<String> {
        self.once(&self.date, &["log", "-1", "--format=%cI"])
    }

    /// Whether tracked files differ from the commit: what `describe` calls dirty.
    pub fn dirty(&self) -> Result<bool> {
        if let Some(known) = self.dirty.get() {
            return Ok(*known);
        }
        let changed = self.ask(&["status", "--porcelain", "--untracked-files=no"])?;
        Ok(*self.dirty.get_or_init(|| !changed.is_empty()))
    }

    fn once(&self, cell: &OnceCell<String>, args: &[&str]) -> Result<String> {
        if let Some(known) = cell.get() {
            return Ok(known.clone());
        }
        let answer = self.ask(args)?;
        Ok(cell.get_or_init(|| answer).clone())
    }

    fn ask(&self, args: &[&str]) -> Result<String> {
        let shown = format!("git {}", args.join(" "));
        let git = program::find("git", variable(&self.env, "PATH"), &self.dir).map_err(|_| {
            Error::new(format!("a template needs `{shown}`, but git was not found on PATH"))
                .help("install git, or write the value itself instead of the template")
        })?;
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        let answer = ask(&git, &args, &self.quiet_env(), &self.dir)
            .map_err(|error: io::Error| Error::io("run", &git, &error))?;
        if answer.ok {
            return Ok(answer.stdout.trim_end().to_owned());
        }
        let error = Error::new(format!("a template needs `{shown}`, but git says no")).detail(answer.stderr);
        let said = error.detail.join("\n");
        Err(if said.contains("dubious ownership") {
            error.help(format!("git config --global --add safe.directory {}", self.dir.display()))
        } else if said.contains("No names found") || said.contains("No tags can describe") {
            error.help("a shallow clone has no tags: git fetch --tags --unshallow")
        } else {
            error.help("build in a git checkout (in a Dockerfile: COPY .git too), or write the value itself")
        })
    }

    /// Asking must not take git's locks (an editor may be using them), and the answer is compared with
    /// git's own English words.
    fn quiet_env(&self) -> Env {
        let mut env = self.env.clone();
        env.insert("GIT_OPTIONAL_LOCKS".into(), "0".into());
        env.insert("LC_ALL".into(), "C".into());
        env
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn env(home: &Path) -> Env {
        let path = "/usr/local/bin:/usr/bin:/bin";
        [("PATH", path), ("HOME", home.to_str().unwrap()), ("GIT_CONFIG_NOSYSTEM", "1")]
            .into_iter()
            .chain([("GIT_AUTHOR_NAME", "a"), ("GIT_AUTHOR_EMAIL", "a@b"), ("GIT_COMMITTER_NAME", "a")])
            .chain([("GIT_COMMITTER_EMAIL", "a@b"), ("GIT_COMMITTER_DATE", "2024-05-06T07:08:09Z")])
            .map(|(name, value)| (name.into(), value.into()))
            .collect()
    }

    fn git(dir: &Path, args: &[&str]) {
        let status = duct::cmd("git", args).dir(dir).full_env(env(dir)).stdout_null().run().unwrap().status;
        assert!(status.success());
    }

    #[test]
    fn answers_follow_the_repository() {
        let root = tempfile::tempdir().unwrap();
        let dir = root.path();
        git(dir, &["init", "-q"]);
        fs::write(dir.join("f"), "one").unwrap();
        git(dir, &["add", "f"]);
        git(dir, &["commit", "-q", "-m", "one"]);
        let repository = Git::new(&env(dir), dir);
        let error = repository.tag().unwrap_err();
        assert!(error.message.contains("git describe --tags --abbrev=0"), "{error}");
        git(dir, &["tag", "v1.2.0"]);
        assert_eq!(repository.describe().unwrap(), "v1.2.0");
        assert_eq!(repository.tag().unwrap(), "v1.2.0");
        assert_eq!(repository.commit().unwrap().len(), 40);
        assert_eq!(repository.date().unwrap(), "2024-05-06T07:08:09+00:00");
        assert!(!repository.dirty().unwrap());
        fs::write(dir.join("f"), "two").unwrap();
        let later = Git::new(&env(dir), dir);
        assert!(later.dirty().unwrap());
        assert_eq!(later.describe().unwrap(), "v1.2.0-dirty");
    }

    #[test]
    fn no_repository_and_no_git_are_two_messages() {
        let root = tempfile::tempdir().unwrap();
        let error = Git::new(&env(root.path()), root.path()).describe().unwrap_err();
        assert!(error.detail[0].contains("not a git repository"), "{error:?}");
        let bare = Env::from([("PATH".into(), root.path().into())]);
        let error = Git::new(&bare, root.path()).describe().unwrap_err();
        assert!(error.message.ends_with("git was not found on PATH"), "{error}");
    }
}
