//! What an image starts, for people and as JSON.

use serde::Serialize;

use super::style::plain;
use super::version::ShapeVersion;
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

/// What an image starts.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StartObject<'a> {
    version: ShapeVersion,
    /// The image's name.
    image: &'a str,
    /// The platform.
    platform: &'a Platform,
    /// Entry point and command in one list, as an engine joins them.
    command: &'a [String],
    /// The user that the configuration names, `root` where it names none.
    user: &'a str,
    /// The folder that it is started in.
    workdir: &'a str,
    /// Every file that is started, in order.
    steps: Vec<StartedFile<'a>>,
    /// Why it is not known what runs in the end; null where it is known.
    open: Option<&'a str>,
}

/// One file that is started, or was to be.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StartedFile<'a> {
    /// How it is named: `./app`, `app`, `/bin/sh`.
    word: &'a str,
    /// Who starts it: `engine`, `wrapper`, `shell`, `reader` for a script that is only read, `line` for what a `#!` line
    /// names, `env-line` for what `env` starts on such a line.
    by: &'static str,
    /// The wrapper, the shell or the script; null where it is the engine.
    starter: Option<&'a str>,
    /// Its path in the image, or where it was looked for.
    file: String,
    /// Where it is once links are followed; null where it is no file.
    real: Option<&'a str>,
}

impl<'a> StartObject<'a> {
    pub(super) fn of(image: &'a str, platform: &'a Platform, start: &'a Start) -> Self {
        Self {
            version: ShapeVersion,
            image,
            platform,
            command: &start.command,
            user: &start.user,
            workdir: &start.workdir,
            steps: start.steps.iter().map(StartedFile::of).collect(),
            open: start.open.as_deref(),
        }
    }
}

impl<'a> StartedFile<'a> {
    fn of(step: &'a Step) -> Self {
        let (by, starter) = match &step.by {
            By::Engine => ("engine", None),
            By::Wrapper { name } => ("wrapper", Some(name.as_str())),
            By::Shell { name, .. } => ("shell", Some(name.as_str())),
            By::Reader { name } => ("reader", Some(name.as_str())),
            By::Line { script } | By::TooDeep { script } => ("line", Some(script.as_str())),
            By::EnvLine { script } => ("env-line", Some(script.as_str())),
        };
        let real = match &step.found {
            Found::File { real, .. } => Some(real.as_str()),
            _ => None,
        };
        Self { word: &step.word, by, starter, file: name(step), real }
    }
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
    use serde_json::json;

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
        let (platform, start) = (Platform::linux("amd64"), start());
        let value = serde_json::to_value(StartObject::of("corp/app:1", &platform, &start)).unwrap();
        let second = json!({
            "word": "./app", "by": "shell", "starter": "sh", "file": "/srv/app", "real": "/srv/app",
        });
        assert_eq!(value["steps"][1], second);
        assert!(value["open"].is_null());
    }
}
