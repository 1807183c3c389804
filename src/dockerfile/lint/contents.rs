//! What the file itself puts into the final image: enough to know whether a path can be there.

use super::facts::{At, Facts};
use crate::dockerfile::parse::What;

/// Something that the file puts somewhere.
pub(super) struct Placed {
    /// The absolute path of the file or folder.
    pub(super) path: String,
    /// Whether it is one file, or may be a folder with more below.
    pub(super) is_file: Option<bool>,
    /// The path in the context, where it comes from there.
    pub(super) from_context: Option<String>,
    /// Where it is written.
    pub(super) span: std::ops::Range<usize>,
    /// Whether `--chmod` gives it a mode.
    pub(super) chmod: bool,
}

/// Everything placed by `COPY` and `ADD`, in order; none where something is copied that could be anything.
pub(super) fn placed(facts: &Facts<'_>) -> Option<Vec<Placed>> {
    let mut workdir = "/".to_owned();
    let mut found = Vec::new();
    for at in facts.final_steps() {
        match &at.step.what {
            What::Workdir(word) => workdir = join(&workdir, &facts.known(at, &word.text)?),
            What::Copy(copy) => {
                let to = facts.known(at, &copy.to.text)?;
                let target = join(&workdir, &to);
                let several = copy.sources.len() + copy.documents > 1;
                let into = to.ends_with('/') || to == "." || to == "./" || several;
                for source in &copy.sources {
                    let path = facts.known(at, &source.text)?;
                    if copy.adds && (path.contains(".tar") || path.contains(".tgz")) {
                        return None;
                    }
                    found.push(place(
                        facts,
                        copy.from.is_none(),
                        &path,
                        &target,
                        into,
                        at,
                        copy.chmod.is_some(),
                    )?);
                }
                if copy.documents > 0 {
                    found.push(Placed {
                        path: target.clone(),
                        is_file: None,
                        from_context: None,
                        span: at.step.span.clone(),
                        chmod: copy.chmod.is_some(),
                    });
                }
            }
            _ => {}
        }
    }
    Some(found)
}

fn place(
    facts: &Facts<'_>,
    from_context: bool,
    path: &str,
    target: &str,
    into: bool,
    at: At<'_>,
    chmod: bool,
) -> Option<Placed> {
    let trimmed = path.trim_start_matches('/').trim_end_matches('/').trim_start_matches("./");
    let base = trimmed.rsplit('/').next().unwrap_or_default();
    if base.is_empty() || base == "." || base.contains(['*', '?', '[']) {
        // A whole root, or names that nobody wrote: could be anything.
        return (target != "/").then(|| Placed {
            path: target.to_owned(),
            is_file: Some(false),
            from_context: None,
            span: at.step.span.clone(),
            chmod,
        });
    }
    let entry = facts.context.entry(trimmed).filter(|_| from_context);
    let is_file = match entry {
        Some(entry) => Some(!entry.folder),
        None if path.ends_with('/') => Some(false),
        None => None,
    };
    // A folder's content goes into the target; a file goes under its own name where the target is a folder.
    let lands = if into && is_file != Some(false) { join(target, base) } else { target.to_owned() };
    Some(Placed {
        path: lands,
        is_file,
        from_context: from_context.then(|| trimmed.to_owned()),
        span: at.step.span.clone(),
        chmod,
    })
}

/// A path in the image, absolute and without dots.
pub(super) fn join(folder: &str, path: &str) -> String {
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{folder}/{path}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// The folder in which the final stage starts.
pub(super) fn workdir(facts: &Facts<'_>) -> Option<String> {
    let mut workdir = None;
    for at in facts.final_steps() {
        if let What::Workdir(word) = &at.step.what {
            let path = facts.known(at, &word.text)?;
            workdir = Some(join(workdir.as_deref().unwrap_or("/"), &path));
        }
    }
    Some(workdir.unwrap_or_else(|| "/".to_owned()))
}

/// Whether the final stage copies something whose path, or whose source, has one of the words in it; what could
/// be anything may bring it too.
pub(super) fn brings(facts: &Facts<'_>, words: &[&str]) -> bool {
    if placed(facts).is_none() {
        return true;
    }
    facts.final_steps().iter().any(|at| {
        let text = facts.resolved.file.text.get(at.step.span.clone()).unwrap_or_default();
        let puts = matches!(at.step.what, What::Copy(_) | What::Workdir(_) | What::Volume(_));
        puts && words.iter().any(|word| text.contains(word))
    })
}
