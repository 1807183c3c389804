//! The settings of a build: the target's own, then `[build]`'s, templates filled in.

use std::path::Path;

use super::session::Session;
use super::target::Target;
use super::template;
use crate::cli::BuildArgs;
use crate::config;
use crate::config::build::{Build as Table, PKG_CONFIG};
use crate::error::Result;
use crate::origin::{List, Origin, Sourced};
use crate::plan::Settings;

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
