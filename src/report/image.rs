//! What an image offers, for people and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::version::ShapeVersion;
use crate::image::{Fact, Image, Libc, Root, RunConfig};
use crate::platform::Platform;

/// The table of `gobuild image list`: one image a line.
pub fn list(images: &[Image]) -> String {
    let width = images.iter().map(|image| image.name.len()).max().unwrap_or(0);
    let libc: Vec<String> = images.iter().map(|image| cell(&image.libc, ToString::to_string)).collect();
    let libc_width = libc.iter().map(String::len).max().unwrap_or(0);
    let mut text = format!("{:width$}  {:libc_width$}  {:11}  platforms\n", "image", "libc", "ends");
    for (image, libc) in images.iter().zip(&libc) {
        let ends = end_of_life(image);
        let _ = writeln!(text, "{:width$}  {libc:libc_width$}  {ends:11}  {}", image.name, platforms(image));
    }
    text
}

/// Everything that is known of one image.
pub fn show(image: &Image) -> String {
    let mut rows: Vec<(&str, String)> = vec![("image", image.name.clone())];
    if let Some(taken) = &image.taken_for {
        rows.push(("taken for", taken.to_string()));
    }
    rows.push(("system", cell(&image.os, Clone::clone)));
    rows.push(("libc", cell(&image.libc, libc)));
    for (platform, libc) in &image.libc_exceptions {
        rows.push(("", format!("{libc} on {platform}")));
    }
    if let Some(platforms) = image.platforms.as_ref().known() {
        for platform in platforms {
            let loader = match image.loader_on(platform) {
                Fact::Known(Some(path)) => path.to_owned(),
                Fact::Known(None) => "no loader".to_owned(),
                Fact::Unknown => "loader unknown".to_owned(),
            };
            rows.push(("platform", format!("{:14} {loader}", platform.to_string())));
        }
    } else {
        rows.push(("platforms", "unknown".to_owned()));
    }
    rows.push(("amd64 level", cell(&image.amd64_level, |level| format!("x86-64-v{level}"))));
    let libraries = &image.libraries;
    let present =
        if libraries.present.is_empty() { "none named".to_owned() } else { libraries.present.join(" ") };
    rows.push((
        "libraries",
        if libraries.complete {
            format!("{present} (complete)")
        } else {
            format!("{present} (others unknown)")
        },
    ));
    if !libraries.absent.is_empty() {
        rows.push(("without", libraries.absent.join(" ")));
    }
    let runtime = &image.runtime;
    rows.push((
        "c++ runtime",
        format!(
            "GLIBCXX {}, CXXABI {}, GCC {}",
            cell(&runtime.glibcxx, ToString::to_string),
            cell(&runtime.cxxabi, ToString::to_string),
            cell(&runtime.gcc, ToString::to_string)
        ),
    ));
    rows.push(("certificates", cell(&image.ca_certificates, yes)));
    rows.push(("time zones", cell(&image.zoneinfo, yes)));
    rows.push(("shell", cell(&image.shell, |shell| shell.clone().unwrap_or_else(|| "none".to_owned()))));
    rows.push((
        "users",
        cell(&image.users, |users| {
            let users: Vec<String> = users.iter().map(|user| format!("{} {}", user.name, user.uid)).collect();
            if users.is_empty() { "no passwd".to_owned() } else { users.join(", ") }
        }),
    ));
    rows.push(("/tmp", cell(&image.tmp, yes)));
    rows.push(("nsswitch.conf", cell(&image.nsswitch, yes)));
    rows.push(("mime types", cell(&image.mime_types, yes)));
    if let Some(root) = &image.root {
        rows.extend(read(root));
    }
    if let Some(run) = &image.run {
        rows.extend(started(run));
    }
    rows.push(("support ends", end_of_life(image)));
    rows.push(("source", image.source.to_string()));
    rows.into_iter().fold(String::new(), |mut text, (name, value)| {
        let _ = writeln!(text, "{name:14}{value}");
        text
    })
}

