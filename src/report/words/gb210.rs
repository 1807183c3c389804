//! GB210 in words.

use super::cgo;
use super::shared::{image, in_pod, line, noted, rebuild, shown};
use crate::diagnostics::evidence::gb210::{AskedSymbol, AskedSymbols, SymbolMissing};
use crate::diagnostics::{About, Line, Message};

pub(super) fn message(found: &SymbolMissing, about: &About) -> Message {
    let help = ways_out(about);
    match found {
        SymbolMissing::Missing { symbols, loaded, unversioned, cgo } => {
            let when =
                |on_call| if on_call { "looked up when it is called" } else { "looked up when it starts" };
            let uses = symbols.iter().map(|one| row(one, when(one.on_call)));
            let loads = line(format!("{} loads", image(about)), shown(loaded));
            let title = if symbols.first().is_some_and(|first| first.on_call) {
                "the image lacks a function, and the binary will die when it calls it"
            } else {
                "the image lacks a symbol, and the binary will not start"
            };
            Message {
                title: title.to_owned(),
                evidence: uses.chain([loads]).collect(),
                production: symbols.first().and_then(|first| production(first, *unversioned, about)),
                cause: cgo.as_ref().map(cgo::cause),
                help,
            }
        }
        SymbolMissing::Unknown { symbols } => Message {
            title: "it is not known whether the image has every symbol that this binary needs".to_owned(),
            evidence: symbols.iter().map(|one| row(one, &format!("not known of {}", image(about)))).collect(),
            help,
            ..Message::default()
        },
        SymbolMissing::Unreadable { fault } => Message {
            title: "it is not known which symbols this binary needs".to_owned(),
            evidence: vec![noted(
                format!("{} uses", about.file),
                "symbols that could not be read",
                fault.as_str(),
            )],
            help,
            ..Message::default()
        },
    }
}

/// One line for each who asks.
fn row(asked: &AskedSymbols, note: &str) -> Line {
    let names: Vec<String> = asked.symbols.iter().map(written).collect();
    noted(format!("{} uses", asked.by), shown(&names), note)
}

fn written(symbol: &AskedSymbol) -> String {
    match &symbol.version {
        Some(version) => format!("{}@{version}", symbol.name),
        None => symbol.name.clone(),
    }
}

/// What glibc's loader prints (`elf/dl-lookup.c`).
fn production(first: &AskedSymbols, unversioned: bool, about: &About) -> Option<String> {
    if unversioned {
        return Some(
            "Inconsistency detected by ld.so: dl-lookup.c: check_match: Assertion `version->filename == NULL || \
             ! _dl_name_match_p (version->filename, map)' failed!"
                .to_owned(),
        );
    }
    let path = first.by_path.clone().unwrap_or_else(|| in_pod(&about.file));
    let symbol = first.symbols.first()?;
    let version = symbol.version.as_ref().map(|version| format!(", version {version}")).unwrap_or_default();
    Some(format!("{path}: symbol lookup error: {path}: undefined symbol: {}{version}", symbol.name))
}

fn ways_out(about: &About) -> Vec<String> {
    vec![
        format!("build without cgo: CGO_ENABLED=0 {}", rebuild(about)),
        "or add the library to the image, in the version that was linked against".to_owned(),
        format!("or, if it is known to run on {}: --allow GB210", image(about)),
    ]
}
