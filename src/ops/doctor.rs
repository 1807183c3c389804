//! `gobuild doctor`: which programs were found, and what can be built with them.

use crate::cache::Cache;
use crate::cc::compilers::{self, Place};
use crate::cli::{Common, Process, variable};
use crate::error::Result;
use crate::gocmd::{env as go_env, find as go_binary};
use crate::host::program;
use crate::platform::Platform;
use crate::report::doctor::{Row, Tool};
use crate::report::{Event, Reporter};

use super::session;

/// Platforms that images are made for, the common ones first.
const PLATFORMS: &[&str] = &[
    "linux/amd64",
    "linux/arm64",
    "linux/arm/v7",
    "linux/arm/v6",
    "linux/arm/v5",
    "linux/386",
    "linux/riscv64",
    "linux/s390x",
    "linux/ppc64le",
    "linux/loong64",
];

/// Says what this machine makes possible: go, C compilers, engines.
///
/// # Errors
/// A problem before any verdict: usage, configuration, a missing tool, a file system that refuses.
pub fn run(process: &Process, common: &Common, reporter: &dyn Reporter) -> Result<()> {
    let cache = Cache::from_env(&process.env)?;
    let (_, project) = session::config(process, common, &process.dir)?;
    let mut tools = vec![go(process, common, &cache)];
    tools.extend(["docker", "podman"].map(|name| {
        let found = program::find(name, variable(&process.env, "PATH"), &process.dir).ok();
        Tool { name: name.to_owned(), found: found.map(|path| (String::new(), path.display().to_string())) }
    }));
    // What the user named is shown by `gobuild plan`; here it is what there is.
    let place = Place {
        env: &process.env,
        dir: &process.dir,
        project: &project,
        cache: &cache,
        cc: None,
        cxx: None,
        sysroot: None,
    };
    let platforms = PLATFORMS.iter().filter_map(|name| name.parse::<Platform>().ok());
    let rows: Vec<Row> =
        platforms.map(|platform| Row { compilers: compilers::find(place, &platform), platform }).collect();
    reporter.event(&Event::Machine { tools: &tools, rows: &rows });
    Ok(())
}

fn go(process: &Process, common: &Common, cache: &Cache) -> Tool {
    let found = go_binary::find(common.go.as_deref(), &process.env, &process.dir).ok().map(|go| {
        let answers = go_env::load(&go.value, &process.env, &process.dir, cache);
        let version = answers.ok().and_then(|answers| answers.get("GOVERSION").map(str::to_owned));
        (version.unwrap_or_else(|| "does not answer".to_owned()), go.value.display().to_string())
    });
    Tool { name: "go".to_owned(), found }
}