/// What only a real root file system says.
fn read(root: &Root) -> Vec<(&'static str, String)> {
    let listed = |dirs: &[String]| if dirs.is_empty() { "none".to_owned() } else { dirs.join(" ") };
    let cache =
        root.cache.as_ref().map_or_else(|| "none".to_owned(), |names| format!("{} names", names.len()));
    let mut rows = vec![
        ("files", format!("{} loaders and libraries, {} links", root.elf.len(), root.links.len())),
        ("searched", listed(&root.system_dirs)),
        ("ld.so.conf", listed(&root.conf_dirs)),
        ("ld.so.cache", cache),
    ];
    if let Some(dirs) = &root.musl_path {
        rows.push(("ld-musl path", listed(dirs)));
    }
    if let Some(mode) = root.tmp_mode {
        rows.push(("mode of /tmp", format!("{mode:04o}")));
    }
    rows
}

/// What an engine starts.
fn started(run: &RunConfig) -> Vec<(&'static str, String)> {
    let words = |words: &[String]| if words.is_empty() { "none".to_owned() } else { format!("{words:?}") };
    vec![
        ("entry point", words(&run.entrypoint)),
        ("command", words(&run.cmd)),
        ("user", run.user.clone().unwrap_or_else(|| "root".to_owned())),
        ("folder", run.workdir.clone().unwrap_or_else(|| "/".to_owned())),
    ]
}

/// What is known of an image.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImageObject<'a> {
    version: ShapeVersion,
    /// Every cell that is known of it.
    image: &'a Image,
    /// The path of the loader by platform, for each that is known; null where it is known to have none.
    loaders: BTreeMap<String, Fact<Option<&'static str>>>,
    #[serde(flatten)]
    read: Option<ReadImage<'a>>,
}

/// What `gobuild image inspect` and `gobuild image pin` read of the real image.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReadImage<'a> {
    /// `image inspect` and `image pin` alone: its digest; null where it has none.
    digest: Option<&'a str>,
    /// `image inspect` and `image pin` alone: what was read of the root file system; null where nothing was.
    root: Option<&'a Root>,
}

impl<'a> ImageObject<'a> {
    pub(super) fn of(image: &'a Image) -> Self {
        let platforms = image.platforms.as_ref().known().into_iter().flatten();
        let loader = |platform: &Platform| (platform.to_string(), image.loader_on(platform));
        Self { version: ShapeVersion, image, loaders: platforms.map(loader).collect(), read: None }
    }

    /// With its libraries, its links and its search paths.
    pub(super) fn inspected(image: &'a Image, digest: Option<&'a str>) -> Self {
        let read = ReadImage { digest, root: image.root.as_deref() };
        Self { read: Some(read), ..Self::of(image) }
    }
}

fn cell<T>(fact: &Fact<T>, show: impl FnOnce(&T) -> String) -> String {
    fact.as_ref().known().map_or_else(|| "unknown".to_owned(), show)
}

fn libc(libc: &Libc) -> String {
    match libc {
        Libc::Glibc(Fact::Unknown) | Libc::Musl(Fact::Unknown) => format!("{libc}, version unknown"),
        _ => libc.to_string(),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that `cell` asks for")]
fn yes(there: &bool) -> String {
    if *there { "yes" } else { "no" }.to_owned()
}

fn end_of_life(image: &Image) -> String {
    cell(&image.end_of_life, |day| day.clone().unwrap_or_else(|| "rolling".to_owned()))
}

fn platforms(image: &Image) -> String {
    let known = image.platforms.as_ref().known();
    known.map_or_else(
        || "unknown".to_owned(),
        |platforms| {
            let short = |text: String| text.strip_prefix("linux/").map_or(text.clone(), str::to_owned);
            platforms.iter().map(|platform| short(platform.to_string())).collect::<Vec<_>>().join(" ")
        },
    )
}
