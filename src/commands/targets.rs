//! Which images to build for: what was typed, what gobuild.toml says, what a Dockerfile's last stage says.

use std::path::{Path, PathBuf};

use super::session::Session;
use super::{real, template};
use crate::cli::{BuildArgs, Process};
use crate::config::build::{Build as Table, PKG_CONFIG};
use crate::config::{self, Config};
use crate::dockerfile::model::target::final_image;
use crate::error::{Error, Result, io_reason};
use crate::host::{file, lock_file};
use crate::image::{self, Fact, Image};
use crate::origin::{List, Origin, Sourced};
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
    /// What was read of the real image, one for each platform; none where the facts are only said.
    real: Vec<Image>,
    /// Whether nothing else is known of it than what was read.
    only_real: bool,
}

impl Target {
    /// A target that is what was read: of a folder, an archive, an engine.
    pub(super) fn read(name: &str, real: Vec<Image>, origin: Origin) -> Result<Self> {
        let mut target = Self {
            name: name.to_owned(),
            image: merged(&real).ok_or_else(|| Error::new(format!("{name} has no image")))?,
            origin,
            typed: true,
            listed: Vec::new(),
            table: None,
            real,
            only_real: true,
        };
        target.list_own();
        Ok(target)
    }

    fn list_own(&mut self) {
        let own = self.real.iter().filter_map(|image| image.platforms.as_ref().known()).flatten();
        let origin = || Origin::Image(format!("the platform of {}", self.image.name));
        self.listed = own.map(|platform| Sourced::new(platform.clone(), origin())).collect();
    }

    /// The target with the facts of one platform.
    pub(super) fn on(&self, platform: &Platform) -> Result<Self> {
        let known = |image: &&Image| match image.platforms.as_ref() {
            Fact::Known(all) => all.iter().any(|own| own.base() == platform.base()),
            Fact::Unknown => true,
        };
        let exact =
            |image: &&Image| image.platforms.as_ref().known().is_some_and(|all| all.contains(platform));
        let image = self.real.iter().find(exact).or_else(|| self.real.iter().find(known));
        match image {
            Some(image) => Ok(Self { image: image.clone(), ..self.clone() }),
            None if !self.real.is_empty() => {
                let there = self.real.iter().filter_map(|image| image.platforms.as_ref().known()).flatten();
                let there = there.map(ToString::to_string).collect::<Vec<_>>().join(", ");
                let error = Error::new(format!("{} is for {there}, not for {platform}", self.image.name));
                let error = error.detail(format!("  {}", self.image.source));
                Err(if self.only_real {
                    error
                } else {
                    error.help(format!("gobuild image pin {} --platform {platform}", self.image.written))
                })
            }
            None => Ok(self.clone()),
        }
    }
}

/// One image for all platforms of several: the first one's facts.
fn merged(real: &[Image]) -> Option<Image> {
    let mut image = real.first()?.clone();
    let all: Vec<Platform> =
        real.iter().filter_map(|image| image.platforms.as_ref().known()).flatten().cloned().collect();
    image.platforms = if all.is_empty() { Fact::Unknown } else { Fact::Known(all) };
    Some(image)
}

/// Where facts are looked for.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) process: &'a Process,
    pub(super) config: Option<&'a Config>,
    /// The folder of gobuild.toml and gobuild.lock.
    pub(super) config_dir: &'a Path,
    /// The current directory after `-C`.
    pub(super) dir: &'a Path,
    pub(super) shell: &'a Shell,
}

impl<'a> Sources<'a> {
    /// Those of a command without a build: everything starts where it was typed.
    pub(super) fn of(
        process: &'a Process,
        (config, dir): &'a (Option<Config>, PathBuf),
        shell: &'a Shell,
    ) -> Self {
        Self { process, config: config.as_ref(), config_dir: dir, dir: &process.dir, shell }
    }
}

/// The targets of a command line, in order.
pub(super) fn wanted(sources: Sources<'_>, typed: &[String]) -> Result<Vec<Target>> {
    let config = sources.config;
    if !typed.is_empty() {
        let origin = Origin::CommandLine("--target".to_owned());
        return typed
            .iter()
            .map(|word| named(sources, &Sourced::new(word.clone(), origin.clone()), true))
            .collect();
    }
    if let Some(default) = config.and_then(|config| config.target.as_ref()) {
        return Ok(vec![named(sources, default, false)?]);
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
        return Ok(vec![named(sources, &Sourced::new(only.to_owned(), origin), false)?]);
    }
    Ok(from_dockerfile(sources).into_iter().collect())
}

