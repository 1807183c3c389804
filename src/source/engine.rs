//! An image of the local engine, through the engine's own `save`.

use std::ffi::OsString;
use std::path::Path;

use crate::cli::{Env, variable};
use crate::error::{Error, Result, io_reason};
use crate::host::file::OpenFile;
use crate::host::program;
use crate::host::run::ask;
use crate::platform::Platform;

/// Engines that have `image inspect` and `save`, in the order in which they are asked.
const ENGINES: &[&str] = &["docker", "podman", "nerdctl"];

/// What an engine saved.
#[derive(Debug)]
pub struct Saved {
    /// The archive, in a temporary file without a name.
    pub archive: OpenFile,
    /// The engine.
    pub engine: &'static str,
    /// Digests under which registries have the image, `name@sha256:…`.
    pub digests: Vec<String>,
}

/// Saves an image out of the first engine that has it. Nothing is pulled.
pub fn save(reference: &str, platform: Option<&Platform>, env: &Env, dir: &Path) -> Result<Saved> {
    let mut said = Vec::new();
    for engine in ENGINES {
        let Ok(program) = program::find(engine, variable(env, "PATH"), dir) else {
            said.push(format!("  {engine}: not found"));
            continue;
        };
        let words = ["image", "inspect", "--format", "{{json .RepoDigests}}", "--", reference];
        let answer = ask(&program, &words.map(OsString::from), env, dir);
        let answer = match answer {
            Ok(answer) if answer.ok => answer,
            Ok(answer) => {
                let last = answer.stderr.lines().rev().find(|line| !line.trim().is_empty());
                said.push(format!("  {engine}: {}", last.unwrap_or("it has no such image").trim()));
                continue;
            }
            Err(error) => {
                said.push(format!("  {engine}: {}", io_reason(&error)));
                continue;
            }
        };
        let digests = serde_json::from_str::<Option<Vec<String>>>(answer.stdout.trim());
        let archive = run_save(&program, engine, reference, platform, env, dir)?;
        return Ok(Saved { archive, engine, digests: digests.ok().flatten().unwrap_or_default() });
    }
    let mut error = Error::new(format!("no local engine has the image {reference}"));
    error.detail = said;
    Err(error
        .help(format!("docker pull {reference}"))
        .help(format!("or name an archive: docker save -o image.tar {reference}")))
}

fn run_save(
    program: &Path,
    engine: &str,
    reference: &str,
    platform: Option<&Platform>,
    env: &Env,
    dir: &Path,
) -> Result<OpenFile> {
    let failed = |reason: &str| Error::new(format!("cannot save {reference} with {engine}: {reason}"));
    let file = tempfile::tempfile().map_err(|error| failed(&io_reason(&error)))?;
    let handle = file.try_clone().map_err(|error| failed(&io_reason(&error)))?;
    let save = |platform: Option<&Platform>, handle: std::fs::File| {
        let mut words = vec![OsString::from("save")];
        words.extend(
            platform
                .iter()
                .flat_map(|platform| [OsString::from("--platform"), OsString::from(platform.to_string())]),
        );
        words.extend([OsString::from("--"), OsString::from(reference)]);
        let run = duct::cmd(program, words).dir(dir).full_env(env).stdin_null().stdout_file(handle);
        run.stderr_capture().unchecked().run()
    };
    // Only newer engines know the flag, and only those with several platforms in store need it.
    let asked = platform.filter(|_| engine == "nerdctl");
    let output = save(asked, handle).map_err(|error| failed(&io_reason(&error)))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(failed(&output.status.to_string()).detail(stderr));
    }
    OpenFile::from_file(file).map_err(|error| failed(&io_reason(&error)))
}
