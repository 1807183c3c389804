//! A plan as text that can be pasted into a shell: comments say where each value comes from, the last line
//! runs.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt as _;

use crate::image::Image;
use crate::origin::{Origin, Sourced};
use crate::plan::Plan;
use crate::platform::Platform;

/// A plan with what it is for.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The image and where it was named; none where nobody named one.
    pub image: Option<(&'a Image, &'a Origin)>,
    /// The platform.
    pub platform: Option<&'a Sourced<Platform>>,
    /// `-o` as go would be given it without staging.
    pub output: Option<&'a OsStr>,
}

/// For people, and for `sh`.
pub fn human(view: &View<'_>) -> String {
    let mut rows: Vec<(String, String)> = Vec::new();
    if let Some((image, origin)) = view.image {
        rows.push((format!("image {}", image.name), origin.to_string()));
        if let Some(taken) = &image.taken_for {
            rows.push((format!("  `{}` was taken for", image.written), taken.to_string()));
        }
        rows.push(("  what it offers".to_owned(), image.source.to_string()));
    }
    if let Some(platform) = view.platform {
        rows.push((format!("platform {}", platform.value), platform.origin.to_string()));
    }
    let plan = view.plan;
    rows.push((format!("{}", plan.go.value.display()), plan.go.origin.to_string()));
    rows.extend(plan.removed.iter().map(|(name, why)| (format!("{name} removed"), why.to_string())));
    rows.extend(
        plan.set.iter().map(|(name, value)| (format!("{name}={}", value.value), value.origin.to_string())),
    );
    if let Some(output) = &plan.output {
        rows.push((format!("-o {}", output.value.display()), output.origin.to_string()));
    }
    let words = plan.flags.iter().chain(&plan.packages);
    rows.extend(words.map(|word| (word.value.display().to_string(), word.origin.to_string())));
    let width =
        rows.iter().map(|(value, _)| value.chars().count()).filter(|width| *width <= 48).max().unwrap_or(0);
    let mut text = String::new();
    for (value, origin) in rows {
        let _ = writeln!(text, "# {value:width$}   {origin}");
    }
    // Outside the table: a long value of the user's would pull it apart.
    for (name, set) in &plan.inherited {
        let _ = writeln!(text, "# go reads {name}={} ({})", set.value, set.origin);
    }
    for note in &plan.notes {
        let _ = writeln!(text, "# note: {note}");
    }
    text.push_str(&line(view));
    text.push('\n');
    text
}

/// The command as one line of shell.
pub fn line(view: &View<'_>) -> String {
    let plan = view.plan;
    let mut words: Vec<OsString> = Vec::new();
    if !plan.removed.is_empty() {
        words.push("env".into());
        for name in plan.removed.keys() {
            words.push("-u".into());
            words.push((*name).into());
        }
    }
    let mut line: Vec<String> = words.iter().map(|word| quoted(word).into_owned()).collect();
    // The name of an assignment must stay bare, or the shell takes the word for a command.
    line.extend(plan.set.iter().map(|(name, value)| format!("{name}={}", quoted(OsStr::new(&value.value)))));
    line.push(quoted(plan.go.value.as_os_str()).into_owned());
    line.extend(plan.arguments(view.output).iter().map(|word| quoted(word).into_owned()));
    line.join(" ")
}

/// A word for `sh`. Bytes that are no text are shown as they can be shown; there is no portable spelling.
fn quoted(word: &OsStr) -> Cow<'_, str> {
    match shlex::bytes::try_quote(word.as_bytes()) {
        Ok(quoted) => match quoted {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        },
        Err(_) => word.to_string_lossy(),
    }
}
