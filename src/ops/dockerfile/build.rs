//! The plan of a build that happens in an image: nothing of this machine is in it, neither its variables nor its
//! compilers.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::Env;
use crate::cli::line::GoLine;
use crate::config::dockerfile::Shape;
use crate::dockerfile::render::stage::{self, ModuleFiles, Stage};
use crate::error::{Error, Result};
use crate::gocmd::Console;
use crate::image::{Fact, Image, Libc, golang};
use crate::origin::{Origin, Sourced};
use crate::plan::compiler::{Compiler, Kind, Makes};
use crate::plan::{self, Plan, Request, Settings, UserEnv};
use crate::platform::Platform;

use super::super::build::jobs;
use super::super::session::Session;
use super::super::target::Target;
use super::context::Program;

/// A plan for each platform; for this machine's where none is listed.
pub(super) fn plans(
    session: &Session<'_>,
    settings: &Settings,
    program: &Program,
    target: &Target,
    platforms: &[Platform],
    console: Console<'_>,
) -> Result<Vec<(Platform, Plan)>> {
    let own = Platform::linux(session.user_env().host_arch().unwrap_or("amd64"));
    let platforms = if platforms.is_empty() { std::slice::from_ref(&own) } else { platforms };
    platforms
        .iter()
        .map(|platform| Ok((platform.clone(), one(session, settings, program, target, platform, console)?)))
        .collect()
}

fn one(
    session: &Session<'_>,
    settings: &Settings,
    program: &Program,
    target: &Target,
    platform: &Platform,
    console: Console<'_>,
) -> Result<Plan> {
    let image = &target.on(platform)?.image;
    let (process, written) = (Env::new(), BTreeMap::new());
    let env = UserEnv { process: &process, written: &written, effective: &session.go_env.values };
    let line = GoLine { packages: vec![OsString::from(&program.package)], ..GoLine::default() };
    // Whether C is static or not is the image's C library's matter, and the golang image is chosen for that.
    // In it C libraries come from packages, not from folders of this machine.
    let settings = &Settings { output: None, pkg_config: BTreeMap::new(), ..settings.clone() };
    let platform = Sourced::new(platform.clone(), Origin::Default);
    let blind = Request {
        go: &session.go,
        dir: &session.dir,
        env,
        line: &line,
        settings,
        image: Some(image),
        platform: Some(&platform),
        code: None,
        compilers: &[],
        sysroot: None,
        cache: session.cache.root(),
    };
    let draft = plan::plan(&blind)?;
    let Some(code) = jobs::look(session, &draft, console)? else { return Ok(draft) };
    let compilers = compilers(image, &platform.value);
    plan::plan(&Request { code: Some(&code), compilers: &compilers, ..blind })
}

/// The C compilers of golang's images: gcc for a glibc that is old enough, and alpine's for musl.
fn compilers(image: &Image, platform: &Platform) -> Vec<Compiler> {
    let gcc = |libc: Libc| Compiler {
        kind: Kind::Host,
        cc: "gcc".to_owned(),
        cxx: Some("g++".to_owned()),
        path: PathBuf::from("/usr/bin/gcc"),
        version: "of the golang image".to_owned(),
        native: true,
        takes_sysroot: false,
        pkg_config: None,
        makes: Some(Makes::For { platform: platform.clone(), libc }),
    };
    let glibc = match image.libc_on(platform) {
        Fact::Known(libc @ Libc::Glibc(_)) => libc,
        _ => Libc::Glibc(Fact::Unknown),
    };
    vec![gcc(glibc), gcc(Libc::Musl(Fact::Unknown))]
}

/// The module as the build context has it.
pub(super) struct Modules {
    files: Vec<ModuleFiles>,
    vendored: bool,
    version: String,
}

