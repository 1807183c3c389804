//! What `go env` answers, asked once: a build with nothing to do must not pay 7 ms for it again.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cache::Cache;
use crate::cache::kept;
use crate::cli::{Env, variable};
use crate::error::{Error, Result, status};
use crate::gocmd::env_key::{Content, content, key};
use crate::host::run::ask;

/// The answers of `go env`, in one directory and one environment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GoEnv {
    /// Every variable with its effective value. `GOGCCFLAGS` is left out: it names a temporary folder
    /// and is another one every time.
    pub values: BTreeMap<String, String>,
    /// Names that have their value from `go env -w`, with the file that holds it.
    pub changed: BTreeMap<String, PathBuf>,
}

impl GoEnv {
    /// A value; none where go does not know the variable or has nothing for it.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

/// An answer in the cache, with the files that it was made from besides those in its key: which ones
/// they are is known only from the answer.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remembered {
    values: BTreeMap<String, String>,
    files: Vec<Content>,
}

/// Asks `go env -json` in `dir`, or takes the remembered answer where nothing has changed that it could
/// depend on. A cache that cannot be read or written costs time, not the answer.
pub fn load(go: &Path, env: &Env, dir: &Path, cache: &Cache) -> Result<GoEnv> {
    let file =
        key(go, env, dir).and_then(|key| Some(cache.folder("goenv").ok()?.join(format!("{key}.json"))));
    if let Some(values) = file.as_deref().and_then(recall) {
        return Ok(finish(values, env));
    }
    let mut values = answer(go, env, dir)?;
    values.remove("GOGCCFLAGS");
    if let Some(file) = file {
        remember(&file, &values, go);
    }
    Ok(finish(values, env))
}

fn recall(file: &Path) -> Option<BTreeMap<String, String>> {
    let remembered: Remembered = kept::read(file)?;
    remembered.files.iter().all(Content::is_current).then_some(remembered.values)
}

fn remember(file: &Path, values: &BTreeMap<String, String>, go: &Path) {
    let path_of = |name: &str| values.get(name).filter(|value| !value.is_empty() && *value != "off");
    let mut paths: BTreeSet<PathBuf> = path_of("GOENV").map(PathBuf::from).into_iter().collect();
    // Two when a toolchain line switched to another go: the first one reads its own file before that.
    paths.extend(path_of("GOROOT").map(|root| Path::new(root).join("go.env")));
    paths.extend(go.canonicalize().ok().and_then(|go| Some(go.parent()?.parent()?.join("go.env"))));
    let files = paths.into_iter().map(content).collect();
    let remembered = Remembered { values: values.clone(), files };
    // Not remembered is asked again: nothing to tell anyone.
    let _ = kept::write(file, &remembered);
}

fn answer(go: &Path, env: &Env, dir: &Path) -> Result<BTreeMap<String, String>> {
    let args: [OsString; 2] = ["env".into(), "-json".into()];
    let answer = ask(go, &args, env, dir).map_err(|error| Error::io("run", go, &error))?;
    if !answer.ok {
        let error = Error::new(format!("`{} env` failed", go.display())).detail(answer.stderr);
        // As `go build` would have: a toolchain that cannot be fetched, a folder that is not there.
        let code = answer.code.and_then(|code| u8::try_from(code).ok());
        return Err(Error { status: code.unwrap_or(status::USAGE), ..error });
    }
    serde_json::from_str(&answer.stdout).map_err(|error| {
        Error::new(format!("`{} env -json` does not answer as go does: {error}", go.display()))
            .help("point --go, or the variable GO, to a real go")
    })
}

fn finish(values: BTreeMap<String, String>, env: &Env) -> GoEnv {
    let file = values.get("GOENV").filter(|path| !path.is_empty() && *path != "off").map(PathBuf::from);
    let changed = file.map(|file| written_names(&file, env)).unwrap_or_default();
    GoEnv { values, changed }
}

