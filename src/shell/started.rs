//! The program that a command really starts: behind `env`, `exec` and their kin, and the text behind `sh -c`.

use super::value::{Environment, HOLE, Value, WORDS, has_hole};

/// Programs that start what stands behind them and change nothing about it.
const THROUGH: &[&str] = &["exec", "command", "time", "nice", "nohup", "sudo", "env", "eatmydata"];

/// Takes away what stands in front of the program that is really started.
pub(super) fn through(words: &mut Vec<String>, seen: &mut Environment) {
    while let Some(first) = words.first() {
        let name = first.rsplit('/').next().unwrap_or_default();
        // `command -v go` asks where it is.
        let asks =
            name == "command" && words.get(1).is_some_and(|word| word.starts_with(['-']) && word != "-p");
        if !THROUGH.contains(&name) || words.len() == 1 || asks {
            return;
        }
        if name == "sudo" {
            seen.forget("sudo passes on what it is set up for");
        }
        let is_env = name == "env";
        let mut gone = 1;
        while let Some(word) = words.get(gone) {
            if is_env && let Some((name, value)) = word.split_once('=').filter(|_| !word.starts_with('-')) {
                seen.set(name, Value::of(value.to_owned(), || format!("{name} is known to the build alone")));
            } else if is_env && matches!(word.as_str(), "-i" | "--ignore-environment" | "-") {
                *seen = Environment::default();
            } else if is_env && word == "-u" {
                words.get(gone + 1).into_iter().for_each(|name| seen.remove(name));
                gone += 1;
            } else if name == "nice" && word == "-n" {
                gone += 1;
            } else if !word.starts_with('-') {
                break;
            }
            gone += 1;
        }
        words.drain(..gone.min(words.len()));
    }
}

/// Whether a program is a shell that reads what is read here, by its name.
pub fn is_shell(program: &str) -> bool {
    let name = program.rsplit('/').next().unwrap_or_default();
    matches!(name, "sh" | "ash" | "bash" | "dash" | "hush" | "ksh" | "mksh" | "rbash" | "zsh")
}

/// Another text that a command runs.
pub(super) enum Text {
    /// In a shell of its own: `sh -c "text"`, `sh <<EOF`.
    Known { text: String, arguments: Vec<String> },
    /// In this very shell: `eval text`.
    Here(String),
    /// In this very shell, and not in the text: `. ./env.sh`.
    Elsewhere,
}

/// The text that a command runs; `input` is the here-document that it reads.
pub(super) fn text_of(program: &str, words: &[String], input: Option<Value>) -> Option<Text> {
    match program {
        "eval" if words.iter().any(|word| has_hole(word)) => return Some(Text::Elsewhere),
        "eval" => return Some(Text::Here(words[1..].join(" "))),
        "." | "source" => return Some(Text::Elsewhere),
        _ => {}
    }
    if !is_shell(program) && program != "busybox" {
        return None;
    }
    let mut rest = words.iter().skip(1).skip_while(|word| program == "busybox" && is_shell(word)).peekable();
    let mut is_text = false;
    let mut reads = false;
    while let Some(word) = rest.next_if(|word| word.starts_with(['-', '+'])) {
        if word == "--" {
            break;
        }
        let flags = word.trim_start_matches(['-', '+']);
        is_text |= flags.contains('c') && !word.starts_with("--");
        reads |= word == "-s";
        if flags.ends_with('o') && !word.starts_with("--") {
            rest.next();
        }
    }
    if is_text {
        let text = rest.next()?.clone();
        // The first word behind it is the name that the shell goes by.
        let arguments = rest.skip(1).cloned().collect();
        let known = text.chars().any(|letter| !matches!(letter, HOLE | WORDS));
        return known.then_some(Text::Known { text, arguments });
    }
    match input {
        Some(Value::Known(text)) if reads || rest.peek().is_none() => {
            Some(Text::Known { text, arguments: rest.cloned().collect() })
        }
        _ => None,
    }
}
