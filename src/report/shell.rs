//! The one writer. Results go to standard output, everything else to standard error; a reader that went
//! away is no error.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{ErrorKind, IsTerminal as _, Write as _};

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use anstyle::Style;

use super::style;
use crate::cli::{Color, Common, Format};
use crate::error::{Error, io_reason};

/// Writes to the two streams.
#[derive(Debug, Clone)]
pub struct Shell {
    format: Format,
    color: ColorChoice,
    quiet: bool,
    verbose: bool,
    /// Why a result could not be written, the first time that happened.
    lost: RefCell<Option<String>>,
}

impl Shell {
    /// A writer with the options of the command line.
    pub fn new(common: &Common) -> Self {
        let color = match common.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self {
            format: common.format,
            color,
            quiet: common.quiet,
            verbose: common.verbose,
            lost: RefCell::new(None),
        }
    }

    /// Whether results are wanted as JSON.
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Whether somebody wants to read more.
    pub fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Whether a person watches standard error.
    pub fn is_watched(&self) -> bool {
        std::io::stderr().is_terminal()
    }

    /// A status line in cargo's voice: a verb, right-aligned, and what it is done to.
    pub fn status(&self, verb: &str, text: &str) {
        if !self.quiet {
            self.stderr(&format!("{}{verb:>12}{:#} {}\n", style::STATUS, style::STATUS, style::plain(text)));
        }
    }

    /// A line worth saying.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.labelled("note", style::HELP, text);
        }
    }

    /// A line that should be read.
    pub fn warning(&self, text: &str) {
        if !self.quiet {
            self.labelled("warning", style::WARNING, text);
        }
    }

    /// A problem, with its details and its ways out. Never held back.
    pub fn error(&self, error: &Error) {
        if self.is_json() {
            self.json(&super::json::error(error));
        }
        self.labelled("error", style::ERROR, &error.message);
        let mut text = String::new();
        for line in &error.detail {
            text.push_str(&style::lines(line));
            text.push('\n');
        }
        for help in &error.help {
            let _ = writeln!(text, "  {} {}", style::paint(style::HELP, "help:"), style::lines(help));
        }
        self.stderr(&text);
    }

    /// Text that was already rendered, for standard error: a finding.
    pub fn rendered(&self, text: &str) {
        self.stderr(text);
    }

    /// A result, for standard output.
    pub fn result(&self, text: &str) {
        let mut stream = std::io::stdout().lock();
        let text = self.painted(text, &stream);
        let written = stream.write_all(&text).and_then(|()| stream.flush());
        if let Err(error) = written
            && error.kind() != ErrorKind::BrokenPipe
        {
            self.lost.borrow_mut().get_or_insert_with(|| io_reason(&error));
        }
    }

    /// A problem if a result could not be written (a full disk): whoever reads the file would take its
    /// start for the whole.
    pub fn lost(&self) -> Option<Error> {
        let reason = self.lost.borrow().clone()?;
        Some(Error::new(format!("cannot write standard output: {reason}")))
    }

    /// One JSON object on a line of standard output.
    pub fn json(&self, value: &serde_json::Value) {
        self.result(&format!("{value}\n"));
    }

    fn labelled(&self, label: &str, look: Style, text: &str) {
        self.stderr(&format!("{look}{label}{look:#}: {}\n", style::lines(text)));
    }

    fn stderr(&self, text: &str) {
        let mut stream = std::io::stderr().lock();
        let _ = stream.write_all(&self.painted(text, &stream));
    }

    /// The text with its looks, or without where the stream is not to have any. One piece, so that it is
    /// written at once: standard error has no buffer, and a message has a dozen looks.
    fn painted(&self, text: &str, stream: &impl RawStream) -> Vec<u8> {
        // `auto` is decided here, so that the same text never depends on where it goes.
        let choice = match self.color {
            ColorChoice::Auto if !stream.is_terminal() => ColorChoice::Never,
            ColorChoice::Auto => AutoStream::choice(stream),
            other => other,
        };
        let mut painted = AutoStream::new(Vec::with_capacity(text.len()), choice);
        // Memory takes all that is written to it.
        let _ = painted.write_all(text.as_bytes());
        painted.into_inner()
    }
}
