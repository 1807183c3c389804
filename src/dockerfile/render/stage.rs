//! The stage that builds: which golang image, and the line that go is given.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;

use super::words::{arguments, shell};
use crate::config::dockerfile::Builder;
use crate::error::{Error, Result};
use crate::image::golang::{self, Builder as Made};
use crate::image::{Fact, Image, Libc};
use crate::plan::Plan;
use crate::platform::Platform;

/// Where the result lies in the stage.
pub const OUT: &str = "/out";

/// The files that go needs to know the modules, of one folder of the build context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleFiles {
    /// Paths in the context: `go.mod`, `go.sum`.
    pub from: Vec<String>,
    /// Where they go: `./`.
    pub to: String,
}

/// What is built.
#[derive(Debug, Clone, Copy)]
pub struct Stage<'a> {
    /// The golang image.
    pub facts: &'a Image,
    /// Its plans, one for each platform; at least one.
    pub plans: &'a [(Platform, Plan)],
    /// The files that `go mod download` needs.
    pub modules: &'a [ModuleFiles],
    /// Whether `vendor/` has everything.
    pub vendored: bool,
    /// An image with gobuild in it.
    pub gobuild: Option<&'a str>,
    /// How the target is called for the proof.
    pub target: &'a str,
}

/// The minor version of Go that a module asks for: the newer of its `go` and `toolchain` lines, since golang's
/// images have `GOTOOLCHAIN=local` and fetch no other.
pub fn go_version(go_mod: &str) -> Option<String> {
    let minor = |text: &str| -> Option<(u32, u32)> {
        let mut parts = text.split(['.', 'r', 'b', '-']);
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    };
    let asked = go_mod.lines().filter_map(|line| {
        let line = line.split("//").next().unwrap_or_default().trim();
        let word = line.strip_prefix("go ").or_else(|| line.strip_prefix("toolchain go"))?;
        minor(word.trim())
    });
    asked.max().map(|(major, minor)| format!("{major}.{minor}"))
}

/// The golang image for a version of Go and for what is built. An error where none has a C library that is old
/// enough.
pub fn image(version: &str, image: &Image, platform: &Platform, compiles_c: bool) -> Result<Image> {
    let wanted = match image.libc_on(platform) {
        _ if !compiles_c => Made::Anything,
        Fact::Known(Libc::Glibc(Fact::Known(newest))) => Made::Glibc(Some(newest)),
        _ => Made::Musl,
    };
    golang::builder(version, wanted).ok_or_else(|| {
        let libc = image.libc_on(platform).known().map(|libc| libc.to_string()).unwrap_or_default();
        Error::new(format!("no golang:{version} image makes C for {}", image.name))
            .detail(format!("  it has {libc}, and every golang:{version} was made with a newer one"))
            .help("build outside, with zig, and copy: gobuild dockerfile --shape prebuilt")
            .help("or run in a newer image")
    })
}

/// What the stage's template is given, beside what the bringing adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lines {
    /// `NAME=value`, quoted.
    pub(super) env: Vec<String>,
    /// One for each architecture that has a variant.
    pub(super) variants: Vec<(String, String)>,
    /// `go build …`
    pub(super) command: String,
    /// Build arguments that the command names.
    pub(super) args: Vec<String>,
    /// `gobuild verify …`
    pub(super) proof: String,
    /// Whether C is compiled, so that the stage runs on the platform itself.
    pub(super) native: bool,
    /// Packages with the C compiler.
    pub(super) packages: Vec<String>,
}

/// Variables that the builder's own arguments say.
const OF_PLATFORM: &[&str] =
    &["GOOS", "GOARCH", "GOARM", "GOAMD64", "GOARM64", "GO386", "GORISCV64", "GOPPC64"];

