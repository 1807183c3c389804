//! The commands of a `RUN`, far enough apart to know which of them is `go build` and what its variables are.
//!
//! This is no shell: conditions and loops are taken as if each part ran. What is in doubt is left as text.

/// `CGO_ENABLED=0 go build -o /app .`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Simple {
    /// Variables in front of it, with the dollar signs still in them.
    pub assigned: Vec<(String, String)>,
    /// The words, without quotes.
    pub words: Vec<String>,
}

impl Simple {
    /// Whether it is this program: by name, whatever folder it is in.
    pub fn is(&self, program: &str) -> bool {
        self.words.first().is_some_and(|word| word.rsplit('/').next() == Some(program))
    }
}

/// Words that stand in front of a command and change nothing about it.
const BEFORE: &[&str] = &[
    "if", "then", "else", "elif", "do", "while", "until", "!", "{", "(", "time", "exec", "sudo", "command",
    "nice",
];

/// The commands of a script in order. Continued lines are joined, comments are gone.
pub fn commands(script: &str) -> Vec<Simple> {
    let mut found = Vec::new();
    let mut current: Vec<(String, bool)> = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    let mut at = 0;
    let bytes: Vec<char> = script.chars().collect();
    let mut quote: Option<char> = None;
    let end = |word: &mut String, quoted: &mut bool, current: &mut Vec<(String, bool)>| {
        if !word.is_empty() || *quoted {
            current.push((std::mem::take(word), *quoted));
        }
        *quoted = false;
    };
    while at < bytes.len() {
        let letter = bytes[at];
        let next = bytes.get(at + 1).copied();
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (Some('"'), '\\') if matches!(next, Some('"' | '\\')) => {
                word.push(bytes[at + 1]);
                at += 1;
            }
            (_, '\\')
                if matches!(next, Some('\n')) || (next == Some('\r') && bytes.get(at + 2) == Some(&'\n')) =>
            {
                // The line goes on; comment lines in between are gone for Docker.
                at += if next == Some('\n') { 1 } else { 2 };
                at = skip_comments(&bytes, at + 1) - 1;
            }
            (Some(_), _) => word.push(letter),
            (None, '\'' | '"') => {
                quote = Some(letter);
                quoted = true;
            }
            (None, '\\') => {
                word.extend(next);
                at += 1;
            }
            (None, '#') if word.is_empty() && !quoted => {
                while at + 1 < bytes.len() && bytes[at + 1] != '\n' {
                    at += 1;
                }
            }
            (None, '$') if next == Some('(') => {
                let close = closing(&bytes, at + 1);
                word.extend(&bytes[at..=close]);
                at = close;
            }
            (None, '\n' | ';' | '&' | '|') => {
                // `2>&1` belongs to its word.
                if letter == '&' && word.ends_with('>') {
                    word.push(letter);
                } else {
                    end(&mut word, &mut quoted, &mut current);
                    finish(&mut current, &mut found);
                }
            }
            (None, ')') => {
                end(&mut word, &mut quoted, &mut current);
                finish(&mut current, &mut found);
            }
            (None, '(') if word.is_empty() => {}
            (None, _) if letter.is_whitespace() => end(&mut word, &mut quoted, &mut current),
            (None, _) => {
                word.push(letter);
            }
        }
        at += 1;
    }
    end(&mut word, &mut quoted, &mut current);
    finish(&mut current, &mut found);
    found
}

/// Steps over lines that are comments or empty, as Docker does between continued lines.
fn skip_comments(text: &[char], mut at: usize) -> usize {
    loop {
        let blank = text[at..].iter().take_while(|letter| matches!(letter, ' ' | '\t' | '\r')).count();
        match text.get(at + blank) {
            Some('#') => {
                let rest = text[at..].iter().position(|letter| *letter == '\n');
                at = rest.map_or(text.len(), |rest| at + rest + 1);
            }
            Some('\n') => at += blank + 1,
            _ => return at,
        }
    }
}

/// The parenthesis that closes the one at `open`; the end of the text where none does.
fn closing(text: &[char], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in text.iter().enumerate().skip(open) {
        match letter {
            '(' => depth += 1,
            ')' if depth == 1 => return at,
            ')' => depth -= 1,
            _ => {}
        }
    }
    text.len() - 1
}

fn finish(current: &mut Vec<(String, bool)>, found: &mut Vec<Simple>) {
    let mut simple = Simple::default();
    for (word, quoted) in current.drain(..) {
        if !simple.words.is_empty() {
            simple.words.push(word);
            continue;
        }
        match word.split_once('=') {
            Some((name, value)) if is_name(name) => simple.assigned.push((name.to_owned(), value.to_owned())),
            _ if !quoted && BEFORE.contains(&word.as_str()) => {}
            _ if word == "env" => {}
            _ => simple.words.push(word),
        }
    }
    if !simple.words.is_empty() || !simple.assigned.is_empty() {
        found.push(simple);
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && !text.starts_with(|letter: char| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(script: &str) -> Vec<String> {
        let shown = |simple: &Simple| {
            let assigned = simple.assigned.iter().map(|(name, value)| format!("{name}={value}"));
            assigned.chain([simple.words.join("|")]).collect::<Vec<_>>().join(" ")
        };
        commands(script).iter().map(shown).collect()
    }

    #[test]
    fn commands_come_apart_at_the_operators_and_not_inside_quotes() {
        assert_eq!(
            shown("CGO_ENABLED=0 GOOS=linux go build -ldflags \"-s -w && x\" -o /a . && strip /a; ls | wc"),
            ["CGO_ENABLED=0 GOOS=linux go|build|-ldflags|-s -w && x|-o|/a|.", "strip|/a", "ls", "wc"]
        );
        assert_eq!(shown("if [ -f x ]; then go test ./...; fi"), ["[|-f|x|]", "go|test|./...", "fi"]);
        assert_eq!(shown("(cd /src && env A=b go build) 2>&1"), ["cd|/src", "A=b go|build", "2>&1"]);
        assert_eq!(shown("export CGO_ENABLED=0\ngo build"), ["export|CGO_ENABLED=0", "go|build"]);
        assert_eq!(
            shown("go build -ldflags=\"-X main.v=$(git describe)\" ."),
            ["go|build|-ldflags=-X main.v=$(git describe)|."]
        );
        assert_eq!(shown("A=$(date; id) go build"), ["A=$(date; id) go|build"]);
    }

    #[test]
    fn continued_lines_are_joined_and_comments_gone() {
        assert_eq!(shown("go build \\\n  # a comment && rm\n\n  -o /x \\\r\n ."), ["go|build|-o|/x|."]);
        assert_eq!(shown("# first\ngo build # last\nls"), ["go|build", "ls"]);
    }

    #[test]
    fn a_program_is_known_in_any_folder() {
        assert!(commands("/usr/local/go/bin/go build")[0].is("go"));
        assert!(!commands("gofmt -l .")[0].is("go"));
    }
}