/// The names in the file of `go env -w` that no variable overrides (an empty one does not).
fn written_names(file: &Path, env: &Env) -> BTreeMap<String, PathBuf> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let names = text.lines().filter_map(|line| {
        let (name, value) = line.trim().split_once('=')?;
        let shown = name.starts_with(|first: char| first.is_ascii_uppercase()) && !value.is_empty();
        (shown && variable(env, name).is_none()).then(|| (name.to_owned(), file.to_owned()))
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A go that counts how often it was started and answers from the file `answer` beside it.
    struct Fake {
        root: tempfile::TempDir,
        env: Env,
    }

    impl Fake {
        fn new() -> Self {
            let root = tempfile::tempdir().unwrap();
            let dir = root.path().to_str().unwrap();
            let script =
                format!("#!/bin/sh\necho x >> {dir}/runs\nread -r all < {dir}/answer\necho \"$all\"\n");
            // Written by another process: a descriptor that is open for writing here would be inherited
            // by whatever another test starts in this moment, and running the file would fail.
            let write = "mkdir bin && : > VERSION && printf %s \"$1\" > bin/go && chmod +x bin/go";
            duct::cmd("sh", ["-c", write, "sh", &script]).dir(dir).run().unwrap();
            let answer =
                format!(r#"{{"GOOS":"linux","GOENV":"{dir}/env","GOGCCFLAGS":"/tmp/x","GOROOT":"{dir}"}}"#);
            fs::write(root.path().join("answer"), answer).unwrap();
            let env = Env::from([("PATH".into(), "/usr/bin:/bin".into())]);
            Self { root, env }
        }

        fn load(&self) -> Result<GoEnv> {
            let cache = Cache::at(self.root.path().join("cache"));
            load(&self.root.path().join("bin/go"), &self.env, self.root.path(), &cache)
        }

        fn runs(&self) -> usize {
            fs::read_to_string(self.root.path().join("runs")).unwrap_or_default().lines().count()
        }
    }

    #[test]
    fn a_warm_call_starts_no_process() {
        let fake = Fake::new();
        let first = fake.load().unwrap();
        assert_eq!(first.get("GOOS"), Some("linux"));
        assert_eq!(first.get("GOGCCFLAGS"), None);
        assert_eq!(fake.load().unwrap(), first);
        assert_eq!(fake.runs(), 1);
    }

    #[test]
    fn either_environment_file_makes_it_ask_again() {
        let fake = Fake::new();
        fake.load().unwrap();
        fs::write(fake.root.path().join("env"), "CGO_ENABLED=1\nGOFLAGS=-v\n").unwrap();
        assert_eq!(fake.load().unwrap().changed.keys().collect::<Vec<_>>(), ["CGO_ENABLED", "GOFLAGS"]);
        fs::write(fake.root.path().join("go.env"), "GOPROXY=off\n").unwrap();
        fake.load().unwrap();
        fake.load().unwrap();
        assert_eq!(fake.runs(), 3);
    }

    #[test]
    fn a_variable_hides_what_go_env_w_wrote_and_an_empty_one_does_not() {
        let mut fake = Fake::new();
        fs::write(fake.root.path().join("env"), "CGO_ENABLED=1\nGOFLAGS=-v\n").unwrap();
        fake.env.insert("GOFLAGS".into(), "-x".into());
        fake.env.insert("CGO_ENABLED".into(), "".into());
        assert_eq!(fake.load().unwrap().changed.keys().collect::<Vec<_>>(), ["CGO_ENABLED"]);
    }

    #[test]
    fn a_spoilt_cache_is_made_anew() {
        let fake = Fake::new();
        let first = fake.load().unwrap();
        for entry in fs::read_dir(fake.root.path().join("cache/goenv")).unwrap() {
            fs::write(entry.unwrap().path(), "{\"values\":").unwrap();
        }
        assert_eq!(fake.load().unwrap(), first);
        assert_eq!(fake.load().unwrap(), first);
        assert_eq!(fake.runs(), 2);
    }

    #[test]
    fn what_is_not_go_is_told() {
        let fake = Fake::new();
        fs::write(fake.root.path().join("answer"), "hello\n").unwrap();
        let error = fake.load().unwrap_err();
        assert!(error.message.contains("does not answer as go does"), "{error}");
    }
}
