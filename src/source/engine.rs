//! An image of the local engine as a source, through the engine's own `save`.

use std::ffi::OsString;
use std::io;
use std::path::Path;

use super::archive::Archive;
use super::image_source::{Contents, ImageSource, Layer, Offered};
use super::tally::Tally;
use crate::cli::{Env, variable};
use crate::error::{Error, Result, io_reason};
use crate::host::file::OpenFile;
use crate::host::program;
use crate::host::run::ask;
use crate::image::RunConfig;
use crate::platform::Platform;

/// Engines that have `image inspect` and `save`, in the order in which they are asked.
const ENGINES: &[&str] = &["docker", "podman", "nerdctl"];

/// What an engine saved: an archive in a temporary file without a name.
pub(super) struct Saved {
    archive: Archive,
    reference: String,
    digest: Option<String>,
}

impl Saved {
    /// Saves an image out of the first engine that has it. Nothing is pulled.
    ///
    /// # Errors
    /// No engine has it, or what it saves cannot be read.
    pub(super) fn of(
        reference: &str,
        platform: Option<&Platform>,
        env: &Env,
        dir: &Path,
        tally: &Tally,
    ) -> Result<Self> {
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
            // Under several names of one registry it has several digests, none of which is the one that is meant.
            let digests = digests.ok().flatten().unwrap_or_default();
            let digest = if let [only] = &digests[..] { only.split_once('@') } else { None };
            let digest = digest.map(|(_, digest)| digest.to_owned());
            let saved = run_save(&program, engine, reference, platform, env, dir)?;
            let archive = Archive::open(saved, &format!("{reference} of {engine}"), tally)?;
            return Ok(Self { archive, reference: reference.to_owned(), digest });
        }
        let mut error = Error::new(format!("no local engine has the image {reference}"));
        error.detail = said;
        Err(error
            .help(format!("docker pull {reference}"))
            .help(format!("or name an archive: docker save -o image.tar {reference}")))
    }
}

impl ImageSource for Saved {
    fn shown(&self) -> &str {
        self.archive.shown()
    }

    fn reference(&self) -> Option<&str> {
        Some(&self.reference)
    }

    fn digest(&self) -> Option<&str> {
        self.digest.as_deref()
    }

    fn offered(&self) -> &[Offered] {
        self.archive.offered()
    }

    fn notes(&self) -> &[String] {
        self.archive.notes()
    }

    fn config(&self, image: &Offered) -> Result<Option<RunConfig>> {
        self.archive.config(image)
    }

    fn contents(&self, image: &Offered, tally: &Tally) -> Result<Contents> {
        self.archive.contents(image, tally)
    }

    fn layer(&self, layer: &Layer) -> io::Result<Box<dyn io::Read + '_>> {
        self.archive.layer(layer)
    }
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
