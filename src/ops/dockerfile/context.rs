//! Which program it is, and where gobuild puts it in the build context.

use std::ffi::OsStr;
use std::path::Path;

use crate::config::defaults;
use crate::error::{Error, Result};
use crate::gocmd::Console;
use crate::gocmd::Invocation;
use crate::gocmd::packages::{self, Listed, Main};
use crate::plan::{Settings, naming};
use crate::platform::Platform;

use super::super::session::Session;
use super::super::settings;
use super::super::target::Target;

/// The program that the image is for.
pub(super) struct Program {
    /// What the file is called.
    pub(super) name: String,
    /// The package as go is told of it.
    pub(super) package: String,
    /// Its folder in the build context, with a slash behind it; empty at the top.
    folder: String,
}

impl Program {
    /// By gobuild.toml's `package` and `output`; else the one main package of the module.
    pub(super) fn find(session: &Session<'_>, settings: &Settings, console: Console<'_>) -> Result<Self> {
        let set = settings.package.as_ref().map(|package| package.value.as_str());
        let list = |pattern: &str| -> Result<Vec<Main>> {
            let base = Invocation {
                program: session.go.value.clone(),
                args: Vec::new(),
                env: session.process.env.clone(),
                dir: session.dir.clone(),
            };
            match packages::mains(&base, &[], &[pattern.into()], console)? {
                Listed::Matched { mains, .. } => Ok(mains),
                Listed::Failed { messages, .. } => {
                    Err(Error::new(format!("go cannot list {pattern}")).detail(messages))
                }
            }
        };
        let (pattern, mains) = match set {
            Some(package) => (package, list(package)?),
            None => match list(".") {
                Ok(mains) if !mains.is_empty() => (".", mains),
                _ => ("./...", list("./...")?),
            },
        };
        let [main] = &mains[..] else {
            return Err(match mains.len() {
                0 => Error::new(format!("{pattern} has no main package, so there is no program"))
                    .help("name one under [build] of gobuild.toml: package = \"./cmd/rpc\""),
                _ => Error::new(format!("{pattern} has several main packages, but an image is for one"))
                    .detail(format!("  {}", paths(&mains, session).join(", ")))
                    .help(format!(
                        "name one under [build] of gobuild.toml: package = \"{}\"",
                        paths(&mains, session)[0]
                    )),
            });
        };
        let package = if set.is_some() { pattern.to_owned() } else { typed(main, session) };
        let output = settings.output.as_ref().map_or("", |output| output.value.as_str());
        let output = output.strip_prefix("./").unwrap_or(output);
        if Path::new(output).is_absolute() || output.split('/').any(|part| part == "..") {
            return Err(Error::new(format!("`{output}` is outside the build context"))
                .help("set output under [build] of gobuild.toml to a path inside it"));
        }
        let is_folder = output.is_empty() || output.ends_with('/') || session.dir.join(output).is_dir();
        let (folder, name) = match output.rsplit_once('/') {
            _ if is_folder => (output.trim_end_matches('/'), main.name.as_str()),
            Some((folder, name)) => (folder, name),
            None => ("", output),
        };
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        Ok(Self { name: name.to_owned(), package, folder })
    }

    /// Where gobuild puts the file of one platform.
    pub(super) fn file(
        &self,
        session: &Session<'_>,
        target: &Target,
        platform: &Platform,
        several: bool,
    ) -> Result<String> {
        if !several {
            return Ok(format!("{}{}", self.folder, self.name));
        }
        let template = settings::name_template(session, Some(target));
        let template = template.as_ref().map_or(defaults::NAME, |template| template.value.as_str());
        let name = naming::name(template, OsStr::new(&self.name), &target.name, platform)?;
        Ok(format!("{}{}", self.folder, name.to_string_lossy()))
    }

    /// The path that the Dockerfile copies: the builder's own words for the platform where there are several.
    pub(super) fn prebuilt(
        &self,
        session: &Session<'_>,
        target: &Target,
        platforms: &[Platform],
    ) -> Result<String> {
        // Docker says v7 for it, and the file's name does not.
        if platforms.len() > 1
            && let Some(bare) = platforms.iter().find(|one| one.arch == "arm" && one.variant.is_none())
        {
            return Err(Error::new(format!(
                "{bare} has no variant, and docker build looks for the file of one"
            ))
            .help("write linux/arm/v7, which is what linux/arm means there"));
        }
        let any = Platform { variant: None, ..Platform::linux("${TARGETARCH}${TARGETVARIANT}") };
        self.file(session, target, &any, platforms.len() > 1)
    }
}

fn paths(mains: &[Main], session: &Session<'_>) -> Vec<String> {
    mains.iter().map(|main| typed(main, session)).collect()
}

/// A folder as it is typed from the build context: `./cmd/rpc`.
fn typed(main: &Main, session: &Session<'_>) -> String {
    let below = session.dir.canonicalize().ok().zip(main.folder.canonicalize().ok());
    let below = below.and_then(|(top, folder)| folder.strip_prefix(top).ok().map(Path::to_owned));
    match below {
        Some(path) if path.as_os_str().is_empty() => ".".to_owned(),
        Some(path) => format!("./{}", path.display()),
        None => main.import_path.clone(),
    }
}
