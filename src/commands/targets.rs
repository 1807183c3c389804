//! Which images to build for: what was typed, what gobuild.toml says, what a Dockerfile's last stage says.

use std::path::{Path, PathBuf};

use super::session::Session;
use super::template;
use crate::cli::BuildArgs;
use crate::config::build::Build as Table;
use crate::config::dockerfile_stage;
use crate::config::origin::{Origin, Sourced};
use crate::config::{self, Config};
use crate::error::{Error, Result, io_reason};
use crate::image::{self, Image};
use crate::plan::Settings;
use crate::platform::Platform;
use crate::report::shell::Shell;
use crate::suggest;

/// One thing to build for.
#[derive(Clone)]
pub(super) struct Target {
    /// The target's name, or the image as it was written.
    pub(super) name: String,
    pub(super) image: Image,
    pub(super) origin: Origin,
    /// Whether it stood on the command line: then what contradicts it is refused, not stepped aside from.
    pub(super) typed: bool,
    /// Platforms that the target lists.
    pub(super) listed: Vec<Sourced<Platform>>,
    /// The `[target.…]` table, if it is one.
    table: Option<Table>,
}

/// The targets of a command line, in order.
pub(super) fn wanted(
    config: Option<&Config>,
    dir: &Path,
    shell: &Shell,
    typed: &[String],
) -> Result<Vec<Target>> {
    if !typed.is_empty() {
        let origin = Origin::CommandLine("--target".to_owned());
        return typed
            .iter()
            .map(|word| named(config, &Sourced::new(word.clone(), origin.clone()), true))
            .collect();
    }
    if let Some(default) = config.and_then(|config| config.target.as_ref()) {
        return Ok(vec![named(config, default, false)?]);
    }
    if let Some(config) = config.filter(|config| !config.targets.is_empty()) {
        let names: Vec<&str> = config.targets.keys().map(String::as_str).collect();
        let [only] = names[..] else {
            return Err(Error::new(format!("{} has several targets and no default", config.path.display()))
                .detail(format!("  there are {}", names.join(", ")))
                .help(format!("name one: gobuild --target {}", names[0]))
                .help(format!(
                    "or set a default, at the top of {}: target = \"{}\"",
                    config.path.display(),
                    names[0]
                )));
        };
        let origin = config.targets[only].name.origin.clone();
        return Ok(vec![named(Some(config), &Sourced::new(only.to_owned(), origin), false)?]);
    }
    Ok(from_dockerfile(config, dir, shell).into_iter().collect())
}

fn named(config: Option<&Config>, word: &Sourced<String>, typed: bool) -> Result<Target> {
    if let Some(table) = config.and_then(|config| config.targets.get(&word.value)) {
        let image = match &table.image {
            Some(image) => resolve(config, image)?,
            // A table without an image is called like its image: [target."alpine:3.20"].
            None => resolve(config, &table.name)?,
        };
        return Ok(Target {
            name: word.value.clone(),
            image,
            origin: word.origin.clone(),
            typed,
            listed: table.platforms.as_ref().map(|platforms| platforms.value.clone()).unwrap_or_default(),
            table: Some(table.build.clone()),
        });
    }
    let names = config.into_iter().flat_map(|config| config.targets.keys().map(String::as_str));
    let near = suggest::closest(&word.value, names);
    let image = resolve(config, word).map_err(|error| match near {
        Some(near) => error.help(format!("or did you mean the target `{near}`?")),
        None => error,
    })?;
    Ok(Target {
        name: word.value.clone(),
        image,
        origin: word.origin.clone(),
        typed,
        listed: Vec::new(),
        table: None,
    })
}

/// The facts of an image: gobuild.toml's table first, then the catalogue.
pub(super) fn resolve(config: Option<&Config>, word: &Sourced<String>) -> Result<Image> {
    let catalogue = |word: &Sourced<String>| {
        let found = image::resolve(&word.value);
        found.map_err(|error| Error::from(error).detail(format!("  named by {}", word.origin)))
    };
    let Some(entry) = config.and_then(|config| config.images.get(&word.value)) else {
        return catalogue(word);
    };
    // A table for an image that the catalogue knows adds to what is known.
    let base = match &entry.from {
        Some(from) => catalogue(from)?,
        None => catalogue(word).unwrap_or_else(|_| Image::undescribed(&word.value)),
    };
    Ok(entry.over(base, &word.value))
}

