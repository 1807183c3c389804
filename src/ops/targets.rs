//! Which images to build for: what was typed, what gobuild.toml says, what a Dockerfile's last stage says.

use std::path::PathBuf;

use super::real;
use super::sources::Sources;
use super::target::{Target, merged};
use crate::dockerfile::model::target::final_image;
use crate::error::{Error, Result, io_reason};
use crate::host::{file, lock_file};
use crate::image::facts::Source;
use crate::image::{self, Image};
use crate::origin::{Origin, Sourced};
use crate::suggest;

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
        Some(near) => error.help(format!("did you mean the target `{near}`?")),
        None => error,
    })?;
    Ok(Target { typed, ..target })
}

/// A target by its image alone.
fn said(sources: Sources<'_>, word: &Sourced<String>) -> Result<Target> {
    let Resolved { image, real } = described(sources, word)?;
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

/// The facts of an image that is meant to be judged against. A bare word that nobody has described is a slip of the
/// keyboard: a static binary would run in whatever it was taken for.
pub(super) fn described(sources: Sources<'_>, word: &Sourced<String>) -> Result<Resolved> {
    let found = resolve(sources, word)?;
    let name = &word.value;
    if found.image.source != Source::Nobody || name.contains(['/', ':', '.', '@']) {
        return Ok(found);
    }
    let error = Error::new(format!("no target and no image is known as `{name}`"))
        .detail(format!("  named by {}", word.origin));
    let targets = sources.config.into_iter().flat_map(|config| config.targets.keys().map(String::as_str));
    let targets: Vec<&str> = targets.collect();
    let error = match targets[..] {
        [] => error,
        _ => error.detail(format!("  the targets are {}", targets.join(", "))),
    };
    Err(error
        .help("gobuild image list has every image that is known")
        .help(format!("if it is an image of your own, write it with its tag: {name}:latest")))
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
        sources.reporter.note(&format!(
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
    let Sources { dir, reporter, .. } = sources;
    let shown = PathBuf::from("Dockerfile");
    let text = match file::read_found(&dir.join(&shown), file::TEXT) {
        Ok(text) => String::from_utf8_lossy(&text?).into_owned(),
        Err(error) => {
            reporter.note(&format!("Dockerfile names no target: {}", io_reason(&error)));
            return None;
        }
    };
    let target = final_image(&text).map_err(|unresolved| unresolved.reason).and_then(|stage| {
        let origin = Origin::Dockerfile { path: shown, line: stage.line };
        named(sources, &Sourced::new(stage.image, origin), false).map_err(|error| error.message)
    });
    match target {
        Ok(target) => {
            reporter.note(&format!("target {} taken from {}", target.image.name, target.origin));
            Some(target)
        }
        Err(reason) => {
            reporter.note(&format!("Dockerfile names no target: {reason}"));
            None
        }
    }
}
