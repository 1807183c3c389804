//! A plan as one JSON object: `{"reason":"plan","version":2,…}`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::plan::{View, line};
use super::version::ShapeVersion;
use crate::image::facts::Source;
use crate::origin::Origin;
use crate::plan::Plan;
use crate::plan::code::{Package, WithoutCgo};

/// What will be run, and where every value of it comes from.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlanObject<'a> {
    version: ShapeVersion,
    /// The image; null where nobody named one.
    image: Option<PlannedImage<'a>>,
    /// The platform; null where go's own choice stands.
    platform: Option<WithOrigin>,
    /// Path of the go command.
    go: WithOrigin,
    /// The folder in which go is started.
    directory: String,
    /// Variables that gobuild sets, by name.
    set: BTreeMap<&'a str, WithOrigin>,
    /// Variables that gobuild takes away: name to the reason.
    removed: BTreeMap<&'a str, String>,
    /// Variables of the user's that go reads as they are, by name, `go env -w` included; a password in an address is
    /// not shown.
    inherited: BTreeMap<&'a str, WithOrigin>,
    /// What was decided about C code; null where go's own choice stands.
    cgo: Option<PlannedCgo<'a>>,
    /// `-o`; null where there is none.
    output: Option<WithOrigin>,
    /// Flags, then packages.
    arguments: Vec<WithOrigin>,
    /// What was taken for what.
    notes: &'a [String],
    /// The command as one line for `sh`.
    shell: String,
}

/// A value, and where it comes from in words.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WithOrigin {
    /// The value.
    value: String,
    /// Where it comes from, in words: `--target on the command line`.
    origin: String,
}

/// The image of a plan.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlannedImage<'a> {
    /// After a floating tag was resolved: `alpine:3.24`.
    name: &'a str,
    /// As it was typed: `alpine`.
    written: &'a str,
    /// Where it was named, in words.
    origin: String,
    /// Who describes it.
    source: &'a Source,
}

/// What was decided about C code.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlannedCgo<'a> {
    /// Whether cgo is on.
    enabled: bool,
    /// Why, in words.
    origin: String,
    /// The C compiler; null where none is needed.
    compiler: Option<WithOrigin>,
    /// Packages outside Go itself that have C code; null where nobody has looked.
    packages: Option<Vec<PackageWithC<'a>>>,
}

/// A package outside Go itself that has C code.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PackageWithC<'a> {
    /// Its import path.
    path: &'a str,
    /// Its module's version; null where it has none.
    version: Option<&'a str>,
    /// The imports that lead to it, from a package that is built to this one.
    imports: &'a [String],
    /// What becomes of it without cgo.
    without_cgo: WithoutCgo,
}

impl<'a> PlanObject<'a> {
    pub(super) fn of(view: &View<'a>) -> Self {
        let plan = view.plan;
        let words = plan.flags.iter().chain(&plan.packages);
        Self {
            version: ShapeVersion,
            image: view.image.map(|(image, origin)| PlannedImage {
                name: &image.name,
                written: &image.written,
                origin: origin.to_string(),
                source: &image.source,
            }),
            platform: view.platform.map(|chosen| WithOrigin::of(chosen.value.to_string(), &chosen.origin)),
            go: WithOrigin::of(plan.go.value.to_string_lossy(), &plan.go.origin),
            directory: plan.dir.to_string_lossy().into_owned(),
            set: plan
                .set
                .iter()
                .map(|(name, set)| (*name, WithOrigin::of(&set.value, &set.origin)))
                .collect(),
            removed: plan.removed.iter().map(|(name, why)| (*name, why.to_string())).collect(),
            inherited: plan
                .inherited
                .iter()
                .map(|(name, set)| (name.as_str(), WithOrigin::of(&set.value, &set.origin)))
                .collect(),
            cgo: cgo(plan),
            output: plan
                .output
                .as_ref()
                .map(|path| WithOrigin::of(path.value.to_string_lossy(), &path.origin)),
            arguments: words.map(|word| WithOrigin::of(word.value.to_string_lossy(), &word.origin)).collect(),
            notes: &plan.notes,
            shell: line(view),
        }
    }
}

impl WithOrigin {
    fn of(value: impl Into<String>, origin: &Origin) -> Self {
        Self { value: value.into(), origin: origin.to_string() }
    }
}

fn cgo(plan: &Plan) -> Option<PlannedCgo<'_>> {
    let cgo = plan.cgo.as_ref()?;
    let compiler = plan.cc.as_ref().filter(|_| cgo.value);
    Some(PlannedCgo {
        enabled: cgo.value,
        origin: cgo.origin.to_string(),
        compiler: compiler.map(|cc| WithOrigin::of(&cc.value, &cc.origin)),
        packages: plan.code.as_ref().map(|code| code.packages.iter().map(package).collect()),
    })
}

fn package(package: &Package) -> PackageWithC<'_> {
    PackageWithC {
        path: &package.path,
        version: package.version.as_deref(),
        imports: &package.chain,
        without_cgo: package.without_cgo(),
    }
}
