//! The first command of a shell's `-c`, as far as it is plain: what the words are without any expansion.
//!
//! Source: POSIX, Shell Command Language, 2.2 (quoting), 2.3 (tokens), 2.9.1 (simple commands).

use std::collections::VecDeque;

use crate::shell::{Piece, Redirect, Token, Word, tokens};

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
    let mut tokens = tokens(text).into_iter().map(|(_, token)| token).peekable();
    while tokens.next_if(|token| *token == Token::Operator("\n")).is_some() {}
    let mut words = VecDeque::new();
    let mut more = false;
    while let Some(token) = tokens.next() {
        match token {
            Token::Word(word) => words.push_back(word),
            // The word behind it is the file.
            Token::Redirect(Redirect::File) => {
                tokens.next_if(|token| matches!(token, Token::Word(_)));
            }
            Token::Redirect(_) => {}
            Token::Operator(operator) if words.is_empty() => return First::Open(operator.to_owned()),
            Token::Operator(operator) => {
                let ends = |token: &Token| matches!(token, Token::Operator("\n" | ";" | "&"));
                more = operator == "&" || !tokens.all(|token| ends(&token));
                break;
            }
        }
    }
    let mut variables = Vec::new();
    loop {
        let Some(word) = words.front() else { return First::Open(text.trim().to_owned()) };
        if let Some((name, value)) = word.assignment() {
            variables.push((name, plain(&value)));
            words.pop_front();
        } else if word.plain() == Some("exec") {
            words.pop_front();
            if words.front().and_then(Word::plain).is_some_and(|word| word.starts_with('-')) {
                return First::Open("exec".to_owned());
            }
        } else {
            match plain(word) {
                Some(word) if OWN.contains(&word.as_str()) => return First::Open(word),
                Some(_) => break,
                None => return First::Open(text[word.span.clone()].to_owned()),
            }
        }
    }
    First::Command { variables, words: words.iter().map(plain).collect(), more }
}

/// A word that is what is written, quotes taken off; none where a shell expands it.
fn plain(word: &Word) -> Option<String> {
    let mut all = String::new();
    for piece in &word.pieces {
        let Piece::Text { text, quoted } = piece else { return None };
        if !quoted && (text.contains(['*', '?', '[']) || (all.is_empty() && text.starts_with('~'))) {
            return None;
        }
        all.push_str(text);
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (Vec<String>, bool) {
        match first(text) {
            First::Command { words, more, .. } => {
                (words.into_iter().map(|word| word.unwrap_or_else(|| "?".to_owned())).collect(), more)
            }
            First::Open(word) => panic!("{text}: open at {word}"),
        }
    }

    fn words(text: &str) -> String {
        told(text).0.join("|")
    }

    #[test]
    fn a_plain_command_is_its_words() {
        assert_eq!(told("./app"), (vec!["./app".to_owned()], false));
        assert_eq!(words("  exec ./app --flag 'a b' \"c d\" e\\ f"), "./app|--flag|a b|c d|e f");
        assert_eq!(words("exec app >>/var/log/x 2>&1"), "app");
        assert_eq!(words("app > /dev/null --flag"), "app|--flag", "what is behind an operator is a file");
        assert_eq!(words("app $X \"$@\" `y` *.txt # why"), "app|?|?|?|?");
        assert_eq!(words("'/opt/my app'/run"), "/opt/my app/run");
        assert_eq!(words("./app \\\n  --flag"), "./app|--flag");
    }

    #[test]
    fn what_follows_is_told() {
        assert!(told("migrate && exec app").1 && told("a; b").1 && told("a | b").1 && told("a &").1);
        assert!(!told("app;").1 && !told("app\n").1);
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
