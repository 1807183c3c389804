//! The shell's own commands, which start nothing and change what it knows.

use super::question::Status;
use super::state::State;
use super::value::{Value, has_hole};

/// Runs one of them; none where it is another program.
pub(super) fn run(program: &str, words: &[String], state: &mut State) -> Option<Status> {
    let arguments = || words.iter().skip(1).filter(|word| !word.starts_with('-'));
    match program {
        "export" | "readonly" | "declare" | "typeset" | "local" => {
            let takes_back = program == "export" && words.iter().any(|word| word == "-n");
            let exports = program == "export" || words.iter().any(|word| word == "-x");
            for word in arguments() {
                let (name, value) = match word.split_once('=') {
                    Some((name, value)) => (name, Some(value)),
                    None => (word.as_str(), None),
                };
                if has_hole(name) {
                    state.forget("a name is known to the build alone");
                    break;
                }
                if let Some(value) = value {
                    let reason = || format!("{name} is known to the build alone");
                    state.assign(name, Value::of(value.to_owned(), reason));
                }
                if takes_back {
                    let value = state.shell.get(name);
                    state.restore(name, value, Value::Unset);
                } else if exports {
                    state.export(name);
                }
            }
        }
        "unset" if words.iter().any(|word| word == "-f") => {}
        "unset" => arguments().for_each(|name| state.unset(name)),
        "read" | "getopts" | "mapfile" | "readarray" => {
            for name in arguments() {
                state.assign(name, Value::unknown(format!("{name} is read by the build")));
            }
            return Some(Status::Either);
        }
        "cd" | "pushd" => {
            state.change_folder(arguments().next().map(String::as_str));
            return Some(Status::Expected);
        }
        "popd" => state.folder = None,
        "set" => set(&words[1..], state),
        "shift" => {
            let count = words.get(1).map_or(Some(1), |word| word.parse::<usize>().ok());
            state.arguments = match (state.arguments.take(), count) {
                // Behind a word that may be several nobody knows which ones go.
                (Some(own), Some(count)) if count <= own.len() && !own.iter().any(|word| has_hole(word)) => {
                    Some(own[count..].to_vec())
                }
                _ => None,
            };
        }
        _ => return None,
    }
    Some(Status::Is(true))
}

/// `set -eux`, `set -o allexport`, `set -- a b`.
fn set(words: &[String], state: &mut State) {
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let on = word.starts_with('-');
        match word.as_str() {
            "--" => {
                state.arguments = Some(rest.cloned().collect());
                return;
            }
            "-o" | "+o" => {
                if rest.next().is_some_and(|name| name == "allexport") {
                    state.exports_all = Some(on);
                }
            }
            flags if flags.starts_with(['-', '+']) => {
                if flags.contains('a') {
                    state.exports_all = Some(on);
                }
                // `set -euo pipefail`
                if flags.ends_with('o') {
                    rest.next();
                }
            }
            _ => {
                state.arguments = Some(std::iter::once(word).chain(rest).cloned().collect());
                return;
            }
        }
    }
}
