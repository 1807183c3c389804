//! A word with its variables filled in.

use super::lex::{self, Piece, Token, Word};
use super::value::{Environment, Value};

/// A longer word is not kept, in bytes: `A=$A$A$A$A` four times over is of any length.
const LONGEST: usize = 1 << 16;
/// Deeper words are not looked into: `${A:-${B:-${C:-…}}}`.
const DEEPEST: usize = 16;

/// The words that a word becomes: none for an unset variable without quotes, several where a known value has spaces in
/// it. What nobody knows stays as it is written.
pub fn words(word: &Word, env: &Environment) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut current: Option<String> = None;
    for piece in &word.pieces {
        let (text, splits) = match piece {
            Piece::Text { text, .. } | Piece::Output(text) => (text.clone(), false),
            Piece::Variable { name, form, quoted } => match variable(name, form, env, 0) {
                Value::Known(text) => (text, !quoted),
                Value::Unset if *quoted => (String::new(), false),
                Value::Unset => continue,
                Value::Unknown(_) => (written(name, form), false),
            },
        };
        if !splits {
            current.get_or_insert_default().push_str(&text);
            continue;
        }
        if text.starts_with(char::is_whitespace) {
            found.extend(current.take());
        }
        let mut fields = text.split_whitespace().peekable();
        while let Some(field) = fields.next() {
            current.get_or_insert_default().push_str(field);
            if fields.peek().is_some() || text.ends_with(char::is_whitespace) {
                found.extend(current.take());
            }
        }
    }
    found.extend(current);
    found.iter_mut().for_each(cut);
    found
}

/// The value that an assignment gives: no word is split there.
pub fn value(word: &Word, env: &Environment) -> Value {
    value_at(word, env, 0)
}

fn value_at(word: &Word, env: &Environment, depth: usize) -> Value {
    let mut out = String::new();
    for piece in &word.pieces {
        match piece {
            Piece::Text { text, .. } => out.push_str(text),
            Piece::Output(text) => return Value::Unknown(format!("`{text}` is known to the build alone")),
            Piece::Variable { name, form, .. } => match variable(name, form, env, depth) {
                Value::Known(text) => out.push_str(&text),
                Value::Unset => {}
                Value::Unknown(reason) => return Value::Unknown(reason),
            },
        }
        if out.len() > LONGEST {
            return Value::Unknown("it is too long to be followed".to_owned());
        }
    }
    Value::Known(out)
}

/// `${NAME:-word}` and the other forms with a word.
fn variable(name: &str, form: &str, env: &Environment, depth: usize) -> Value {
    let value = env.get(name);
    let (operator, word) = match form.as_bytes() {
        [] => return value,
        [b':', b'-' | b'+' | b'?' | b'=', ..] => form.split_at(2),
        [b'-' | b'+' | b'?' | b'=', ..] => form.split_at(1),
        // Whatever is done with it, nothing comes of nothing.
        _ if value == Value::Unset => return value,
        _ => return Value::Unknown(format!("`{}` is not followed", written(name, form))),
    };
    let is_missing = match &value {
        Value::Unset => true,
        Value::Known(text) => operator.starts_with(':') && text.is_empty(),
        Value::Unknown(_) => return value,
    };
    match operator.trim_start_matches(':') {
        "+" if is_missing => Value::Unset,
        "+" => inner(word, env, depth),
        "?" if is_missing => Value::Unknown(format!("{name} has to be given")),
        _ if is_missing => inner(word, env, depth),
        _ => value,
    }
}

fn inner(text: &str, env: &Environment, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Unknown(format!("`{text}` is too deep to be followed"));
    }
    let mut all = lex::tokens(text).into_iter().map(|(_, token)| token);
    match (all.next(), all.next()) {
        (None, _) => Value::Known(String::new()),
        (Some(Token::Word(word)), None) => value_at(&word, env, depth + 1),
        _ if text.contains(['$', '`', '"', '\'', '\\']) => {
            Value::Unknown(format!("`{text}` is not followed"))
        }
        _ => Value::Known(text.to_owned()),
    }
}

/// As it stood in the text.
fn written(name: &str, form: &str) -> String {
    if form.is_empty() { format!("${name}") } else { format!("${{{name}{form}}}") }
}

fn cut(word: &mut String) {
    if word.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|end| word.is_char_boundary(*end)).unwrap_or(0);
        word.truncate(end);
    }
}
