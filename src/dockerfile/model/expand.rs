//! `$NAME`, `${NAME}` and the forms with a word, as `BuildKit` fills them in (its `shell/lex.go`).

use crate::shell::{Environment, Presence, Value};

/// A longer value is not kept, in bytes: four lines of `ENV A=$A$A$A$A` make one of any length.
const LONGEST: usize = 1 << 16;
/// Deeper words are not looked into: `${A:-${B:-${C:-…}}}`.
const DEEPEST: usize = 32;

/// A text with its variables filled in. A name that nothing sets is empty inside a text, as for Docker, and
/// [`Value::Unset`] where the text is nothing but that name; one that nobody knows is a hole in it.
pub fn expand(text: &str, env: &Environment) -> Value {
    expand_word(text, env, 0)
}

fn expand_word(text: &str, env: &Environment, depth: usize) -> Value {
    if text.len() > LONGEST || depth > DEEPEST {
        return Value::unknown(format!("`{}` is too long to be followed", shortened(text)));
    }
    let mut out = String::new();
    let mut rest = text;
    let mut only_unset = true;
    let mut in_double = false;
    // Why a part is not known: the first reason, where there is one.
    let mut unknown: Option<String> = None;
    while let Some(at) = rest.find(['$', '\\', '"', '\'']) {
        out.push_str(&rest[..at]);
        only_unset &= at == 0;
        let after = &rest[at + 1..];
        if rest[at..].starts_with('"') {
            in_double = !in_double;
            only_unset = false;
            rest = after;
            continue;
        }
        if rest[at..].starts_with('\'') {
            // Between single quotes nothing is filled in; between double ones they are letters.
            let (inside, following) = match after.split_once('\'').filter(|_| !in_double) {
                Some(parts) => parts,
                None => ("'", after),
            };
            out.push_str(inside);
            only_unset = false;
            rest = following;
            continue;
        }
        if rest[at..].starts_with('\\') {
            let next = after.chars().next();
            out.extend(next);
            rest = &after[next.map_or(0, char::len_utf8)..];
            only_unset = false;
            continue;
        }
        let (name, form, following) = match split(after) {
            Ok(parts) => parts,
            Err(reason) => return Value::unknown(format!("`{}` {reason}", shortened(text))),
        };
        rest = following;
        if name.is_empty() {
            out.push('$');
            only_unset = false;
            continue;
        }
        match filled(name, form, env, depth) {
            Value::Known(value) => {
                out.push_str(&value);
                only_unset = false;
            }
            Value::Unset => {}
            Value::Unknown(partly) => {
                out.push_str(&partly.text);
                unknown.get_or_insert(partly.reason);
                only_unset = false;
            }
        }
        if out.len() > LONGEST {
            return Value::unknown(format!("`{}` is too long to be followed", shortened(text)));
        }
    }
    out.push_str(rest);
    if only_unset && rest.is_empty() && !text.is_empty() {
        return Value::Unset;
    }
    Value::of(out, || unknown.unwrap_or_else(|| "it is known to the build alone".to_owned()))
}

/// As much of a text as fits into a message: 60 characters.
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The name behind a dollar, what stands behind it in its braces, and the rest.
fn split(after: &str) -> Result<(&str, &str, &str), &'static str> {
    let name_end = |text: &str| {
        text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(text.len())
    };
    let Some(inner) = after.strip_prefix('{') else {
        let (name, rest) = after.split_at(name_end(after));
        return Ok((name, "", rest));
    };
    let mut depth = 1_usize;
    for (at, letter) in inner.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let (name, form) = inner[..at].split_at(name_end(&inner[..at]));
            return Ok((name, form, &inner[at + 1..]));
        }
    }
    Err("has an open brace")
}

