//! What would lead past the proof, or looks as if something else was meant.

use std::ffi::OsStr;

use super::Settings;
use super::flags::{Effective, pattern_end};
use crate::cli::line::GoLine;
use crate::cli::quoted_split;
use crate::error::{Error, Result};

/// Names of gobuild's flags that people write with go's single dash.
const OWN: &[&str] = &["target", "platform", "release", "allow", "deny", "message-format"];

/// An `-o` among the linker's flags: the linker takes the last one, and would write past the stage a file
/// that nobody reads.
pub fn linker_output(line: &GoLine, effective: &Effective, settings: &Settings) -> Result<()> {
    let typed = line.flags.iter().map(|flag| (flag, "on the command line".to_owned()));
    let goflags = effective.goflags.iter().map(|flag| (flag, "in GOFLAGS".to_owned()));
    let given = typed.chain(goflags).filter(|(flag, _)| flag.name == "ldflags");
    let given = given.filter_map(|(flag, place)| Some((flag.value.as_deref()?.to_str()?.to_owned(), place)));
    let written = settings.ldflags.iter().map(|flag| (flag.value.clone(), format!("in {}", flag.origin)));
    for (text, place) in given.chain(written) {
        let flags = &text[pattern_end(&text).unwrap_or(0)..];
        // What cannot be split is go's to refuse.
        let words = quoted_split(flags).unwrap_or_default();
        let is_output = |word: &String| {
            let word = word.strip_prefix("--").or_else(|| word.strip_prefix('-')).unwrap_or_default();
            word == "o" || word.starts_with("o=")
        };
        if words.iter().any(is_output) {
            return Err(Error::new(format!("-ldflags {place} has an -o of its own"))
                .detail(format!("  -ldflags={text}"))
                .detail("  the linker would write there what nobody has proven")
                .help("take it out of -ldflags and give it to go build: -o FILE"));
        }
    }
    Ok(())
}

/// A flag of gobuild's with one dash goes to go, which does not know it.
pub fn single_dashes(line: &GoLine) -> Vec<String> {
    let single = |word: &OsStr| word.to_str().is_some_and(|word| !word.starts_with("--"));
    let mistaken = line.flags.iter().filter(|flag| OWN.contains(&flag.name.as_str()));
    let mistaken = mistaken.filter(|flag| flag.words.first().is_some_and(|word| single(word)));
    mistaken
        .map(|flag| format!("-{0} goes to go; gobuild's own flag has two dashes: --{0}", flag.name))
        .collect()
}
