//! `gobuild init`: a first gobuild.toml, from what is there.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::cli::{Common, Process};
use crate::config::init::{FinalImage, InitFacts, starter};
use crate::dockerfile::model::target::final_image;
use crate::error::{Error, Result};
use crate::gocmd::find as go_binary;
use crate::gocmd::packages::{self, Listed};
use crate::gocmd::signals::Signals;
use crate::gocmd::{Console, Invocation};
use crate::host::config_file::NAME;
use crate::host::file;
use crate::report::{Event, Reporter};

use super::go_words::GoWords;

/// Writes a commented gobuild.toml from go.mod, and from a Dockerfile if there is one.
///
/// # Errors
/// A problem before any verdict: usage, configuration, a missing tool, a file system that refuses.
pub fn run(process: &Process, common: &Common, reporter: &dyn Reporter) -> Result<()> {
    let path = process.dir.join(NAME);
    if path.symlink_metadata().is_ok() {
        return Err(exists());
    }
    let text = starter(&facts(process, common, reporter)?)?;
    let failed = |error: io::Error| Error::io("write", NAME.as_ref(), &error);
    let mode = fs::Permissions::from_mode(0o666);
    let file = tempfile::Builder::new().prefix(".gobuild.toml").permissions(mode).tempfile_in(&process.dir);
    let mut file = file.map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    // Never over a file that came between, and never half of it: a link is made in one step, or not at all.
    file.persist_noclobber(&path).map_err(|error| match error.error.kind() {
        ErrorKind::AlreadyExists => exists(),
        _ => failed(error.error),
    })?;
    reporter.status("Created", NAME);
    Ok(())
}

fn exists() -> Error {
    Error::new(format!("{NAME} already exists and is not overwritten"))
        .help(format!("to see what a new one would contain: mv {NAME} {NAME}.old && gobuild init"))
}

fn facts(process: &Process, common: &Common, reporter: &dyn Reporter) -> Result<InitFacts> {
    let text = match fs::read_to_string(process.dir.join("go.mod")) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Error::new("there is no go.mod here")
                .help("go to the root of the module, or create one: go mod init example.com/name"));
        }
        Err(error) => return Err(Error::io("read", "go.mod".as_ref(), &error)),
    };
    let word = |name: &str| {
        let line =
            text.lines().map(str::trim).find_map(|line| line.strip_prefix(name)?.strip_prefix([' ', '\t']));
        line.map(|rest| rest.split("//").next().unwrap_or(rest).trim().trim_matches('"').to_owned())
    };
    let Some(module) = word("module").filter(|module| !module.is_empty()) else {
        return Err(
            Error::new("go.mod names no module").help("go mod init example.com/name writes one that does")
        );
    };
    Ok(InitFacts {
        module,
        go_version: word("go"),
        mains: mains(process, common, reporter)?,
        dockerfile: dockerfile(&process.dir)?,
    })
}

/// Folders of the main packages. A go that is missing or cannot list costs the list, not the file.
fn mains(process: &Process, common: &Common, reporter: &dyn Reporter) -> Result<Vec<String>> {
    let go = match go_binary::find(common.go.as_deref(), &process.env, &process.dir) {
        Ok(go) => go,
        Err(error) => {
            reporter.note(&format!("main packages are not looked for: {error}"));
            return Ok(Vec::new());
        }
    };
    let base = Invocation {
        program: go.value,
        args: Vec::new(),
        env: process.env.clone(),
        dir: process.dir.clone(),
    };
    let console = Console { signals: &Signals::none(), listener: &GoWords(reporter) };
    match packages::mains(&base, &[], &["./...".into()], console)? {
        Listed::Matched { mains, .. } => {
            Ok(mains.iter().filter_map(|main| typed(&main.folder, &process.dir)).collect())
        }
        Listed::Failed { messages, .. } => {
            reporter.event(&Event::Go(messages.as_bytes()));
            reporter.note("main packages are not named: go list ./... failed");
            Ok(Vec::new())
        }
    }
}

/// A folder as it is typed from here: `./cmd/rpc`.
fn typed(folder: &Path, dir: &Path) -> Option<String> {
    let dir = dir.canonicalize().ok()?;
    let below = folder.canonicalize().ok()?.strip_prefix(dir).ok()?.to_str()?.to_owned();
    Some(if below.is_empty() { ".".to_owned() } else { format!("./{below}") })
}

fn dockerfile(dir: &Path) -> Result<Option<FinalImage>> {
    let name = "Dockerfile";
    match file::read_found(&dir.join(name), file::TEXT) {
        Ok(None) => Ok(None),
        Ok(Some(text)) => {
            let found = final_image(&String::from_utf8_lossy(&text)).ok();
            Ok(found.map(|found| FinalImage { path: name.to_owned(), image: found.image, line: found.line }))
        }
        Err(error) => Err(Error::io("read", name.as_ref(), &error)),
    }
}
