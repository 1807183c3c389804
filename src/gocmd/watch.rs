//! Looks for lines that somebody knows in a stream that passes.

/// Longer lines are looked at this far, in bytes.
const LONGEST: usize = 8 * 1024;

/// So many lines of one number are kept: what comes after them says nothing new.
const KEPT: usize = 8;

/// Gives a line that is known its number; lines of one number are alike.
pub type Recognise = fn(&str) -> Option<usize>;

/// A line that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its number.
    pub number: usize,
    /// The line, without its end.
    pub line: String,
    /// The package that go was at work on: it writes `# example.com/db` before what others say of it.
    pub package: Option<String>,
}

/// What is looked for, and what was seen of it.
pub(super) struct Watch {
    recognise: Option<Recognise>,
    line: Vec<u8>,
    package: Option<String>,
    pub(super) seen: Vec<Seen>,
}

impl Watch {
    pub(super) fn new(recognise: Option<Recognise>) -> Self {
        Self { recognise, line: Vec::new(), package: None, seen: Vec::new() }
    }

    /// Takes what passes.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if *byte == b'\n' {
                self.end();
            } else if self.line.len() < LONGEST && self.recognise.is_some() {
                self.line.push(*byte);
            }
        }
    }

    /// The stream, or a line of it, is over.
    pub(super) fn end(&mut self) {
        // A build with nothing to do says nothing: it is not to pay for the table of all that is known.
        if self.line.is_empty() {
            return;
        }
        let line = String::from_utf8_lossy(&self.line).into_owned();
        self.line.clear();
        let package = line.strip_prefix("# ").and_then(|rest| rest.split(' ').next());
        // Behind `# pkg-config --cflags` stands no package.
        if let Some(package) = package {
            if package != "pkg-config" {
                self.package = Some(package.to_owned());
            }
            return;
        }
        let Some(number) = self.recognise.and_then(|recognise| recognise(&line)) else { return };
        if self.seen.iter().filter(|seen| seen.number == number).count() < KEPT {
            self.seen.push(Seen { number, line, package: self.package.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(line: &str) -> Option<usize> {
        ["off64_t", "bx not"].iter().position(|part| line.contains(part))
    }

    #[test]
    fn a_line_is_seen_across_pieces_and_not_across_lines() {
        let mut watch = Watch::new(Some(number));
        watch.push(b"# ex.org/db\nx.c: unknown type off6");
        watch.push(b"4_t\nbx \nnot");
        watch.end();
        let first = Seen {
            number: 0,
            line: "x.c: unknown type off64_t".to_owned(),
            package: Some("ex.org/db".to_owned()),
        };
        assert_eq!(watch.seen, [first]);
        watch.push(b"bx not available");
        watch.end();
        assert_eq!(watch.seen.last().map(|seen| seen.number), Some(1));
    }

    #[test]
    fn a_flood_of_one_message_is_kept_in_part() {
        let mut watch = Watch::new(Some(number));
        watch.push("off64_t\n".repeat(1000).as_bytes());
        assert_eq!(watch.seen.len(), KEPT);
    }

    #[test]
    fn nobody_is_asked_of_an_empty_line() {
        let mut watch = Watch::new(Some(|line| {
            assert!(!line.is_empty());
            None
        }));
        watch.push(b"\nx\n\n");
        watch.end();
        assert_eq!(watch.seen, []);
    }
}
