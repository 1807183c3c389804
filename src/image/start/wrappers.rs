//! Programs that start another one, and how their command line says which.
//!
//! Sources: the programs' own help and sources: krallin/tini, Yelp/dumb-init, openSUSE/catatonit, ncopa/su-exec,
//! tianon/gosu, GNU coreutils and busybox `env`, `nice`, `nohup`, `setsid`, `stdbuf`; Docker's docker-init is tini.

/// One of them.
pub(super) struct Wrapper {
    /// What it may be called.
    names: &'static [&'static str],
    /// Options that take the next word for their value.
    values: &'static [&'static str],
    /// Words in front of the program that are no options: su-exec's user.
    operands: usize,
    /// Whether the operand is the user that the program runs as.
    user: bool,
    /// Whether `NAME=value` words stand in front of the program.
    pub(super) variables: bool,
}

const fn wrapper(names: &'static [&'static str], values: &'static [&'static str]) -> Wrapper {
    Wrapper { names, values, operands: 0, user: false, variables: false }
}

const WRAPPERS: &[Wrapper] = &[
    wrapper(&["tini", "tini-static", "docker-init", "tini-amd64", "tini-arm64"], &["-p", "-e"]),
    wrapper(&["dumb-init"], &["-r", "--rewrite"]),
    wrapper(&["catatonit"], &[]),
    Wrapper { operands: 1, user: true, ..wrapper(&["su-exec", "gosu"], &[]) },
    Wrapper { variables: true, ..wrapper(&["env"], &["-u", "--unset", "-C", "--chdir"]) },
    wrapper(&["nohup"], &[]),
    wrapper(&["setsid"], &[]),
    wrapper(&["nice"], &["-n"]),
    wrapper(&["stdbuf"], &["-i", "-o", "-e", "--input", "--output", "--error"]),
];

/// A word of a command line; none where it is expanded when it runs.
pub(super) type Word = Option<String>;

/// What a wrapper starts.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// These words, as this user where it changes.
    Words { words: Vec<Word>, user: Option<String>, variables: Vec<(String, Option<String>)> },
    /// It is given nothing to start.
    Nothing,
    /// That depends on a word that is expanded, or on an option with a meaning of its own.
    Open,
}

/// The wrapper of this name.
pub(super) fn named(name: &str) -> Option<&'static Wrapper> {
    WRAPPERS.iter().find(|wrapper| wrapper.names.contains(&name))
}

impl Wrapper {
    /// What it starts, by the words behind its own.
    pub(super) fn next(&self, words: &[Word]) -> Next {
        let mut rest = words.iter().cloned();
        let mut variables = Vec::new();
        let mut operands = Vec::new();
        let mut options = true;
        loop {
            let Some(next) = rest.next() else { return Next::Nothing };
            let Some(word) = next else { return Next::Open };
            if options && word == "--" {
                options = false;
            } else if options && word.len() > 1 && word.starts_with('-') {
                // env -S splits words; -C goes elsewhere; -i without PATH searches where the C library says.
                if self.variables && !word.starts_with("-u") && !word.starts_with("--unset") {
                    return Next::Open;
                }
                if self.values.contains(&word.as_str()) && rest.next().is_none() {
                    return Next::Nothing;
                }
            } else if operands.len() < self.operands {
                operands.push(word);
            } else if let Some((name, value)) = word.split_once('=').filter(|_| self.variables) {
                variables.push((name.to_owned(), Some(value.to_owned())));
            } else {
                let user = operands.pop().filter(|_| self.user);
                let words = std::iter::once(Some(word)).chain(rest).collect();
                return Next::Words { words, user, variables };
            }
        }
    }
}

/// What a shell is given to run.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// `-c`, with the text.
    Text(String),
    /// A file to read.
    File(String),
    /// Standard input.
    Nothing,
    /// A word that is expanded when it runs.
    Open,
}

/// Reads a shell's own options.
pub(super) fn given(words: &[Word]) -> Given {
    let mut text = false;
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let Some(word) = word else { return Given::Open };
        match word.as_str() {
            "-" | "--" => {
                return match (rest.next(), text) {
                    (Some(Some(word)), true) => Given::Text(word.clone()),
                    (Some(Some(word)), false) => Given::File(word.clone()),
                    (Some(None), _) => Given::Open,
                    (None, _) => Given::Nothing,
                };
            }
            "-o" | "+o" | "-O" | "+O" | "--rcfile" | "--init-file" => {
                rest.next();
            }
            word if word.starts_with("--") => {}
            word if word.starts_with('-') => {
                text |= word.contains('c');
                if word.ends_with('o') {
                    rest.next();
                }
            }
            word if word.starts_with('+') => {}
            word if text => return Given::Text(word.to_owned()),
            word => return Given::File(word.to_owned()),
        }
    }
    Given::Nothing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Word> {
        text.split_whitespace().map(|word| (word != "?").then(|| word.to_owned())).collect()
    }

    fn next(line: &str) -> String {
        let line = words(line);
        let wrapper = named(line[0].as_deref().unwrap()).unwrap();
        match wrapper.next(&line[1..]) {
            Next::Words { words, user, variables } => {
                let words: Vec<&str> = words.iter().map(|word| word.as_deref().unwrap_or("?")).collect();
                let user = user.map_or_else(String::new, |user| format!(" as {user}"));
                let variables: Vec<String> =
                    variables.into_iter().map(|(name, _)| format!(" {name}")).collect();
                format!("{}{user}{}", words.join(" "), variables.concat())
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn each_says_what_it_starts() {
        for (line, expected) in [
            ("tini -- /app --serve", "/app --serve"),
            ("tini -s -g -p SIGTERM -e 143 /app", "/app"),
            ("tini -vvv", "Nothing"),
            ("docker-init -- sh -c x", "sh -c x"),
            ("dumb-init -r 15:3 --single-child app", "app"),
            ("dumb-init -- app -- x", "app -- x"),
            ("catatonit -P -- app", "app"),
            ("su-exec 1000:1000 ./app -u", "./app -u as 1000:1000"),
            ("gosu nobody ?", "Open"),
            ("gosu nobody", "Nothing"),
            ("env A=1 B=2 app C=3", "app C=3 A B"),
            ("env -u HOME app", "app"),
            ("env -i app", "Open"),
            ("nice -n 5 app", "app"),
        ] {
            assert_eq!(next(line), expected, "{line}");
        }
        assert!(named("app").is_none());
    }

    #[test]
    fn a_shell_is_given_a_text_or_a_file() {
        let text = |word: &str| Given::Text(word.to_owned());
        for (line, expected) in [
            ("-c x", text("x")),
            ("-ec x y", text("x")),
            ("-e -c x", text("x")),
            ("-o pipefail -c x", text("x")),
            ("-eo pipefail -c x", text("x")),
            ("-l /run.sh arg", Given::File("/run.sh".to_owned())),
            ("-c ?", Given::Open),
            ("-c", Given::Nothing),
            ("", Given::Nothing),
            ("-- run.sh", Given::File("run.sh".to_owned())),
        ] {
            assert_eq!(given(&words(line)), expected, "{line}");
        }
    }
}