fn filled(name: &str, form: &str, env: &Environment, depth: usize) -> Value {
    let value = env.get(name);
    let unset_too = |value: &Value| matches!(value, Value::Unset);
    let empty = |value: &Value| {
        matches!(value, Value::Unset) || matches!(value, Value::Known(text) if text.is_empty())
    };
    let (operator, word) = match form.as_bytes() {
        [] => return value,
        [b':', b'-' | b'+' | b'?', ..] => form.split_at(2),
        [b'-' | b'+' | b'?', ..] => form.split_at(1),
        _ => {
            return Value::unknown(format!(
                "`{}` is more than this reader of Dockerfiles knows",
                shortened(&format!("${{{name}{form}}}"))
            ));
        }
    };
    let is_missing = if operator.starts_with(':') { empty(&value) } else { unset_too(&value) };
    match (operator.trim_start_matches(':'), value) {
        // An argument without default may be given: its own word is what the file alone says.
        ("-", Value::Unknown(partly)) if partly.presence == Presence::IfGiven => {
            expand_word(word, env, depth + 1)
        }
        ("+", Value::Unknown(partly)) if partly.presence == Presence::IfGiven => Value::Unset,
        // Whether it is empty nobody knows, and then the word may stand there.
        (_, Value::Unknown(partly)) => Value::unknown(partly.reason),
        ("-", _) if is_missing => match expand_word(word, env, depth + 1) {
            Value::Unset => Value::Known(String::new()),
            value => value,
        },
        ("+", _) if is_missing => Value::Known(String::new()),
        ("+", _) => expand_word(word, env, depth + 1),
        ("?", _) if is_missing => Value::unknown(format!("{name} has to be given")),
        (_, value) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::HOLE;

    fn env() -> Environment {
        let mut env = Environment::default();
        env.set("A", Value::Known("one".to_owned()));
        env.set("E", Value::Known(String::new()));
        env.set("U", Value::argument("U"));
        env.set("TARGETARCH", Value::unknown("TARGETARCH is given by the builder, not by the file"));
        env
    }

    #[test]
    fn every_form_is_filled_in_as_docker_does() {
        for (text, expected) in [
            ("$A", "one"),
            ("x${A}y$A", "xoneyone"),
            ("${N:-two}", "two"),
            ("${E:-two}", "two"),
            ("${E-two}", ""),
            ("${N-two}", "two"),
            ("${A:+yes}", "yes"),
            ("a${N:+yes}", "a"),
            ("a${E+yes}", "ayes"),
            ("${N:-${A}-x}", "one-x"),
            ("${U:-two}", "two"),
            ("\\$A", "$A"),
            ("\"$A b\"", "one b"),
            ("'$A'", "$A"),
            ("\"it's\"", "it's"),
            ("a$N", "a"),
            ("1$", "1$"),
        ] {
            assert_eq!(expand(text, &env()), Value::Known(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_nobody_knows_stays_unknown() {
        assert_eq!(expand("$N", &env()), Value::Unset);
        for text in ["$U", "x$TARGETARCH", "${TARGETARCH:-amd64}", "${A%x}", "${A", "${N:?no}"] {
            assert!(matches!(expand(text, &env()), Value::Unknown(_)), "{text}");
        }
    }

    #[test]
    fn what_stands_around_an_unknown_value_is_kept() {
        let Value::Unknown(partly) = expand("-X v=$TARGETARCH -s $A", &env()) else {
            panic!("it is unknown")
        };
        assert_eq!(partly.text, format!("-X v={HOLE} -s one"));
        assert!(partly.reason.starts_with("TARGETARCH"), "{}", partly.reason);
    }

    #[test]
    fn a_value_with_holes_does_not_grow_without_end() {
        let mut env = env();
        for _ in 0..40 {
            let value = expand("$TARGETARCH$B$B$B$B", &env);
            assert!(value.text().len() <= LONGEST);
            env.set("B", value);
        }
    }

    #[test]
    fn env_wins_over_arg() {
        let mut env = env();
        env.set_argument("A", Value::Known("two".to_owned()));
        env.set_argument("N", Value::Known("new".to_owned()));
        assert_eq!(expand("$A$N", &env), Value::Known("onenew".to_owned()));
    }
}
