//! The program that a command really starts: behind `env`, `exec` and their kin, and the text behind `sh -c`.

use super::value::{Environment, Value};

/// Programs that start what stands behind them and change nothing about it.
const THROUGH: &[&str] = &["exec", "command", "time", "nice", "nohup", "sudo", "env", "eatmydata"];

/// Takes away what stands in front of the program that is really started.
pub(super) fn through(words: &mut Vec<String>, seen: &mut Environment) {
    while let Some(first) = words.first() {
        let name = first.rsplit('/').next().unwrap_or_default();
        if !THROUGH.contains(&name) || words.len() == 1 {
            return;
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

/// The text behind `sh -c`, where the program is a shell and the text is known.
pub(super) fn command_string(program: &str, words: &[String]) -> Option<String> {
    let shells = ["sh", "bash", "dash", "ash", "zsh", "busybox"];
    if !shells.contains(&program) {
        return None;
    }
    let mut rest =
        words.iter().skip(1).skip_while(|word| program == "busybox" && shells.contains(&word.as_str()));
    while let Some(word) = rest.next() {
        match word.strip_prefix('-') {
            Some(flags) if flags.ends_with('o') => {
                rest.next();
            }
            Some(flags) if !flags.starts_with('-') && flags.contains('c') => return rest.next().cloned(),
            Some(_) => {}
            None => return None,
        }
    }
    None
}