/// Nothing named a target: the last stage of a Dockerfile does, where it can be resolved. Where it cannot,
/// that is said and the build goes on without one.
fn from_dockerfile(config: Option<&Config>, dir: &Path, shell: &Shell) -> Option<Target> {
    let shown = PathBuf::from("Dockerfile");
    let text = match std::fs::read(dir.join(&shown)) {
        Ok(text) => String::from_utf8_lossy(&text).into_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => {
            shell.note(&format!("Dockerfile names no target: {}", io_reason(&error)));
            return None;
        }
    };
    let target =
        dockerfile_stage::final_stage(&text).map_err(|unresolved| unresolved.reason).and_then(|stage| {
            let origin = Origin::Dockerfile { path: shown, line: stage.line };
            named(config, &Sourced::new(stage.image, origin), false).map_err(|error| error.message)
        });
    match target {
        Ok(target) => {
            shell.note(&format!("target {} taken from {}", target.image.name, target.origin));
            Some(target)
        }
        Err(reason) => {
            shell.note(&format!("Dockerfile names no target: {reason}"));
            None
        }
    }
}

/// The settings of a build for one target: the target's own before `[build]`'s, lists joined, templates
/// filled in.
pub(super) fn settings(session: &Session<'_>, target: Option<&Target>, args: &BuildArgs) -> Result<Settings> {
    let facts = template::Facts::new(session);
    let release = args.release.then(|| Origin::CommandLine("--release".to_owned()));
    let Some(config) = &session.config else { return Ok(Settings { release, ..Settings::default() }) };
    let tables: Vec<&Table> =
        target.and_then(|target| target.table.as_ref()).into_iter().chain([&config.build]).collect();
    let first =
        |pick: fn(&Table) -> Option<&Sourced<String>>| tables.iter().find_map(|table| pick(table)).cloned();
    let filled = |text: &Sourced<String>| -> Result<Sourced<String>> {
        Ok(Sourced::new(config::template::render(text, &facts)?, text.origin.clone()))
    };
    // [build]'s come first, so that a target's win where the linker takes the last.
    let joined = |pick: fn(&Table) -> Option<&config::origin::List<String>>| -> Result<Vec<Sourced<String>>> {
        tables.iter().rev().filter_map(|table| pick(table)).flat_map(|list| &list.value).map(filled).collect()
    };
    let package = first(|table| table.package.as_ref());
    let output = first(|table| table.output.as_ref()).as_ref().map(filled).transpose()?;
    Ok(Settings {
        package: package.map(|package| {
            package.map(|package| if is_path(&package) { from_config_dir(session, package) } else { package })
        }),
        output: output.map(|output| output.map(|output| from_config_dir(session, output))),
        tags: joined(|table| table.tags.as_ref())?,
        ldflags: joined(|table| table.ldflags.as_ref())?,
        cgo: tables.iter().find_map(|table| table.cgo.clone()),
        release: release.or_else(|| {
            let set = tables.iter().find_map(|table| table.release.clone())?;
            set.value.then_some(set.origin)
        }),
    })
}

/// `build.name`, the target's own before `[build]`'s.
pub(super) fn name_template(session: &Session<'_>, target: Option<&Target>) -> Option<Sourced<String>> {
    let own = target.and_then(|target| target.table.as_ref()).and_then(|table| table.name.clone());
    own.or_else(|| session.config.as_ref()?.build.name.clone())
}

/// A relative path of gobuild.toml starts where the file is, wherever gobuild was started.
fn from_config_dir(session: &Session<'_>, path: String) -> String {
    if session.config_dir == session.dir || Path::new(&path).is_absolute() {
        return path;
    }
    session.config_dir.join(&path).to_string_lossy().into_owned()
}

/// Go tells a path from an import path by its leading dot (`go help packages`).
fn is_path(package: &str) -> bool {
    matches!(package, "." | "..") || package.starts_with("./") || package.starts_with("../")
}