impl Modules {
    /// Reads go.mod, and go.work where there is one. For a binary that is built outside nothing is needed.
    pub(super) fn of(context: &Path, shape: Shape) -> Result<Self> {
        let mut modules = Self { files: Vec::new(), vendored: false, version: golang::newest().to_owned() };
        if shape == Shape::Prebuilt {
            return Ok(modules);
        }
        let read = |name: &str| fs::read_to_string(context.join(name)).ok();
        let work = read("go.work");
        let Some(top) = work.clone().or_else(|| read("go.mod")) else {
            return Err(Error::new("there is no go.mod in the build context")
                .detail("  it is the folder of gobuild.toml, or this one")
                .help(
                    "put gobuild.toml beside go.mod, or build outside: gobuild dockerfile --shape prebuilt",
                ));
        };
        let mut folders = vec![String::new()];
        folders.extend(local_folders(&top, work.is_some())?);
        if work.is_some() {
            modules.add(context, "", &["go.work", "go.work.sum"]);
        }
        let mut texts = vec![top];
        for folder in &folders {
            texts.extend(read(&format!("{folder}go.mod")));
            modules.add(context, folder, &["go.mod", "go.sum"]);
        }
        modules.vendored = context.join("vendor/modules.txt").is_file();
        if let Some(version) = stage::go_version(&texts.join("\n")) {
            modules.version = version;
        }
        Ok(modules)
    }

    fn add(&mut self, context: &Path, folder: &str, names: &[&str]) {
        let there = names.iter().map(|name| format!("{folder}{name}"));
        let from: Vec<String> = there.filter(|path| context.join(path).is_file()).collect();
        if !from.is_empty() {
            self.files.push(ModuleFiles { from, to: format!("./{folder}") });
        }
    }

    /// The stage that builds.
    pub(super) fn stage<'a>(
        &'a self,
        image: &'a Image,
        plans: &'a [(Platform, Plan)],
        gobuild: Option<&'a str>,
        target: &'a str,
    ) -> Stage<'a> {
        Stage { facts: image, plans, modules: &self.files, vendored: self.vendored, gobuild, target }
    }
}

/// The golang image; only where a stage is built from it can there be none that fits.
pub(super) fn image(
    modules: &Modules,
    target: &Target,
    plans: &[(Platform, Plan)],
    shape: Shape,
) -> Result<Image> {
    let native = |plan: &Plan| plan.cc.is_some() && plan.cgo.as_ref().is_some_and(|cgo| cgo.value);
    let Some((platform, plan)) = plans.first().filter(|_| shape == Shape::MultiStage) else {
        return Ok(Image::undescribed("golang"));
    };
    stage::image(&modules.version, &target.image, platform, native(plan))
}

/// Folders of other modules that `replace` or `use` names; they have to be in the build context.
fn local_folders(text: &str, work: bool) -> Result<Vec<String>> {
    let mut folders = Vec::new();
    let mut in_use = false;
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or_default().trim();
        let replaced = line.split_once("=>").map(|(_, to)| to.trim());
        let path = match line {
            "use (" => {
                in_use = true;
                continue;
            }
            ")" => {
                in_use = false;
                continue;
            }
            _ if work && in_use => Some(line),
            _ => line.strip_prefix("use ").filter(|_| work).or(replaced),
        };
        let Some(path) = path.map(|path| path.trim().trim_matches('"')) else { continue };
        if !(path.starts_with("./") || path.starts_with("../") || path.starts_with('/')) {
            continue;
        }
        if path.starts_with('/') || path.split('/').any(|part| part == "..") {
            return Err(Error::new(format!("the module in {path} is outside the build context"))
                .help("build outside and copy: gobuild dockerfile --shape prebuilt")
                .help("or put gobuild.toml into a folder above both"));
        }
        let path = path.trim_start_matches("./").trim_end_matches('/');
        if !path.is_empty() {
            folders.push(format!("{path}/"));
        }
    }
    folders.sort();
    folders.dedup();
    Ok(folders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_beside_the_main_one_are_found() {
        let module =
            "module a\nreplace b => ./lib/b // why\nreplace (\n\tc v1 => ./c\n\td => example.com/d v1\n)\n";
        assert_eq!(local_folders(module, false).unwrap(), ["c/", "lib/b/"]);
        let work = "go 1.24\nuse (\n\t.\n\t./svc\n)\nuse ./tools/\n";
        assert_eq!(local_folders(work, true).unwrap(), ["svc/", "tools/"]);
        for outside in ["replace b => ../b", "replace b => /home/b"] {
            assert!(local_folders(outside, false).is_err(), "{outside}");
        }
    }
}
