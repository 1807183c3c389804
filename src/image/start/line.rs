//! The first command of a shell's `-c`, as far as it is plain: what the words are without any expansion.
//!
//! Source: POSIX, Shell Command Language, 2.2 (quoting), 2.3 (tokens), 2.9.1 (simple commands).

/// What a text begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum First {
    /// A command.
    Command {
        /// Assignments in front of it; a value that is expanded is none.
        variables: Vec<(String, Option<String>)>,
        /// Its words; none for a word that is expanded. The first one is plain.
        words: Vec<Option<String>>,
        /// Whether more commands follow.
        more: bool,
    },
    /// Something whose outcome the text alone does not say: the word.
    Open(String),
}

/// Words that no file is started for.
const OWN: &[&str] = &[
    "!", ".", ":", "[", "[[", "alias", "bg", "break", "builtin", "case", "cd", "command", "continue",
    "declare", "echo", "eval", "exit", "export", "false", "fg", "for", "function", "getopts", "hash", "if",
    "jobs", "kill", "let", "local", "printf", "pwd", "read", "readonly", "return", "select", "set", "shift",
    "shopt", "source", "test", "time", "times", "trap", "true", "type", "ulimit", "umask", "unalias",
    "unset", "until", "wait", "while", "{", "}", "(", ")",
];

/// Reads the first command.
pub(super) fn first(text: &str) -> First {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    let mut more = false;
    while let Some(next) = rest.chars().next() {
        match next {
            ' ' | '\t' => rest = &rest[1..],
            '\\' if rest.starts_with("\\\n") => rest = &rest[2..],
            '\n' | ';' | '&' | '|' => {
                more = !rest.trim_matches(['\n', ';', '&', ' ', '\t']).is_empty() || next == '&';
                break;
            }
            '#' => break,
            '(' | ')' | '{' if words.is_empty() => return First::Open(next.to_string()),
            _ => {
                let (word, behind) = word(rest);
                words.push((word, &rest[..rest.len() - behind.len()]));
                rest = behind;
            }
        }
    }
    let mut words: std::collections::VecDeque<(Option<String>, &str)> = words.into();
    let mut variables = Vec::new();
    loop {
        let Some((word, written)) = words.front() else { return First::Open(text.trim().to_owned()) };
        if let Some(name) = assigned(written) {
            let value =
                word.as_deref().and_then(|word| word.split_once('=')).map(|(_, value)| value.to_owned());
            variables.push((name.to_owned(), value));
            words.pop_front();
        } else if redirection(written) {
            // What follows an operator without a file behind it is the file.
            let alone = written.ends_with(['<', '>']);
            words.pop_front();
            if alone {
                words.pop_front();
            }
        } else if *written == "exec" {
            words.pop_front();
            if words.front().is_some_and(|(_, written)| written.starts_with('-')) {
                return First::Open("exec".to_owned());
            }
        } else {
            let Some(word) = word else { return First::Open((*written).to_owned()) };
            if OWN.contains(&word.as_str()) {
                return First::Open(word.clone());
            }
            break;
        }
    }
    words.retain(|(_, written)| !redirection(written));
    First::Command { variables, words: words.into_iter().map(|(word, _)| word).collect(), more }
}

/// The name that a word gives a value.
fn assigned(written: &str) -> Option<&str> {
    let (name, _) = written.split_once('=')?;
    let mut chars = name.chars();
    let first = chars.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
    (first && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')).then_some(name)
}

fn redirection(written: &str) -> bool {
    let bare = written.trim_start_matches(|c: char| c.is_ascii_digit());
    bare.starts_with(['<', '>'])
}

/// One word, and what is behind it; none where it is not plain.
fn word(text: &str) -> (Option<String>, &str) {
    let mut plain = Some(String::new());
    let mut push = |c: Option<char>| match (c, &mut plain) {
        (Some(c), Some(word)) => word.push(c),
        _ => plain = None,
    };
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            ' ' | '\t' | '\n' | ';' | '|' => return (plain, &text[at..]),
            // `2>&1` is one word here; a `&` anywhere else ends it.
            '&' if !text[..at].ends_with(['>', '<']) => return (plain, &text[at..]),
            '\'' => {
                for (_, c) in chars.by_ref().take_while(|(_, c)| *c != '\'') {
                    push(Some(c));
                }
            }
            '"' => {
                while let Some((_, c)) = chars.next().filter(|(_, c)| *c != '"') {
                    match c {
                        '\\' => push(chars.next().map(|(_, c)| c)),
                        '$' | '`' => push(None),
                        c => push(Some(c)),
                    }
                }
            }
            '\\' => push(chars.next().map(|(_, c)| c)),
            '$' | '`' | '*' | '?' | '[' | '~' | '(' | ')' if !(c == '[' && text.starts_with("[ ")) => {
                push(None);
            }
            c => push(Some(c)),
        }
    }
    (plain, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> (Vec<String>, bool) {
        match first(text) {
            First::Command { words, more, .. } => {
                (words.into_iter().map(|word| word.unwrap_or_else(|| "?".to_owned())).collect(), more)
            }
            First::Open(word) => panic!("{text}: open at {word}"),
        }
    }

    fn words(text: &str) -> String {
        plain(text).0.join("|")
    }

    #[test]
    fn a_plain_command_is_its_words() {
        assert_eq!(plain("./app"), (vec!["./app".to_owned()], false));
        assert_eq!(words("  exec ./app --flag 'a b' \"c d\" e\\ f"), "./app|--flag|a b|c d|e f");
        assert_eq!(words("exec app >>/var/log/x 2>&1"), "app");
        assert_eq!(words("app > /dev/null"), "app|/dev/null", "what is behind an operator is no program");
        assert_eq!(words("app $X \"$@\" `y` *.txt # why"), "app|?|?|?|?");
        assert_eq!(words("'/opt/my app'/run"), "/opt/my app/run");
        assert_eq!(words("./app \\\n  --flag"), "./app|--flag");
    }

    #[test]
    fn what_follows_is_told() {
        assert!(plain("migrate && exec app").1 && plain("a; b").1 && plain("a | b").1 && plain("a &").1);
        assert!(!plain("app;").1 && !plain("app\n").1);
    }

    #[test]
    fn variables_in_front_are_taken_off() {
        let First::Command { variables, words, .. } = first("A=1 PATH=/x:$PATH B= exec app A=2") else {
            panic!("it is a command")
        };
        assert_eq!(words, [Some("app".to_owned()), Some("A=2".to_owned())]);
        let expected = [("A", Some("1")), ("PATH", None), ("B", Some(""))];
        let owned = expected.map(|(name, value)| (name.to_owned(), value.map(str::to_owned)));
        assert_eq!(variables, owned);
    }

    #[test]
    fn what_no_file_is_started_for_is_open() {
        for (text, at) in [
            ("cd /srv && ./app", "cd"),
            ("$APP --flag", "$APP"),
            ("(./app)", "("),
            ("if true; then ./app; fi", "if"),
            ("exec -a x ./app", "exec"),
            ("[ -f x ] && y", "["),
            ("${BIN}/app", "${BIN}/app"),
            ("set -e; ./app", "set"),
            ("", ""),
            ("A=1", "A=1"),
        ] {
            assert_eq!(first(text), First::Open(at.to_owned()), "{text}");
        }
    }
}