fn named(sources: Sources<'_>, word: &Sourced<String>, typed: bool) -> Result<Target> {
    let config = sources.config;
    if let Some(table) = config.and_then(|config| config.targets.get(&word.value)) {
        let listed = table.platforms.as_ref().map(|platforms| platforms.value.clone()).unwrap_or_default();
        let of_table = |target: Target| Target {
            name: word.value.clone(),
            origin: word.origin.clone(),
            typed,
            // One platform that was read is the one to build for; of several the user's environment chooses.
            listed: if listed.is_empty() && target.listed.len() == 1 { target.listed } else { listed },
            table: Some(table.build.clone()),
            ..target
        };
        if let Some(target) = real::of_table(sources, table)? {
            return Ok(of_table(target));
        }
        // A table without an image is called like its image: [target."alpine:3.20"].
        let image = table.image.as_ref().unwrap_or(&table.name);
        return Ok(of_table(said(sources, image)?));
    }
    let names = config.into_iter().flat_map(|config| config.targets.keys().map(String::as_str));
    let near = suggest::closest(&word.value, names);
    let target = said(sources, word).map_err(|error| match near {
        Some(near) => error.help(format!("or did you mean the target `{near}`?")),
        None => error,
    })?;
    Ok(Target { typed, ..target })
}

/// A target by its image alone.
fn said(sources: Sources<'_>, word: &Sourced<String>) -> Result<Target> {
    let Resolved { image, real } = resolve(sources, word)?;
    Ok(Target {
        name: word.value.clone(),
        image,
        origin: word.origin.clone(),
        typed: false,
        listed: Vec::new(),
        table: None,
        real,
        only_real: false,
    })
}

/// What is known of an image, with what is known of it on single platforms.
pub(super) struct Resolved {
    pub(super) image: Image,
    pub(super) real: Vec<Image>,
}

/// The facts of an image: gobuild.toml's table first, then gobuild.lock, then the catalogue.
pub(super) fn resolve(sources: Sources<'_>, word: &Sourced<String>) -> Result<Resolved> {
    let Some(entry) = sources.config.and_then(|config| config.images.get(&word.value)) else {
        return known(sources, word);
    };
    // A table for an image that is known adds to what is known.
    let base = match &entry.from {
        Some(from) => known(sources, from)?,
        None => known(sources, word)
            .unwrap_or_else(|_| Resolved { image: Image::undescribed(&word.value), real: Vec::new() }),
    };
    let over = |image: Image| entry.over(image, &word.value);
    Ok(Resolved { image: over(base.image), real: base.real.into_iter().map(over).collect() })
}

fn known(sources: Sources<'_>, word: &Sourced<String>) -> Result<Resolved> {
    let lock = lock_file::read(sources.config_dir)?.unwrap_or_default();
    let real: Vec<Image> = lock.of(&word.value).iter().map(|pin| pin.image(&word.value)).collect();
    if let Some(image) = merged(&real) {
        return Ok(Resolved { image, real });
    }
    let others = lock.others(&word.value);
    if !others.is_empty() {
        let pinned = others.join(", ");
        sources.shell.note(&format!(
            "gobuild.lock has {pinned}, not {}: gobuild image pin {}",
            word.value, word.value
        ));
    }
    let found = image::resolve(&word.value);
    let image = found.map_err(|error| Error::from(error).detail(format!("  named by {}", word.origin)))?;
    Ok(Resolved { image, real: Vec::new() })
}

/// Nothing named a target: the last stage of a Dockerfile does, where it can be resolved. Where it cannot,
/// that is said and the build goes on without one.
fn from_dockerfile(sources: Sources<'_>) -> Option<Target> {
    let Sources { dir, shell, .. } = sources;
    let shown = PathBuf::from("Dockerfile");
    let text = match file::read_found(&dir.join(&shown), file::TEXT) {
        Ok(text) => String::from_utf8_lossy(&text?).into_owned(),
        Err(error) => {
            shell.note(&format!("Dockerfile names no target: {}", io_reason(&error)));
            return None;
        }
    };
    let target = final_image(&text).map_err(|unresolved| unresolved.reason).and_then(|stage| {
        let origin = Origin::Dockerfile { path: shown, line: stage.line };
        named(sources, &Sourced::new(stage.image, origin), false).map_err(|error| error.message)
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
    let joined = |pick: fn(&Table) -> Option<&List<String>>| -> Result<Vec<Sourced<String>>> {
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
        sysroot: first(|table| table.sysroot.as_ref())
            .map(|sysroot| sysroot.map(|folder| absolute(session, &folder))),
        pkg_config: PKG_CONFIG
            .into_iter()
            .filter_map(|name| {
                let set = tables.iter().find_map(|table| table.pkg_config.get(name))?.clone();
                Some((name, set.map(|value| pkg_config(session, name, &value))))
            })
            .collect(),
    })
}

/// Folders start where the file is, and so does a program that is named by its path.
fn pkg_config(session: &Session<'_>, name: &str, value: &str) -> String {
    if name == PKG_CONFIG[0] {
        return if value.contains('/') { absolute(session, value) } else { value.to_owned() };
    }
    value.split(':').map(|folder| absolute(session, folder)).collect::<Vec<_>>().join(":")
}

/// Wherever a compiler or pkg-config is started, it finds it.
fn absolute(session: &Session<'_>, path: &str) -> String {
    session.config_dir.join(path).to_string_lossy().into_owned()
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
