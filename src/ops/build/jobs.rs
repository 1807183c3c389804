//! Targets times platforms: every plan is made before anything is built, so that a contradiction in the
//! last one costs nothing.

use std::ffi::OsString;

use crate::cc::compilers::{self, Place};
use crate::cc::sysroot;
use crate::cc::wrapper;
use crate::cli::BuildArgs;
use crate::config::defaults;
use crate::error::{Error, Result};
use crate::gocmd::Console;
use crate::gocmd::Invocation;
use crate::gocmd::c_code;
use crate::gocmd::question::Question;
use crate::image::Image;
use crate::image::facts::Source;
use crate::origin::{Origin, Sourced};
use crate::plan::code::Code;
use crate::plan::flags::Effective;
use crate::plan::purpose::{Purpose, purpose};
use crate::plan::{self, Plan, Request, Settings, naming, platforms};
use crate::platform::Platform;
use crate::report::plan::View;

use super::super::session::Session;
use super::super::target::Target;
use super::super::{settings, targets};

/// One `go build`.
pub(in super::super) struct Job {
    pub(in super::super) target: Option<Target>,
    /// The platform that the plan sets, and where it came from.
    pub(in super::super) platform: Option<Sourced<Platform>>,
    pub(in super::super) plan: Plan,
    /// Why this build is none of gobuild's business.
    pub(in super::super) aside: Option<String>,
    /// The template of the file's name where this job is one of several.
    pub(in super::super) naming: Option<String>,
}

impl Job {
    pub(in super::super) fn image(&self) -> Option<&Image> {
        self.target.as_ref().map(|target| &target.image)
    }

    /// For showing the plan; staging is not part of it.
    pub(in super::super) fn view(&self) -> View<'_> {
        View {
            plan: &self.plan,
            image: self.target.as_ref().map(|target| (&target.image, &target.origin)),
            platform: self.platform.as_ref(),
            output: self.plan.output.as_ref().map(|output| output.value.as_os_str()),
        }
    }
}

/// Every job of a command line, in order: targets as typed, platforms as typed or listed.
pub(in super::super) fn jobs(
    session: &Session<'_>,
    args: &BuildArgs,
    console: Console<'_>,
) -> Result<Vec<Job>> {
    let env = session.user_env();
    let effective = Effective::of(&args.line, &env)?;
    let typed = typed_platforms(&args.platforms)?;
    let mut jobs = Vec::new();
    let targets = targets::wanted(session.sources(), &args.targets)?;
    let several_targets = targets.len() > 1;
    for target in targets {
        let settings = settings::settings(session, Some(&target), args)?;
        if let Purpose::Aside(why) = purpose(&effective, &env, &target.image, target.typed)? {
            let plan = plan_one(session, args, &settings, None, None, console)?;
            return Ok(vec![Job { target: None, platform: None, plan, aside: Some(why), naming: None }]);
        }
        let selected = platforms::select(&typed, &target.listed, &env, &target.image)?;
        let template = settings::name_template(session, Some(&target)).map_or_else(
            || if several_targets { naming::FOR_TARGETS } else { defaults::NAME }.to_owned(),
            |template| template.value,
        );
        for platform in selected.platforms {
            let target = target.on(&platform.value)?;
            let mut plan = plan_one(session, args, &settings, Some(&target.image), Some(&platform), console)?;
            plan.notes.splice(0..0, selected.notes.iter().cloned().chain(taken_for(&target.image)));
            let naming = Some(template.clone());
            jobs.push(Job { target: Some(target), platform: Some(platform), plan, aside: None, naming });
        }
    }
    if jobs.is_empty() {
        jobs.extend(without_target(session, args, &typed, console)?);
    }
    match &mut jobs[..] {
        [only] => only.naming = None,
        several => distinct(several)?,
    }
    Ok(jobs)
}

/// Nobody named an image: go's own choices stand, except for a platform that was typed.
fn without_target(
    session: &Session<'_>,
    args: &BuildArgs,
    typed: &[Sourced<Platform>],
    console: Console<'_>,
) -> Result<Vec<Job>> {
    let settings = settings::settings(session, None, args)?;
    let naming =
        settings::name_template(session, None).map_or_else(|| defaults::NAME.to_owned(), |name| name.value);
    let platforms: Vec<Option<&Sourced<Platform>>> =
        if typed.is_empty() { vec![None] } else { typed.iter().map(Some).collect() };
    let job = |platform: Option<&Sourced<Platform>>| {
        let plan = plan_one(session, args, &settings, None, platform, console)?;
        let naming = Some(naming.clone());
        Ok(Job { target: None, platform: platform.cloned(), plan, aside: None, naming })
    };
    platforms.into_iter().map(job).collect()
}

