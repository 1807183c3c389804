//! Words of a Dockerfile: quoting, and the build arguments that a value names.

use std::fmt::Write as _;

/// A value in double quotes, as `LABEL` and `ENV` read it. `$NAME` and `${NAME}` stay what they are, and so
/// does `\$`; any other dollar is one.
pub(super) fn quoted(value: &str) -> String {
    let mut text = String::from("\"");
    let mut letters = value.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek() == Some(&'$') => {
                text.push('\\');
                text.extend(letters.next());
            }
            '$' if !letters.peek().is_some_and(|next| *next == '{' || begins_a_name(*next)) => {
                text.push_str("\\$");
            }
            '"' | '\\' => {
                text.push('\\');
                text.push(letter);
            }
            other => text.push(other),
        }
    }
    text.push('"');
    text
}

fn begins_a_name(letter: char) -> bool {
    letter.is_ascii_alphabetic() || letter == '_'
}

/// The build arguments that a value names, in order, each once.
pub(super) fn arguments<'a>(values: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for value in values {
        let mut rest = value;
        while let Some(at) = rest.find('$') {
            let escaped = rest[..at].ends_with('\\');
            rest = &rest[at + 1..];
            let inner = rest.strip_prefix('{').unwrap_or(rest);
            let end = inner.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
            let name = &inner[..end.unwrap_or(inner.len())];
            if !escaped && name.starts_with(begins_a_name) && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// A word for a shell: as it is where nothing in it means anything, in double quotes where it names a build
/// argument (`${NAME}`), else in single ones.
pub(super) fn shell(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./=:,@%+".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    if !word.contains("${") {
        return format!("'{}'", word.replace('\'', "'\\''"));
    }
    let mut text = String::from("\"");
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let escape = match letter {
            '"' | '\\' | '`' => true,
            '$' => letters.peek() != Some(&'{'),
            _ => false,
        };
        let _ = if escape { write!(text, "\\{letter}") } else { write!(text, "{letter}") };
    }
    text.push('"');
    text
}

/// Exec form: a JSON list, which no shell reads.
pub(super) fn exec(words: &[String]) -> String {
    let words: Vec<String> =
        words.iter().map(|word| serde_json::Value::from(word.as_str()).to_string()).collect();
    format!("[{}]", words.join(", "))
}

/// Sources and destination of `COPY`; as a list where a path has a space in it.
pub(super) fn copied(from: &[String], to: &str) -> String {
    let all = || from.iter().map(String::as_str).chain([to]);
    if all().any(|path| path.contains([' ', '\t', '"', '\'']) || path.starts_with('[')) {
        return exec(&all().map(str::to_owned).collect::<Vec<_>>());
    }
    all().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_and_keep_their_arguments() {
        assert_eq!(quoted(r#"a "b" \ ${V} \$N $$5 $"#), r#""a \"b\" \\ ${V} \$N \$\$5 \$""#);
        assert_eq!(arguments(["${A}-$B_1.x", r"\$C $A ${D:-x}", "$", "$$5"]), ["A", "B_1", "D"]);
    }

    #[test]
    fn shell_words_are_quoted_where_they_have_to() {
        for (word, expected) in [
            ("./cmd/rpc", "./cmd/rpc"),
            ("", "''"),
            ("-s -w", "'-s -w'"),
            ("it's", r"'it'\''s'"),
            ("-X main.v=${V} \"$x", r#""-X main.v=${V} \"\$x""#),
        ] {
            assert_eq!(shell(word), expected, "{word}");
        }
    }

    #[test]
    fn paths_with_a_space_are_a_list() {
        assert_eq!(copied(&["etc".into()], "./etc"), "etc ./etc");
        assert_eq!(copied(&["my etc".into()], "./etc"), r#"["my etc", "./etc"]"#);
        assert_eq!(exec(&["/app/r\"".into(), "-x".into()]), r#"["/app/r\"", "-x"]"#);
    }
}
