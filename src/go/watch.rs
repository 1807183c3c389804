//! Looks for known parts of lines in a stream that passes.

/// Longer lines are looked at this far, in bytes.
const LONGEST: usize = 8 * 1024;

/// What is looked for, and what was seen of it.
pub(super) struct Watch<'a> {
    parts: &'a [&'a str],
    line: Vec<u8>,
    /// Bit N for the Nth part.
    pub(super) seen: u64,
}

impl<'a> Watch<'a> {
    /// At most 64 parts can be told apart; more are not looked for.
    pub(super) fn new(parts: &'a [&'a str]) -> Self {
        Self { parts: &parts[..parts.len().min(64)], line: Vec::new(), seen: 0 }
    }

    /// Takes what passes.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if *byte == b'\n' {
                self.end();
            } else if self.line.len() < LONGEST && !self.parts.is_empty() {
                self.line.push(*byte);
            }
        }
    }

    /// The stream, or a line of it, is over.
    pub(super) fn end(&mut self) {
        for (index, part) in self.parts.iter().enumerate() {
            if self.line.windows(part.len()).any(|window| window == part.as_bytes()) {
                self.seen |= 1 << index;
            }
        }
        self.line.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_seen_across_pieces_and_not_across_lines() {
        let mut watch = Watch::new(&["off64_t", "bx not"]);
        watch.push(b"x.c: unknown type off6");
        watch.push(b"4_t\nbx \nnot");
        watch.end();
        assert_eq!(watch.seen, 0b01);
        watch.push(b"bx not available");
        watch.end();
        assert_eq!(watch.seen, 0b11);
    }
}
