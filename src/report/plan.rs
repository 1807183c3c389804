//! A plan as text that can be pasted into a shell: comments say where each value comes from, the last line
//! runs.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt as _;

use serde_json::{Value, json};

use crate::image::Image;
use crate::origin::{Origin, Sourced};
use crate::plan::Plan;
use crate::plan::code::Package;
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

/// The object for `--message-format json`.
pub fn json(view: &View<'_>) -> Value {
    let plan = view.plan;
    let sourced = |value: &str, origin: &Origin| json!({ "value": value, "origin": origin.to_string() });
    let set: serde_json::Map<String, Value> = plan
        .set
        .iter()
        .map(|(name, value)| ((*name).to_owned(), sourced(&value.value, &value.origin)))
        .collect();
    let removed: serde_json::Map<String, Value> =
        plan.removed.iter().map(|(name, why)| ((*name).to_owned(), Value::from(why.to_string()))).collect();
    let inherited: serde_json::Map<String, Value> = plan
        .inherited
        .iter()
        .map(|(name, value)| (name.clone(), sourced(&value.value, &value.origin)))
        .collect();
    let words: Vec<Value> = plan
        .flags
        .iter()
        .chain(&plan.packages)
        .map(|word| sourced(&word.value.to_string_lossy(), &word.origin))
        .collect();
    json!({
        "reason": "plan",
        "version": super::json::VERSION,
        "image": view.image.map(|(image, origin)| json!({
            "name": image.name,
            "written": image.written,
            "origin": origin.to_string(),
            "source": image.source,
        })),
        "platform": view.platform.map(|platform| sourced(&platform.value.to_string(), &platform.origin)),
        "go": sourced(&plan.go.value.to_string_lossy(), &plan.go.origin),
        "directory": plan.dir.to_string_lossy(),
        "set": set,
        "removed": removed,
        "inherited": inherited,
        "cgo": plan.cgo.as_ref().map(|cgo| json!({
            "enabled": cgo.value,
            "origin": cgo.origin.to_string(),
            "compiler": plan.cc.as_ref().filter(|_| cgo.value).map(|cc| sourced(&cc.value, &cc.origin)),
            "packages": plan.code.as_ref().map(|code| code.packages.iter().map(package).collect::<Vec<_>>()),
        })),
        "output": plan.output.as_ref().map(|output| sourced(&output.value.to_string_lossy(), &output.origin)),
        "arguments": words,
        "notes": plan.notes,
        "shell": line(view),
    })
}

/// A package with C code.
fn package(package: &Package) -> Value {
    json!({
        "path": package.path,
        "version": package.version,
        "imports": package.chain,
        "without_cgo": package.without_cgo(),
    })
}
