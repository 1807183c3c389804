//! GB205 in words.

use super::cgo;
use super::shared::{image, in_pod, line, noted, rebuild, shown};
use crate::diagnostics::evidence::Cgo;
use crate::diagnostics::evidence::gb205::{MissingSymbols, MuslSymbolMissing};
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &MuslSymbolMissing, about: &About) -> Message {
    match found {
        MuslSymbolMissing::Missing { symbols, loader, cgo } => missing(symbols, loader, cgo.as_ref(), about),
        MuslSymbolMissing::Unreadable { fault } => unread(fault.clone(), about),
        MuslSymbolMissing::LinkedWithGlibc { soname } => unread(format!("it needs glibc's {soname}"), about),
    }
}

fn missing(symbols: &[MissingSymbols], loader: &str, cgo: Option<&Cgo>, about: &About) -> Message {
    let uses = symbols.iter().map(|one| {
        let note = format!("in no library of {}", image(about));
        noted(format!("{} uses", one.by), shown(&one.names), note)
    });
    let has = line(format!("{} has", image(about)), loader);
    Message {
        title: "the image's musl lacks functions that this binary uses".to_owned(),
        evidence: uses.chain([has]).collect(),
        production: symbols.first().and_then(|first| {
            let path = first.by_path.clone().unwrap_or_else(|| in_pod(&about.file));
            Some(format!("Error relocating {path}: {}: symbol not found", first.names.first()?))
        }),
        cause: cgo.map(cgo::cause),
        help: vec![
            format!("link against musl: pip install ziglang, then {}", rebuild(about)),
            format!("or build without cgo: CGO_ENABLED=0 {}", rebuild(about)),
        ],
    }
}

fn unread(fault: String, about: &About) -> Message {
    Message {
        title: "it is not known whether the image's musl has every function of this binary".to_owned(),
        evidence: vec![noted(format!("{} uses", about.file), "functions that could not be read", fault)],
        help: vec![
            format!("build without cgo: CGO_ENABLED=0 {}", rebuild(about)),
            format!("or, if it is known to run on {}: --allow GB205", image(about)),
        ],
        ..Message::default()
    }
}
