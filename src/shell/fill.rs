//! A word with its variables filled in.

use super::lex;
use super::pattern::Pattern;
use super::token::{Piece, Token, Word};
use super::value::{Environment, HOLE, Value, WORDS, has_hole};

/// A longer word is not kept, in bytes: `A=$A$A$A$A` four times over is of any length.
const LONGEST: usize = 1 << 16;
/// Deeper words are not looked into: `${A:-${B:-${C:-…}}}`.
const DEEPEST: usize = 16;

/// What a word is filled in from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    /// The variables.
    pub(super) variables: &'a Environment,
    /// `$1` and those that follow; none where nobody knows.
    pub(super) arguments: Option<&'a [String]>,
}

/// A word that is being put together.
#[derive(Default)]
struct Fields {
    done: Vec<String>,
    current: Option<String>,
    /// Whether the current one has something that is no hole, or stands in quotes.
    solid: bool,
}

impl Fields {
    fn push(&mut self, text: &str, solid: bool) {
        self.current.get_or_insert_default().push_str(text);
        self.solid |= solid;
    }

    fn end(&mut self) {
        let solid = std::mem::take(&mut self.solid);
        let Some(mut word) = self.current.take() else { return };
        // What is nothing but holes, and in no quotes, may be split into any number of words.
        if !solid && !word.is_empty() {
            word = WORDS.to_string();
        }
        if word.len() > LONGEST {
            word = HOLE.to_string();
        }
        self.done.push(word);
    }

    /// An expansion outside of quotes ends words at its spaces.
    fn split(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.end();
        }
        let mut fields = text.split_whitespace().peekable();
        while let Some(field) = fields.next() {
            self.push(field, field.chars().any(|letter| letter != HOLE));
            if fields.peek().is_some() || text.ends_with(char::is_whitespace) {
                self.end();
            }
        }
    }
}

/// The words that a word becomes: none for an unset variable without quotes, several where a known value has spaces in
/// it. What nobody knows is a [`HOLE`] in its word, or [`WORDS`] where it may be several.
pub(super) fn words(word: &Word, scope: Scope<'_>) -> Vec<String> {
    let mut fields = Fields::default();
    // Where there are no arguments, `"$@"` is no word, and not an empty one.
    let is_list =
        word.pieces.iter().any(|piece| matches!(piece, Piece::Variable { name, .. } if name == "@"));
    for (at, piece) in word.pieces.iter().enumerate() {
        match piece {
            Piece::Text { text, .. } if is_list && text.is_empty() => {}
            Piece::Text { text, quoted } => match text.strip_prefix('~').filter(|_| !quoted && at == 0) {
                Some(rest) => fields.push(&home(rest, scope), true),
                None => fields.push(text, *quoted || text.chars().any(|letter| letter != HOLE)),
            },
            Piece::Output { quoted, .. } => fields.push(&HOLE.to_string(), *quoted),
            Piece::Variable { name, form, quoted, .. } if form.is_empty() && matches!(&**name, "@" | "*") => {
                list(&mut fields, name == "*" && *quoted, *quoted, scope);
            }
            Piece::Variable { name, form, quoted, .. } => match variable(name, form, *quoted, scope, 0) {
                Value::Unset if !quoted => {}
                value if *quoted => fields.push(value.text(), true),
                // With separators of its own nobody tells here where a word ends.
                value if scope.variables.has("IFS") && !value.text().is_empty() => {
                    fields.push(&HOLE.to_string(), false);
                }
                value => fields.split(value.text()),
            },
        }
    }
    fields.end();
    fields.done
}

/// `$@` and `$*`.
fn list(fields: &mut Fields, joined: bool, quoted: bool, scope: Scope<'_>) {
    let Some(arguments) = scope.arguments else {
        fields.push(&HOLE.to_string(), joined);
        return;
    };
    if joined {
        fields.push(&arguments.join(" "), true);
        return;
    }
    for (at, argument) in arguments.iter().enumerate() {
        if at > 0 {
            fields.end();
        }
        if argument.chars().all(|letter| letter == WORDS) && !argument.is_empty() {
            fields.push(&HOLE.to_string(), false);
        } else if quoted {
            fields.push(argument, true);
        } else {
            fields.split(argument);
        }
    }
}

