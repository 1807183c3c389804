//! Staging and publishing: with the real go, on real file systems, with real signals.

mod concurrency;
mod links;
mod publish;
mod refusals;
mod signals;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use gobuild::cache::Cache;
use gobuild::cli::Env;
use gobuild::gocmd::held_back::NO_MAIN_PACKAGES;
use gobuild::gocmd::signals::Signals;
use gobuild::gocmd::{Console, Ended, Invocation, Listener, run};
use gobuild::staging::key::Key;
use gobuild::staging::output::Output;
use gobuild::staging::publish::Mode;
use gobuild::staging::route::Route;
use gobuild::staging::stage::{Produced, Stage};

/// A variable of the tests' own process.
#[expect(clippy::disallowed_methods, reason = "a test is the edge: there is nobody above to pass it in")]
fn own_variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

#[expect(clippy::disallowed_methods, reason = "a test is the edge: there is nobody above to pass it in")]
fn own_env() -> Env {
    std::env::vars_os().filter(|(name, _)| !name.to_string_lossy().starts_with("GOFLAGS")).collect()
}

/// The real go; none, loudly, where there is none.
fn real_go() -> Option<PathBuf> {
    let found = which::which_in("go", own_variable("PATH"), "/").ok();
    if found.is_none() {
        crate::support::skip::announce(module_path!(), "there is no go on PATH");
    }
    found
}

/// A Go module in a folder of its own, with a cache beside it.
struct Module {
    root: tempfile::TempDir,
    go: PathBuf,
    env: Env,
}

impl Module {
    fn new(files: &[(&str, &str)]) -> Option<Self> {
        let go = real_go()?;
        let root = tempfile::tempdir().unwrap();
        let module = Self { root, go, env: own_env() };
        module.write("go.mod", "module example.org/m\n\ngo 1.20\n");
        for (path, text) in files {
            module.write(path, text);
        }
        Some(module)
    }

    fn dir(&self) -> PathBuf {
        self.root.path().join("m")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.dir().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn cache(&self) -> Cache {
        Cache::at(self.root.path().join("cache"))
    }

    fn invocation(&self, args: &[&OsStr]) -> Invocation {
        let build = [OsStr::new("build"), OsStr::new("-buildvcs=false")];
        let args = build.iter().chain(args);
        Invocation {
            program: self.go.clone(),
            args: args.map(OsString::from).collect(),
            env: self.env.clone(),
            dir: self.dir(),
        }
    }

    fn output(&self, typed: &str) -> Output {
        Output::new(OsStr::new(typed), &self.dir())
    }

    fn stage(&self, route: &Route) -> Stage {
        open(&self.cache(), &Key::new(route.keyed_by().unwrap(), "alpine", "linux/amd64", ""))
    }

    /// One whole run, every proof ending well: what was made, and what happened to it.
    fn build(&self, route: &Route, args: &[&str]) -> Built {
        let mut stage = self.stage(route);
        stage.prepare().unwrap();
        let output = route.go_output(&stage.folder()).unwrap();
        let mut all = vec![OsStr::new("-o"), &output];
        all.extend(args.iter().map(OsStr::new));
        let ended = run(&self.invocation(&all), unheard(&Signals::none()), NO_MAIN_PACKAGES, None).unwrap();
        let produced = stage.produced(ended.success()).unwrap();
        let files = produced.iter().map(|file| (file.clone(), publish(&mut stage, route, file))).collect();
        Built { ended, files }
    }
}

/// What go says is not what these tests are about.
fn unheard(signals: &Signals) -> Console<'_> {
    struct Unheard;
    impl Listener for Unheard {
        fn said(&self, _: &[u8]) {}
    }
    Console { signals, listener: &Unheard }
}

struct Built {
    ended: Ended,
    files: Vec<(Produced, Handed)>,
}

#[derive(Debug, PartialEq, Eq)]
enum Handed {
    Touched,
    Copied,
}

impl Built {
    /// Names, whether they were linked, and what was done.
    fn summary(&self) -> Vec<(&str, bool, &Handed)> {
        let rows = self.files.iter();
        rows.map(|(file, handed)| (file.name.to_str().unwrap(), file.fresh, handed)).collect()
    }
}

/// Starts a program that this process has just written. A child that another test is starting in this
/// moment may still hold the descriptor it was written through, and the system refuses until it is gone.
fn start(program: &Path, change: impl Fn(duct::Expression) -> duct::Expression) -> duct::Handle {
    loop {
        match change(duct::cmd(program, [""; 0])).start() {
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => std::thread::yield_now(),
            other => return other.unwrap(),
        }
    }
}

fn open(cache: &Cache, key: &Key) -> Stage {
    Stage::open(cache, key, |_| {}, || false).unwrap()
}

fn publish(stage: &mut Stage, route: &Route, file: &Produced) -> Handed {
    let output = route.output(&file.name).unwrap();
    if stage.still_published(file, "verdict", &output).unwrap().is_some() {
        return Handed::Touched;
    }
    let copy = stage.private_copy(file, &output, Mode::Program).unwrap();
    let published = copy.publish().unwrap();
    stage.remember(file, "verdict", serde_json::json!([]), &output, published).unwrap();
    Handed::Copied
}

/// A stage in which `name` was made by someone who is not go.
fn staged(cache: &Cache, output: &Path, name: &str, bytes: &[u8]) -> (Stage, Produced) {
    let mut stage = open(cache, &Key::new(output, "alpine", "linux/amd64", ""));
    stage.prepare().unwrap();
    fs::write(stage.folder().join(name), bytes).unwrap();
    let file = stage.produced(true).unwrap().remove(0);
    (stage, file)
}
