//! `[dockerfile]`: what the image around the binary is to hold.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::keys;
use super::values::{Wrong, boolean, filled, mismatch, string};
use super::walk::Section;
use crate::origin::{List, Sourced};
use crate::suggest::closest;

/// Settings of the Dockerfile that gobuild writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dockerfile {
    /// `workdir`: an absolute path in the image.
    pub workdir: Option<Sourced<String>>,
    /// `copy`: files beside the binary, in order.
    pub copy: Vec<Copy>,
    /// `expose`: ports, `8080` or `53/udp`.
    pub expose: Option<List<String>>,
    /// `timezone`: whether time zones are brought along; none is for the binary to say.
    pub timezone: Option<Sourced<bool>>,
    /// `user`: whom the binary runs as, `nonroot` or `65532:65532`.
    pub user: Option<Sourced<String>>,
    /// `env`: variables of the image.
    pub env: BTreeMap<String, Sourced<String>>,
    /// `args`: arguments the binary is started with.
    pub args: Option<List<String>>,
    /// `labels`: labels of the image; a name without a dot is one of OCI's annotations.
    pub labels: BTreeMap<String, Sourced<String>>,
    /// `healthcheck`: arguments with which the binary asks whether the one that runs is well.
    pub healthcheck: Option<List<String>>,
    /// `packages`: packages of the distribution that are installed into the image.
    pub packages: Option<List<String>>,
    /// `shape`
    pub shape: Option<Sourced<Shape>>,
    /// `builder`
    pub builder: Option<Sourced<Builder>>,
    /// `template`: a file to take instead of gobuild's own templates.
    pub template: Option<Sourced<String>>,
    /// `gobuild`: an image that holds `/gobuild`, for the proof inside the build stage.
    pub gobuild: Option<Sourced<String>>,
}

/// Where the binary is built.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shape {
    /// Outside, by gobuild; the Dockerfile copies it.
    #[default]
    Prebuilt,
    /// In a stage of the Dockerfile.
    MultiStage,
}

impl Shape {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Prebuilt, Self::MultiStage];

    /// As written in the file and typed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prebuilt => "prebuilt",
            Self::MultiStage => "multi-stage",
        }
    }
}

/// What `docker build` builds with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Builder {
    /// Docker's own since 23.0; buildah and podman know as much.
    #[default]
    Buildkit,
    /// Docker's own before, and with `DOCKER_BUILDKIT=0`: it knows neither the platform's arguments nor a mount nor
    /// the mode of what it copies.
    Classic,
}

impl Builder {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Buildkit, Self::Classic];

    /// As written in the file and typed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Buildkit => "buildkit",
            Self::Classic => "classic",
        }
    }
}

/// One entry of `copy`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// A path in the build context.
    pub from: Sourced<String>,
    /// A path in the image, relative to `workdir`.
    pub to: Sourced<String>,
}

impl Dockerfile {
    pub(super) fn read(section: &Section<'_, '_>) -> Self {
        Self {
            workdir: section.value("workdir", absolute),
            copy: section.tables("copy", keys::COPY).iter().filter_map(copy).collect(),
            expose: section.list("expose", "a list of ports", port),
            timezone: section.value("timezone", boolean),
            user: section.value("user", filled),
            env: section.map("env", "a table of variables", string).unwrap_or_default(),
            args: section.list("args", "a list of arguments", string),
            labels: section.map("labels", "a table of labels", string).unwrap_or_default(),
            healthcheck: section.list("healthcheck", "a list of arguments", string),
            packages: section.list("packages", "a list of packages", package),
            shape: section.value("shape", |value| {
                one_of(value, Shape::ALL.map(|shape| (shape.name(), shape)), "shape of a Dockerfile")
            }),
            builder: section.value("builder", |value| {
                one_of(value, Builder::ALL.map(|builder| (builder.name(), builder)), "builder of Dockerfiles")
            }),
            template: section.value("template", filled),
            gobuild: section.value("gobuild", super::build::image),
        }
    }
}

fn copy(section: &Section<'_, '_>) -> Option<Copy> {
    for key in keys::COPY.keys {
        if section.value_span(key).is_none() {
            let help = "write { from = \"etc\", to = \"./etc\" }".to_owned();
            section.wrong(section.span.clone(), (format!("`copy`: `{key}` is missing"), Some(help)));
        }
    }
    Some(Copy { from: section.value("from", inside)?, to: section.value("to", filled)? })
}

/// Docker copies nothing from outside the build context.
fn inside(value: &DeValue<'_>) -> Result<String, Wrong> {
    let path = filled(value)?;
    if path.split('/').any(|part| part == "..") {
        return Err((format!("`{path}` leaves the build context").into(), None));
    }
    Ok(path)
}

/// A package manager's word: a name, for some with a version behind `=`.
fn package(value: &DeValue<'_>) -> Result<String, Wrong> {
    let text = filled(value)?;
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "+-._=:~".contains(letter);
    if text.chars().all(fits) && !text.starts_with('-') {
        return Ok(text);
    }
    Err((format!("`{text}` is not the name of a package").into(), Some("one string for each".to_owned())))
}

/// One of two words.
fn one_of<T>(value: &DeValue<'_>, all: [(&'static str, T); 2], what: &str) -> Result<T, Wrong> {
    let text = string(value)?;
    let names = [all[0].0, all[1].0];
    if let Some((_, one)) = all.into_iter().find(|(name, _)| *name == text) {
        return Ok(one);
    }
    let near = closest(&text, names);
    let help = near.map_or_else(
        || format!("there are \"{}\" and \"{}\"", names[0], names[1]),
        |near| format!("did you mean `{near}`?"),
    );
    Err((format!("`{text}` is no {what}").into(), Some(help)))
}

fn absolute(value: &DeValue<'_>) -> Result<String, Wrong> {
    let path = filled(value)?;
    if path.starts_with('/') {
        return Ok(path);
    }
    let help = format!("write \"/{}\"", path.trim_start_matches("./"));
    Err((format!("`{path}` is not an absolute path").into(), Some(help)))
}

fn port(value: &DeValue<'_>) -> Result<String, Wrong> {
    let text = match value {
        DeValue::Integer(number) => number.to_string(),
        DeValue::String(text) => text.clone().into_owned(),
        _ => return Err(mismatch("a port", value)),
    };
    let (number, protocol) = text.split_once('/').unwrap_or((&text, "tcp"));
    if number.parse::<u16>().is_ok_and(|port| port > 0) && matches!(protocol, "tcp" | "udp" | "sctp") {
        return Ok(text);
    }
    Err((format!("`{text}` is not a port").into(), Some("a port reads like 8080 or \"53/udp\"".to_owned())))
}