/// `~` and `~/x`: the home folder, where a variable names it.
fn home(rest: &str, scope: Scope<'_>) -> String {
    let own = rest.is_empty() || rest.starts_with('/');
    match scope.variables.get("HOME") {
        Value::Known(home) if own => format!("{home}{rest}"),
        _ => HOLE.to_string(),
    }
}

/// The value that an assignment gives: no word is split there.
pub(super) fn value(word: &Word, scope: Scope<'_>) -> Value {
    value_at(word, scope, 0)
}

fn value_at(word: &Word, scope: Scope<'_>, depth: usize) -> Value {
    let mut out = String::new();
    let mut unknown: Option<String> = None;
    for (at, piece) in word.pieces.iter().enumerate() {
        match piece {
            Piece::Text { text, quoted } => match text.strip_prefix('~').filter(|_| !quoted && at == 0) {
                Some(rest) => out.push_str(&home(rest, scope)),
                None => out.push_str(text),
            },
            Piece::Output { text, .. } => {
                out.push(HOLE);
                unknown.get_or_insert_with(|| format!("`{text}` is known to the build alone"));
            }
            Piece::Variable { name, form, quoted, .. } => {
                let value = variable(name, form, *quoted, scope, depth);
                out.push_str(value.text());
                if let Value::Unknown(partly) = value {
                    unknown.get_or_insert(partly.reason);
                }
            }
        }
        if out.len() > LONGEST {
            return Value::unknown("it is too long to be followed");
        }
    }
    Value::of(out, || unknown.unwrap_or_else(|| "the home folder is known to the build alone".to_owned()))
}

/// What an assignment inside of a word sets: `${NAME:=word}`, where the name has no value yet.
pub(super) fn assigned(word: &Word, scope: Scope<'_>) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for piece in &word.pieces {
        let Piece::Variable { name, form, quoted, .. } = piece else { continue };
        if form.starts_with(":=") || form.starts_with('=') {
            found.push((name.clone(), variable(name, form, *quoted, scope, 0)));
        }
    }
    found
}

/// The pattern that a word is; none where a part of it is known to the build alone.
pub(super) fn pattern(word: &Word, scope: Scope<'_>) -> Option<Pattern> {
    let mut found = Pattern::default();
    for piece in &word.pieces {
        match piece {
            Piece::Text { text, quoted } => found.push(text, *quoted),
            Piece::Output { .. } => return None,
            Piece::Variable { name, form, quoted, .. } => match variable(name, form, *quoted, scope, 0) {
                Value::Known(text) => found.push(&text, *quoted),
                Value::Unset => {}
                Value::Unknown(_) => return None,
            },
        }
    }
    Some(found)
}

/// The value of a name, special parameters included.
fn named(name: &str, scope: Scope<'_>) -> Value {
    let unknown = || Value::unknown(format!("${name} is known to the build alone"));
    match (name, scope.arguments) {
        ("@" | "*", Some(arguments)) => {
            Value::of(arguments.join(" "), || "the arguments are known to the build alone".to_owned())
        }
        ("#", Some(arguments)) if !arguments.iter().any(|word| word.contains(WORDS)) => {
            Value::Known(arguments.len().to_string())
        }
        ("@" | "*" | "#" | "?" | "$" | "!" | "-" | "0", _) => unknown(),
        (name, arguments) => match (name.parse::<usize>(), arguments) {
            (Ok(number), Some(arguments)) => {
                let until = &arguments[..number.min(arguments.len())];
                match number.checked_sub(1).and_then(|at| arguments.get(at)) {
                    // Nobody knows which one it is behind a word that may be several.
                    _ if until.iter().any(|word| word.contains(WORDS)) => unknown(),
                    Some(text) => Value::of(text.clone(), || format!("${name} is known to the build alone")),
                    None => Value::Unset,
                }
            }
            (Ok(_), None) => unknown(),
            (Err(_), _) => scope.variables.get(name),
        },
    }
}