pub(super) fn lines(
    stage: &Stage<'_>,
    program: &str,
    builder: Builder,
    listed: &[Platform],
) -> Result<Lines> {
    let Some((_, plan)) = stage.plans.first() else {
        return Err(Error::new("there is no platform to build for"));
    };
    let out = format!("{OUT}/{program}");
    let words = words(plan, &out)?;
    for (platform, other) in stage.plans {
        if self::words(other, &out)? != words || settings(other) != settings(plan) {
            return Err(Error::new("the platforms of the target are built with different flags")
                .detail(format!("  {} is not built as {platform} is", stage.plans[0].0))
                .help("build outside and copy: gobuild dockerfile --shape prebuilt"));
        }
    }
    let native = plan.cc.is_some() && plan.cgo.as_ref().is_some_and(|cgo| cgo.value);
    let mut variants = variants(stage.plans);
    let mut env: Vec<String> =
        settings(plan).iter().map(|(name, value)| format!("{name}={}", shell(value))).collect();
    let mut proof = format!("gobuild verify {} --target {}", shell(&out), shell(stage.target));
    match builder {
        Builder::Buildkit => {
            env.push("GOOS=\"${TARGETOS}\"".to_owned());
            env.push("GOARCH=\"${TARGETARCH}\"".to_owned());
            proof.push_str(" --platform \"${TARGETPLATFORM}\"");
        }
        // Every stage is of the platform that the image is for, and go in it builds for its own.
        Builder::Classic => {
            env.extend(variants.drain(..).map(|(_, set)| set));
            for platform in listed {
                let _ = write!(proof, " --platform {platform}");
            }
        }
    }
    let args = arguments(words.iter().map(String::as_str).filter(|word| word.contains("${")));
    let alpine = stage.facts.name.contains("-alpine");
    let compiler: &[&str] = match (native, plan.code.as_ref().is_some_and(crate::plan::code::Code::has_cxx)) {
        (true, false) if alpine => &["gcc", "musl-dev"],
        (true, true) if alpine => &["g++", "musl-dev"],
        _ => &[],
    };
    Ok(Lines {
        env,
        variants,
        command: format!("go {}", words.iter().map(|word| shell(word)).collect::<Vec<_>>().join(" ")),
        args,
        proof,
        native,
        packages: compiler.iter().map(|name| (*name).to_owned()).collect(),
    })
}

/// What the plan sets beside the platform; gcc is what the images have anyway.
fn settings(plan: &Plan) -> BTreeMap<&'static str, String> {
    let own =
        plan.set.iter().filter(|(name, _)| !OF_PLATFORM.contains(name) && !matches!(**name, "CC" | "CXX"));
    own.map(|(name, value)| (*name, value.value.clone())).collect()
}

fn words(plan: &Plan, out: &str) -> Result<Vec<String>> {
    let words = plan.arguments(Some(OsStr::new(out)));
    let text = |word: std::ffi::OsString| {
        word.into_string()
            .map_err(|word| Error::new(format!("`{}` is no text, and a Dockerfile is", word.display())))
    };
    words.into_iter().map(text).collect()
}

/// How each architecture with a variant gets it: the one that is listed, or the builder's where there are
/// several.
fn variants(plans: &[(Platform, Plan)]) -> Vec<(String, String)> {
    let mut by_arch: BTreeMap<&str, Vec<&Platform>> = BTreeMap::new();
    for (platform, _) in plans {
        by_arch.entry(platform.arch.as_str()).or_default().push(platform);
    }
    let one = |(arch, platforms): (&&str, &Vec<&Platform>)| {
        let variable = platforms.first()?.variant_variable()?;
        let mut values = platforms.iter().map(|platform| platform.variant_value());
        let first = values.next()?;
        let value = if values.all(|value| value == first) {
            first?
        } else if *arch == "arm" {
            "\"${TARGETVARIANT#v}\"".to_owned()
        } else {
            "\"${TARGETVARIANT}\"".to_owned()
        };
        Some(((*arch).to_owned(), format!("{variable}={value}")))
    };
    by_arch.iter().filter_map(one).collect()
}
