//! `gobuild dockerfile`: the Dockerfile that fits the target.

mod build;
mod context;
mod looks;
mod write;

use std::io;
use std::path::{Path, PathBuf};

use crate::cli::line::GoLine;
use crate::cli::{BuildArgs, Common, DockerfileArgs, DockerfileBuilder, DockerfileShape, Process};
use crate::config::dockerfile::{Builder, Shape};
use crate::config::lock::Lock;
use crate::dockerfile::render::{self, Request, Source};
use crate::error::{Error, Result};
use crate::gocmd::signals::Signals;
use crate::host::{file, lock_file};
use crate::origin::{Origin, Sourced};
use crate::platform::Platform;
use crate::report::event::Dockerfile;
use crate::report::{Event, Reporter};

use super::build::jobs::typed_platforms;
use super::session::{self, Session};
use super::target::Target;
use super::{settings, targets};
use context::Program;

/// Writes a Dockerfile that fits the target, to standard output or to a file.
///
/// # Errors
/// A problem before any verdict: usage, configuration, a missing tool, a file system that refuses.
pub fn run(
    process: &Process,
    common: &Common,
    words: &DockerfileArgs,
    reporter: &dyn Reporter,
) -> Result<()> {
    let (config, context) = session::config(process, common, &process.dir)?;
    let settings = config.map(|config| config.dockerfile).unwrap_or_default();
    // The build context is the folder of gobuild.toml, wherever this was typed; and what git answers is for
    // whoever runs `docker build` to say.
    let here = Process { dir: context.clone(), ..process.clone() };
    let common =
        &Common { config: common.config.as_ref().map(|path| process.dir.join(path)), ..common.clone() };
    let mut session = Session::open(&here, common, &GoLine::default(), reporter)?;
    session.left_open = true;
    let target = target(&session, words)?;
    let build = settings::settings(&session, Some(&target), &BuildArgs::default())?;
    let listed = platforms(&target, words)?;
    let facts = match listed.first() {
        Some(platform) => target.on(platform)?,
        None => target.clone(),
    };
    let signals = Signals::none();
    let console = session.console(&signals);
    let program = Program::find(&session, &build, console)?;
    let typed = words.shape.map(|shape| match shape {
        DockerfileShape::Prebuilt => Shape::Prebuilt,
        DockerfileShape::MultiStage => Shape::MultiStage,
    });
    let shape = typed.or_else(|| settings.shape.as_ref().map(|set| set.value)).unwrap_or_default();
    let typed = words.builder.map(|builder| match builder {
        DockerfileBuilder::BuildKit => Builder::Buildkit,
        DockerfileBuilder::Classic => Builder::Classic,
    });
    let builder = typed.or_else(|| settings.builder.as_ref().map(|set| set.value)).unwrap_or_default();
    let plans = build::plans(&session, &build, &program, &facts, &listed, console)?;
    let prebuilt = program.prebuilt(&session, &target, &listed)?;
    let needs = looks::needs(
        &session,
        words.binary.as_ref().map(|path| process.dir.join(path)),
        &looks::Places {
            context: &context,
            program: &program,
            target: &target,
            platforms: &listed,
            plans: &plans,
        },
        console,
    )?;
    let lock = lock_file::read(&context)?.unwrap_or_default();
    let pinned = |name: &str| pinned(&lock, name, &listed);
    let modules = build::Modules::of(&context, shape)?;
    let go_image = build::image(&modules, &facts, &plans, shape)?;
    let gobuild = settings.gobuild.as_ref().map(|image| image.value.as_str());
    let source = match shape {
        Shape::Prebuilt => Source::Prebuilt(&prebuilt),
        Shape::MultiStage => Source::Build(modules.stage(&go_image, &plans, gobuild, &target.name)),
    };
    let own = template(process, &context, words, settings.template.as_ref())?;
    let rendered = render::render(&Request {
        target: &target.name,
        image: &facts.image,
        platforms: &listed,
        settings: &settings,
        builder,
        program: &program.name,
        source,
        needs,
        pinned: &pinned,
        template: own.as_ref().map(|(path, text)| (path.as_str(), text.as_str())),
    })?;
    for note in plans.iter().flat_map(|(_, plan)| &plan.notes).chain(&rendered.notes) {
        reporter.note(note);
    }
    match &words.output {
        Some(output) => write::write(process, output, &rendered, words, reporter)?,
        None if words.ignore => {
            return Err(Error::new("--ignore writes a second file, next to the one from --output")
                .help("gobuild dockerfile --output Dockerfile --ignore"));
        }
        None => {}
    }
    reporter.event(&Event::Dockerfile(&Dockerfile {
        target: &target.name,
        image: &facts.image.name,
        shape: shape.name(),
        builder: builder.name(),
        text: &rendered.text,
        notes: &rendered.notes,
        output: words.output.as_deref(),
    }));
    Ok(())
}

fn target(session: &Session<'_>, words: &DockerfileArgs) -> Result<Target> {
    let typed: Vec<String> = words.target.clone().into_iter().collect();
    let target = targets::wanted(session.sources(), &typed)?.into_iter().next();
    target.ok_or_else(|| {
        Error::new("nothing names the image to write a Dockerfile for")
            .help("gobuild dockerfile --target alpine")
            .help("or write it down: gobuild init, then [target.prod] in gobuild.toml")
    })
}

/// Typed ones, else those of the target; none where nobody said.
fn platforms(target: &Target, words: &DockerfileArgs) -> Result<Vec<Platform>> {
    let typed = typed_platforms(&words.platforms)?;
    let all = if typed.is_empty() { target.listed.clone() } else { typed };
    for platform in &all {
        crate::plan::platforms::belongs(platform, &target.image)?;
    }
    Ok(all.into_iter().map(|platform: Sourced<Platform>| platform.value).collect())
}

/// The name with the digest of gobuild.lock. A pin of one platform among several would be that platform's image
/// for all of them.
fn pinned(lock: &Lock, name: &str, platforms: &[Platform]) -> String {
    if name == "scratch" || name.contains('@') {
        return name.to_owned();
    }
    let pins = lock.of(name);
    let mut digests = pins.iter().map(|pin| pin.digest.as_deref());
    let first = digests.next().flatten();
    let same = digests.all(|digest| digest == first);
    match first {
        Some(digest) if same && (pins.len() > 1 || platforms.len() < 2) => format!("{name}@{digest}"),
        _ => name.to_owned(),
    }
}

/// The user's template: typed, or from where gobuild.toml is.
fn template(
    process: &Process,
    context: &Path,
    words: &DockerfileArgs,
    set: Option<&Sourced<String>>,
) -> Result<Option<(String, String)>> {
    let (path, shown): (PathBuf, String) = match (&words.template, set) {
        (Some(typed), _) => (process.dir.join(typed), typed.to_string_lossy().into_owned()),
        (None, Some(set)) => (context.join(&set.value), set.value.clone()),
        (None, None) => return Ok(None),
    };
    let read = file::read_typed(&path, file::TEXT);
    let read = read.and_then(|bytes| String::from_utf8(bytes).map_err(io::Error::other));
    let text = read.map_err(|error| {
        let error = Error::io("read", Path::new(&shown), &error);
        match set.filter(|_| words.template.is_none()).map(|set| &set.origin) {
            Some(origin @ Origin::File { .. }) => error.detail(format!("  named by {origin}")),
            _ => error,
        }
    })?;
    Ok(Some((shown, text)))
}