/// `${NAME:-word}` and the other forms with a word.
fn variable(name: &str, form: &str, quoted: bool, scope: Scope<'_>, depth: usize) -> Value {
    let value = named(name, scope);
    let (operator, word) = match form.as_bytes() {
        [] => return value,
        [b':', b'-' | b'+' | b'?' | b'=', ..] | [b'#', b'#', ..] | [b'%', b'%', ..] => form.split_at(2),
        [b'-' | b'+' | b'?' | b'=' | b'#' | b'%', ..] => form.split_at(1),
        _ => return Value::unknown(format!("`{}` is not followed", written(name, form))),
    };
    if operator.starts_with(['#', '%']) {
        return trimmed(value, operator, word, scope, depth);
    }
    let is_missing = match &value {
        Value::Unset => true,
        Value::Known(text) => operator.starts_with(':') && text.is_empty(),
        // It is there, and not empty, where a part of it is known.
        Value::Unknown(partly) if partly.text.chars().any(|letter| letter != HOLE) => false,
        Value::Unknown(_) => return value,
    };
    match operator.trim_start_matches(':') {
        "+" if is_missing => Value::Unset,
        "+" => inner(word, quoted, scope, depth),
        "?" if is_missing => Value::unknown(format!("{name} has to be given")),
        _ if is_missing => inner(word, quoted, scope, depth),
        _ => value,
    }
}

/// `${NAME#pattern}`, `${NAME##pattern}`, `${NAME%pattern}`, `${NAME%%pattern}`.
fn trimmed(value: Value, operator: &str, word: &str, scope: Scope<'_>, depth: usize) -> Value {
    let text = match &value {
        Value::Known(text) => text,
        // Nothing comes of nothing.
        Value::Unset => return value,
        Value::Unknown(partly) => return Value::unknown(partly.reason.clone()),
    };
    let unknown = || Value::unknown(format!("the pattern `{word}` is not followed"));
    let mut all = lex::tokens(word).into_iter().map(|(_, token)| token);
    let pattern = match (all.next(), all.next()) {
        (None, _) if word.is_empty() => Some(Pattern::default()),
        (Some(Token::Word(found)), None) if depth <= DEEPEST && found.span == (0..word.len()) => {
            pattern(&found, scope)
        }
        _ => None,
    };
    let Some(pattern) = pattern else { return unknown() };
    match pattern.without(text, operator.starts_with('%'), operator.len() == 2) {
        Some(rest) => Value::Known(rest.to_owned()),
        None => unknown(),
    }
}

/// The word of a form; between double quotes a single one is a letter.
fn inner(text: &str, quoted: bool, scope: Scope<'_>, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::unknown(format!("`{text}` is too deep to be followed"));
    }
    if text.contains('#') || (quoted && text.contains(['\'', '"', '\\'])) {
        return Value::unknown(format!("`{text}` is not followed"));
    }
    let mut all = lex::tokens(text).into_iter().map(|(_, token)| token);
    match (all.next(), all.next()) {
        (None, _) => Value::Known(String::new()),
        (Some(Token::Word(word)), None) if word.span == (0..text.len()) => value_at(&word, scope, depth + 1),
        _ if text.contains(['$', '`', '"', '\'', '\\']) || has_hole(text) => {
            Value::unknown(format!("`{text}` is not followed"))
        }
        _ => Value::Known(text.to_owned()),
    }
}

/// As it stood in the text.
fn written(name: &str, form: &str) -> String {
    if form.is_empty() { format!("${name}") } else { format!("${{{name}{form}}}") }
}
