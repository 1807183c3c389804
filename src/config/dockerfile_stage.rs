//! Which image the final stage of a Dockerfile is built on.
//!
//! Reads `FROM`, and the `ARG` in front of the first one; everything else is stepped over, with the
//! bodies of here-documents, where a line can begin with FROM and mean nothing. What depends on a value
//! that is only given to `docker build` is not guessed.

use std::collections::BTreeMap;

/// The image of the final stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The image as written, with the defaults of `ARG` filled in.
    pub image: String,
    /// `--platform` of the final stage where it is written out; none for `$TARGETPLATFORM` and the like.
    pub platform: Option<String>,
    /// 1-based line of the `FROM` that names the image.
    pub line: usize,
}

/// Why the image is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// 1-based line of the `FROM` in question; none where there is no stage at all.
    pub line: Option<usize>,
    /// The reason as a clause: `ARG BASE has no default`.
    pub reason: String,
}

/// The image of the last stage, followed through the stages it is built on.
pub fn final_stage(dockerfile: &str) -> Result<Stage, Unresolved> {
    let mut defaults = BTreeMap::new();
    let mut stages: Vec<From> = Vec::new();
    for (line, text) in instructions(dockerfile) {
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((&text, ""));
        if word.eq_ignore_ascii_case("FROM") {
            stages.push(From::read(line, rest, &defaults, &stages));
        } else if word.eq_ignore_ascii_case("ARG") && stages.is_empty() {
            for word in words(rest) {
                let (name, default) =
                    word.split_once('=').map_or((&*word, None), |(name, value)| (name, Some(value)));
                let default = default.and_then(|default| expand(default, &defaults).ok());
                defaults.insert(name.to_owned(), default);
            }
        }
    }
    match stages.pop() {
        Some(From { base: Ok(stage), .. }) => Ok(stage),
        Some(From { base: Err(unresolved), .. }) => Err(unresolved),
        None => Err(Unresolved { line: None, reason: "there is no FROM in it".to_owned() }),
    }
}

/// One stage: its name, and the image at the bottom of it.
struct From {
    name: Option<String>,
    base: Result<Stage, Unresolved>,
}

impl From {
    fn read(line: usize, rest: &str, defaults: &Defaults, earlier: &[Self]) -> Self {
        let mut words = rest.split_whitespace();
        let mut platform = None;
        let mut image = words.next();
        while let Some(flag) = image.filter(|word| word.starts_with("--")) {
            if let Some(value) = flag.strip_prefix("--platform=") {
                platform = expand(value, defaults).ok();
            }
            image = words.next();
        }
        let name = match (words.next(), words.next()) {
            (Some(word), Some(name)) if word.eq_ignore_ascii_case("AS") => Some(name.to_owned()),
            _ => None,
        };
        let unresolved = |reason| Unresolved { line: Some(line), reason };
        let base = match image.map(|image| expand(image, defaults)) {
            None => Err(unresolved("FROM names no image".to_owned())),
            Some(Err(reason)) => Err(unresolved(reason)),
            Some(Ok(image)) if image.is_empty() => Err(unresolved("FROM names no image".to_owned())),
            Some(Ok(image)) => {
                let stage = earlier.iter().rev().find(|stage| {
                    stage.name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(&image))
                });
                match stage {
                    Some(stage) => {
                        stage.base.clone().map(|base| Stage { platform: platform.or(base.platform), ..base })
                    }
                    None => Ok(Stage { image, platform, line }),
                }
            }
        };
        Self { name, base }
    }
}

/// Build arguments with their default, where they have one.
type Defaults = BTreeMap<String, Option<String>>;

/// Fills in `$NAME`, `${NAME}`, `${NAME:-word}` and `${NAME:+word}`.
fn expand(text: &str, defaults: &Defaults) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let (name, word) = if let Some(inner) = rest.strip_prefix('{') {
            let (inner, after) =
                inner.split_once('}').ok_or_else(|| format!("`{text}` has an open brace"))?;
            rest = after;
            let at = inner.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
            let (name, word) = inner.split_at(at.unwrap_or(inner.len()));
            (name, Some(word).filter(|word| !word.is_empty()))
        } else {
            let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
            let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
            rest = after;
            (name, None)
        };
        let value = defaults.get(name).and_then(Option::as_deref);
        match (value.filter(|value| !value.is_empty()), word.map(|word| word.split_at(word.len().min(2)))) {
            (Some(value), None | Some((":-", _))) => out.push_str(value),
            (Some(_), Some((":+", word))) | (None, Some((":-", word))) => out.push_str(word),
            (None, Some((":+", _))) => {}
            (_, Some(_)) => return Err(format!("`{text}` is more than this reader of Dockerfiles knows")),
            (None, None) if value.is_some() => {}
            (None, None) if defaults.contains_key(name) => return Err(format!("ARG {name} has no default")),
            (None, None) => return Err(format!("{name} is given by the builder, not by the file")),
        }
    }
    out.push_str(rest);
    Ok(out)
}

/// Words with quotes taken off, as in `ARG A="x y" B=z`.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for letter in text.chars() {
        match quote {
            Some(open) if letter == open => quote = None,
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            None if letter.is_whitespace() => words.push(std::mem::take(&mut word)),
            _ => word.push(letter),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// Instructions with the line they begin on; continued lines are joined, comments are gone.
fn instructions(dockerfile: &str) -> Vec<(usize, String)> {
    let escape = escape_letter(dockerfile);
    let mut lines = dockerfile.lines().enumerate();
    let mut found = Vec::new();
    while let Some((number, line)) = lines.next() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let mut text = line.trim().to_owned();
        while let Some(open) = text.strip_suffix(escape) {
            text.truncate(open.len());
            let next = lines
                .by_ref()
                .map(|(_, line)| line.trim())
                .find(|line| !line.is_empty() && !line.starts_with('#'));
            match next {
                Some(line) => text.push_str(line),
                None => break,
            }
        }
        for end in here_documents(&text) {
            // The body ends at the line that is its word alone.
            let _ = lines.by_ref().find(|(_, line)| line.trim_start_matches('\t').trim_end() == end);
        }
        found.push((number + 1, text));
    }
    found
}

/// The `# escape=` directive counts only in the comments at the very top.
fn escape_letter(dockerfile: &str) -> char {
    let directives = dockerfile.lines().map_while(|line| line.trim().strip_prefix('#')?.split_once('='));
    let mut escapes = directives.filter(|(name, _)| name.trim().eq_ignore_ascii_case("escape"));
    escapes.next().and_then(|(_, value)| value.trim().chars().next()).unwrap_or('\\')
}

/// The words that end the here-documents of an instruction: `RUN <<EOF`, `COPY <<-'A' <<B /x/`.
fn here_documents(text: &str) -> Vec<String> {
    let takes_them = ["RUN", "COPY", "ADD"].iter().any(|name| {
        text.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name))
            && text[name.len()..].starts_with(char::is_whitespace)
    });
    if !takes_them {
        return Vec::new();
    }
    let documents = text.split_whitespace().filter_map(|word| {
        let (before, word) = word.split_once("<<")?;
        // A file descriptor may stand in front; `<<<` is a shell's here-string.
        let plain = before.chars().all(|letter| letter.is_ascii_digit()) && !word.starts_with('<');
        let word = word.trim_start_matches('-').trim_matches(['"', '\'']);
        (plain && word.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_'))
            .then(|| word.to_owned())
    });
    documents.collect()
}

#[cfg(test)]
mod tests;
