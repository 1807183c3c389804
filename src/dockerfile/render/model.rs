//! The variables of the templates. docs/dockerfile.md lists them; a test holds the two together.

use std::path::Path;

use minijinja::{Value, context};

use super::bring::{self, Bring};
use super::family::Family;
use super::stage;
use super::words::{arguments, quoted};
use super::{Request, Source, from, user};
use crate::config::defaults;
use crate::error::Result;
use crate::origin::List;

/// OCI image spec, `annotations.md`: the names that a label without a dot stands for.
const ANNOTATION: &str = "org.opencontainers.image.";

pub(super) fn model(request: &Request<'_>, family: Family, notes: &mut Vec<String>) -> Result<Value> {
    let settings = request.settings;
    let workdir = settings.workdir.as_ref().map_or(defaults::WORKDIR, |set| set.value.as_str());
    let path = inside(workdir, request.program);
    let user = user::user(request, notes)?;
    let bring = bring::bring(request, &user, notes);
    low_ports(request, &user.id, notes);
    let is_root = matches!(user.id.split(':').next(), Some("0" | "root"));
    let owner = (!is_root).then_some(&user.id);
    // Where a stage has made the file its mode is right already.
    let made = format!("{}/{}", stage::OUT, request.program);
    let (stage, source) = match request.source {
        Source::Build(_) => (Some("build"), made),
        Source::Prebuilt(_) if bring.files.as_ref().is_some_and(|files| files.binary.is_some()) => {
            (Some("files"), made)
        }
        Source::Prebuilt(path) => (None, path.to_owned()),
    };
    let multi = matches!(request.source, Source::Prebuilt(path) if path.contains("${"));
    let copy: Vec<Value> = settings
        .copy
        .iter()
        .map(|copy| {
            let to = copy.to.value.as_str();
            context! { from => &copy.from.value, to => to, owner => owner }
        })
        .collect();
    let pairs = |map: &std::collections::BTreeMap<String, crate::origin::Sourced<String>>, labels: bool| {
        let name = |name: &String| {
            if labels && !name.contains('.') { format!("{ANNOTATION}{name}") } else { name.clone() }
        };
        map.iter().map(|(key, value)| format!("{}={}", name(key), quoted(&value.value))).collect::<Vec<_>>()
    };
    let named = |map: &std::collections::BTreeMap<String, crate::origin::Sourced<String>>| {
        arguments(map.values().map(|value| value.value.as_str()))
    };
    let health = list(settings.healthcheck.as_ref());
    let healthcheck = settings.healthcheck.is_some().then(|| [vec![path.clone()], health].concat());
    let label_args = named(&settings.labels);
    // An ARG counts from its line to the end of the stage.
    let env_args: Vec<String> =
        named(&settings.env).into_iter().filter(|name| !label_args.contains(name)).collect();
    Ok(context! {
        target => request.target,
        family => family.name(),
        manager => family.manager(request.image),
        image => context! { name => &request.image.name, from => from(request) },
        platforms => request.platforms.iter().map(ToString::to_string).collect::<Vec<_>>(),
        multi_platform => multi,
        program => request.program,
        workdir => workdir,
        builder => request.builder.name(),
        binary => context! { stage => stage, source => source, path => path.clone() },
        build => build(request, &bring)?,
        files => bring.files.as_ref().map(|files| {
            context! {
                image => &files.image,
                commands => &files.commands,
                binary => &files.binary,
                as_root => files.as_root,
            }
        }),
        bring => lines(&bring),
        copy => copy,
        expose => list(settings.expose.as_ref()),
        env => pairs(&settings.env, false),
        env_args => env_args,
        labels => pairs(&settings.labels, true),
        label_args => label_args,
        packages => list(settings.packages.as_ref()),
        base_user => user::of_image(request.image),
        user => context! { id => &user.id, why => &user.why },
        healthcheck => healthcheck,
        entrypoint => vec![path],
        args => list(settings.args.as_ref()),
    })
}

fn lines(bring: &Bring) -> Vec<Value> {
    let line = |line: &bring::Brought| {
        context! { stage => line.stage, source => &line.source, to => &line.to, why => &line.why }
    };
    bring.lines.iter().map(line).collect()
}

fn build(request: &Request<'_>, bring: &Bring) -> Result<Option<Value>> {
    let Source::Build(stage) = &request.source else { return Ok(None) };
    let lines = stage::lines(stage, request.program, request.builder, request.platforms)?;
    let modules: Vec<Value> =
        stage.modules.iter().map(|files| context! { from => &files.from, to => &files.to }).collect();
    let variants: Vec<Value> =
        lines.variants.iter().map(|(arch, set)| context! { arch => arch, set => set }).collect();
    let args: Vec<Value> = lines
        .args
        .iter()
        .map(|name| {
            context! { name => name, build_arg => format!("{name}={}", value(name)) }
        })
        .collect();
    let packages: Vec<String> = lines.packages.iter().chain(&bring.build_packages).cloned().collect();
    Ok(Some(context! {
        image => (request.pinned)(&stage.facts.name),
        native => lines.native,
        packages => packages,
        modules => modules,
        vendored => stage.vendored,
        args => args,
        variants => variants,
        env => lines.env,
        command => lines.command,
        proof => lines.proof,
        gobuild => stage.gobuild,
        rootfs => bring.rootfs.clone(),
    }))
}

/// What a build argument is given on the command line of `docker build`.
fn value(name: &str) -> &'static str {
    match name {
        "GIT_DESCRIBE" => "\"$(git describe --tags --always --dirty)\"",
        "GIT_COMMIT" => "\"$(git rev-parse HEAD)\"",
        "GIT_TAG" => "\"$(git describe --tags --exact-match)\"",
        "GIT_DATE" => "\"$(git log -1 --format=%cI)\"",
        _ => "…",
    }
}

fn list(list: Option<&List<String>>) -> Vec<String> {
    list.into_iter().flat_map(|list| &list.value).map(|item| item.value.clone()).collect()
}

/// A path in the image.
fn inside(workdir: &str, name: &str) -> String {
    Path::new(workdir).join(name).to_string_lossy().into_owned()
}

/// Docker since 20.10 lets everybody bind a low port; other runtimes keep the kernel's rule.
fn low_ports(request: &Request<'_>, user: &str, notes: &mut Vec<String>) {
    if matches!(user.split(':').next(), Some("0" | "root")) {
        return;
    }
    let ports = request.settings.expose.iter().flat_map(|list| &list.value);
    let low = ports.filter(|port| {
        port.value.split('/').next().and_then(|port| port.parse::<u16>().ok()).is_some_and(|port| port < 1024)
    });
    for port in low {
        notes.push(format!("port {} is below 1024, and not every runtime lets {user} open it", port.value));
    }
}
