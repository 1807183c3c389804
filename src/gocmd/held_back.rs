//! One line of go's that is not true for the user: taken out of the stream, the rest passes as it comes.

use std::io::{self, Read, Write};

use crate::gocmd::watch::Watch;

/// What go says when `-o` is a folder and the package is not main. Where the folder was gobuild's idea,
/// the user must not read it. Go 1.26 and 1.27 write the first; the second is from before Go 1.14.
pub const NO_MAIN_PACKAGES: &[&str] = &["go: no main packages to build", "no main packages to build"];

/// Forwards `from` to `to` byte for byte, without the lines that are exactly one of `lines`. Tells
/// whether there was one. A line that can still become one is kept until it is decided; everything else
/// is written at once.
///
/// # Errors
/// Those of reading. When writing fails (nobody reads any more) the rest is read and dropped, so that
/// whoever writes is not stopped in the middle.
pub fn forward(from: impl Read, to: impl Write, lines: &[&str]) -> io::Result<bool> {
    forward_and_watch(from, to, lines, &mut Watch::new(None))
}

/// The same, with an eye on parts of lines.
pub(super) fn forward_and_watch(
    mut from: impl Read,
    mut to: impl Write,
    lines: &[&str],
    watch: &mut Watch,
) -> io::Result<bool> {
    let mut filter = Filter { lines, pending: Vec::new(), in_line: false, seen: false };
    let mut buffer = [0; 16 * 1024];
    let mut out = Vec::new();
    loop {
        let count = match from.read(&mut buffer) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        watch.push(&buffer[..count]);
        buffer[..count].iter().for_each(|byte| filter.push(*byte, &mut out));
        if count == 0 {
            watch.end();
            filter.end(&mut out);
        }
        let _ = to.write_all(&out).and_then(|()| to.flush());
        out.clear();
        if count == 0 {
            return Ok(filter.seen);
        }
    }
}

struct Filter<'a> {
    lines: &'a [&'a str],
    /// The start of a line that is still the start of one of `lines`.
    pending: Vec<u8>,
    /// The line that is being read is none of them.
    in_line: bool,
    seen: bool,
}

impl Filter<'_> {
    fn push(&mut self, byte: u8, out: &mut Vec<u8>) {
        if self.in_line {
            out.push(byte);
            self.in_line = byte != b'\n';
        } else if byte == b'\n' && self.is_one() {
            self.seen = true;
            self.pending.clear();
        } else {
            self.pending.push(byte);
            if !self.lines.iter().any(|line| line.as_bytes().starts_with(&self.pending)) {
                out.append(&mut self.pending);
                self.in_line = byte != b'\n';
            }
        }
    }

    fn is_one(&self) -> bool {
        self.lines.iter().any(|line| line.as_bytes() == self.pending)
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        if self.is_one() {
            self.seen = true;
        } else {
            out.append(&mut self.pending);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte a read: the worst that a pipe can do.
    struct Slowly<'a>(&'a [u8]);

    impl Read for Slowly<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(1);
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn forwarded(text: &str) -> (String, bool) {
        let mut whole = Vec::new();
        let seen = forward(text.as_bytes(), &mut whole, &["go: no", "nothing"]).unwrap();
        let mut slow = Vec::new();
        assert_eq!(forward(Slowly(text.as_bytes()), &mut slow, &["go: no", "nothing"]).unwrap(), seen);
        assert_eq!(whole, slow);
        (String::from_utf8(whole).unwrap(), seen)
    }

    #[test]
    fn only_the_whole_line_is_held_back() {
        for (text, passed, seen) in [
            ("go: no\n", "", true),
            ("a\nnothing\nb\n", "a\nb\n", true),
            ("go: no", "", true),
            ("go: no main\n", "go: no main\n", false),
            (" go: no\n", " go: no\n", false),
            ("go: n\n", "go: n\n", false),
            ("\n\nx", "\n\nx", false),
            ("go: ", "go: ", false),
            ("", "", false),
        ] {
            assert_eq!(forwarded(text), (passed.to_owned(), seen), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_candidate_is_not_kept_until_the_line_ends() {
        let (reader, mut writer) = io::pipe().unwrap();
        let (mut shown, out) = io::pipe().unwrap();
        let forwarding = std::thread::spawn(move || forward(reader, out, &["go: no"]).unwrap());
        writer.write_all(b"progress 1%").unwrap();
        let mut seen = [0; 11];
        shown.read_exact(&mut seen).unwrap();
        assert_eq!(&seen, b"progress 1%");
        drop(writer);
        assert!(!forwarding.join().unwrap());
    }

    #[test]
    fn a_reader_that_went_away_does_not_stop_the_writer() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        assert!(forward(&b"x\nnothing\n"[..], Closed, &["nothing"]).unwrap());
    }
}
