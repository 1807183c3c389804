//! GB206 in words.

use super::shared::{line, noted};
use crate::diagnostics::evidence::gb206::{BuildHostPath, Place, Searched};
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &BuildHostPath, about: &About) -> Message {
    let label = format!("{} searches", about.file);
    let searched = found.searched.iter().map(|Searched { folder, runpath, place }| {
        let tag = if *runpath { "RUNPATH" } else { "RPATH" };
        noted(&label, folder, format!("{tag}, {}", kind(*place)))
    });
    let needed = line(format!("{} needs", about.file), found.needed.join(", "));
    Message {
        title: "the binary searches for libraries where only its build machine has them".to_owned(),
        evidence: searched.chain((!found.needed.is_empty()).then_some(needed)).collect(),
        production: None,
        cause: Some("-Wl,-rpath is in a package's #cgo LDFLAGS, or in CGO_LDFLAGS".to_owned()),
        help: vec![
            "copy the library into the image and drop the path: patchelf --remove-rpath FILE".to_owned(),
            "or link it in statically, if the package has a tag for it (wasmvm: -tags=muslc)".to_owned(),
        ],
    }
}

fn kind(place: Place) -> &'static str {
    match place {
        Place::PackageStore => "a package store",
        Place::Home => "a home directory",
        Place::ModuleCache => "Go's module cache",
        Place::Temporary => "a folder that anybody may write to",
        Place::Build => "a build folder",
        Place::Relative => "relative to the folder it is started in",
    }
}
