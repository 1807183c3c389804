//! What an image starts, for people and as JSON.

use serde_json::{Value, json};

use super::style::plain;
use crate::image::start::{By, Content, Found, Start, Step};
use crate::platform::Platform;

/// One line: `corp/app:1 on linux/amd64 starts /sbin/tini -- /app as 65532 in /srv`.
pub fn human(image: &str, platform: &Platform, start: &Start) -> String {
    let command: Vec<String> = start.command.iter().map(|word| quoted(word)).collect();
    let Start { user, workdir, .. } = start;
    format!("{image} on {platform} starts {} as {} in {}\n", command.join(" "), plain(user), plain(workdir))
}

/// What is not known of a start, and what can be done about it.
pub fn open(image: &str, reason: &str, every_file: bool) -> String {
    let way = if every_file { "" } else { "; --every-file judges every program that is in it" };
    format!("{image}: {}{way}", plain(reason))
}

/// How a step is called: the path where it is, else the word.
pub fn name(step: &Step) -> String {
    match &step.found {
        Found::File { path, .. } | Found::NotAFile { path, .. } => path.clone(),
        Found::Denied(barrier) => barrier.target.clone(),
        Found::Missing(missing) => missing.path.clone(),
    }
}

/// What a step without a program leads to, in a few words for the closing line.
pub fn kind(step: &Step) -> String {
    match &step.found {
        Found::Missing(_) => "not there".to_owned(),
        Found::Denied(_) => "not executable".to_owned(),
        Found::NotAFile { folder: true, .. } => "a folder".to_owned(),
        Found::NotAFile { folder: false, .. } => "not a regular file".to_owned(),
        Found::File { .. } if matches!(step.by, By::Reader { .. }) => "read as a script".to_owned(),
        Found::File { content, .. } => match content {
            Content::Program => "a program".to_owned(),
            Content::Script(line) => format!("a script for {}", line.interpreter.replace('\r', "\\r")),
            Content::Neither(_) => "not a program".to_owned(),
            Content::Unread(_) => "not readable".to_owned(),
        },
    }
}

/// `{"reason":"start","version":1,…}`: what comes before the verdicts on its files.
pub fn json(image: &str, platform: &Platform, start: &Start) -> Value {
    let steps: Vec<Value> = start.steps.iter().map(step).collect();
    json!({
        "reason": "start",
        "version": super::json::VERSION,
        "image": image,
        "platform": platform,
        "command": start.command,
        "user": start.user,
        "workdir": start.workdir,
        "steps": steps,
        "open": start.open,
    })
}

fn step(step: &Step) -> Value {
    let (by, starter) = match &step.by {
        By::Engine => ("engine", None),
        By::Wrapper { name } => ("wrapper", Some(name)),
        By::Shell { name, .. } => ("shell", Some(name)),
        By::Reader { name } => ("reader", Some(name)),
        By::Line { script } | By::TooDeep { script } => ("line", Some(script)),
        By::EnvLine { script } => ("env-line", Some(script)),
    };
    let real = match &step.found {
        Found::File { real, .. } => Some(real),
        _ => None,
    };
    json!({ "word": step.word, "by": by, "starter": starter, "file": name(step), "real": real })
}

/// A word as a shell would need it, where it is not plain.
fn quoted(word: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(bare) {
        return word.to_owned();
    }
    format!("'{}'", plain(word).replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures as fix;

    fn start() -> Start {
        Start {
            command: ["/bin/sh", "-c", "exec ./app"].map(str::to_owned).to_vec(),
            workdir: "/srv".to_owned(),
            user: "65532".to_owned(),
            steps: vec![
                fix::step(By::Engine, "/bin/sh", fix::program("/bin/sh")),
                fix::step(
                    By::Shell { name: "sh".to_owned(), busybox: false },
                    "./app",
                    fix::program("/srv/app"),
                ),
            ],
            open: None,
        }
    }

    #[test]
    fn a_line_says_what_runs_as_whom_and_where() {
        let line = human("corp/app:1", &Platform::linux("amd64"), &start());
        assert_eq!(line, "corp/app:1 on linux/amd64 starts /bin/sh -c 'exec ./app' as 65532 in /srv\n");
    }

    #[test]
    fn an_object_has_every_step_with_who_starts_it() {
        let value = json("corp/app:1", &Platform::linux("amd64"), &start());
        assert_eq!(value["reason"], "start");
        let second = json!({
            "word": "./app", "by": "shell", "starter": "sh", "file": "/srv/app", "real": "/srv/app",
        });
        assert_eq!(value["steps"][1], second);
        assert!(value["open"].is_null());
    }
}