/// The plan of one `go build`. Where it is for an image, it takes three steps: without a look at the packages;
/// with it; and, where C is compiled, with the compilers of this machine.
fn plan_one(
    session: &Session<'_>,
    args: &BuildArgs,
    settings: &Settings,
    image: Option<&Image>,
    platform: Option<&Sourced<Platform>>,
    console: Console<'_>,
) -> Result<Plan> {
    let env = session.user_env();
    let blind = Request {
        go: &session.go,
        dir: &session.process.dir,
        env,
        line: &args.line,
        settings,
        image,
        platform,
        code: None,
        compilers: &[],
        sysroot: None,
        cache: session.cache.root(),
    };
    let draft = plan::plan(&blind)?;
    let Some(platform) = platform.filter(|_| image.is_some()) else { return Ok(draft) };
    let Some(code) = look(session, &draft, console)? else { return Ok(draft) };
    let request = Request { code: Some(&code), ..blind };
    if !plan::needs_compiler(&request)? {
        return plan::plan(&request);
    }
    let (cc, cxx) = (env.get("CC"), env.get("CXX"));
    let sysroot = settings.sysroot.as_ref().map(|path| sysroot::read(path, &platform.value)).transpose()?;
    let place = Place {
        env: &session.process.env,
        dir: &session.dir,
        project: &session.config_dir,
        cache: &session.cache,
        cc: cc.as_ref().map(|cc| cc.value.as_str()),
        cxx: cxx.as_ref().map(|cxx| cxx.value.as_str()),
        sysroot: sysroot.as_ref().map(|sysroot| sysroot.path.value.as_str()),
    };
    let compilers = compilers::find(place, &platform.value);
    let plan = plan::plan(&Request { compilers: &compilers, sysroot: sysroot.as_ref(), ..request })?;
    if let Some(wrapper) = &plan.wrapper {
        wrapper::write(wrapper)?;
    }
    Ok(plan)
}

/// Which packages of a build have C.
pub(in super::super) fn look(
    session: &Session<'_>,
    draft: &Plan,
    console: Console<'_>,
) -> Result<Option<Code>> {
    let base = Invocation {
        program: draft.go.value.clone(),
        args: Vec::new(),
        env: draft.environment(&session.process.env),
        dir: draft.dir.clone(),
    };
    let packages: Vec<OsString> = draft.packages.iter().map(|package| package.value.clone()).collect();
    let question = Question {
        base: &base,
        flags: &draft.selecting,
        packages: &packages,
        dir: &session.dir,
        go_env: &session.go_env,
    };
    c_code::look(question, &session.cache, console)
}

/// `--platform`s, each once.
pub(in super::super) fn typed_platforms(words: &[String]) -> Result<Vec<Sourced<Platform>>> {
    let mut platforms: Vec<Sourced<Platform>> = Vec::new();
    for word in words {
        let platform: Platform = word.parse().map_err(|error: crate::platform::ParseError| {
            let said = Error::new(error.to_string());
            match error.nearest() {
                Some(near) => said.help(format!("did you mean `--platform {near}`?")),
                None => said,
            }
        })?;
        if !platforms.iter().any(|known| known.value == platform) {
            platforms.push(Sourced::new(platform, Origin::CommandLine("--platform".to_owned())));
        }
    }
    Ok(platforms)
}

/// One line about an image that is not simply the one that was written.
fn taken_for(image: &Image) -> Option<String> {
    if image.source == Source::Nobody {
        return Some(format!(
            "nobody has described {}: only what asks nothing of it can be accepted",
            image.name
        ));
    }
    image.taken_for.as_ref().map(|taken| format!("{} was taken for {taken}", image.written))
}

/// Two results under one name would be written over each other.
fn distinct(jobs: &[Job]) -> Result<()> {
    let mut names = Vec::new();
    for job in jobs {
        let (Some(template), Some(platform)) = (&job.naming, &job.platform) else { continue };
        let target = job.target.as_ref().map_or("", |target| target.name.as_str());
        let name = naming::name(template, "program".as_ref(), target, &platform.value)?;
        if names.contains(&name) {
            return Err(Error::new(format!("`{template}` gives two results the same name"))
                .detail(format!("  both would be called {}", name.display()))
                .help(
                    "name = \"{name}-{target}-{os}-{arch}\" under [build] of gobuild.toml keeps them apart",
                ));
        }
        names.push(name);
    }
    Ok(())
}
