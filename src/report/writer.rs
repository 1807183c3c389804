//! The one writer. Results go to standard output, everything else to standard error; a reader that went
//! away is no error.

use std::io::{ErrorKind, Write as _};
use std::sync::Mutex;

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};

use crate::cli::Color;
use crate::error::{Error, io_reason};

/// Writes to the two streams.
#[derive(Debug)]
pub struct Writer {
    color: ColorChoice,
    /// Why a result could not be written, the first time that happened.
    lost: Mutex<Option<String>>,
}

impl Writer {
    /// A writer that colours as it was asked to.
    pub fn new(color: Color) -> Self {
        let color = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { color, lost: Mutex::new(None) }
    }

    /// A result, for standard output.
    pub fn result(&self, text: &str) {
        let mut stream = std::io::stdout().lock();
        let text = self.painted(text, &stream);
        let written = stream.write_all(&text).and_then(|()| stream.flush());
        if let Err(error) = written
            && error.kind() != ErrorKind::BrokenPipe
        {
            let mut lost = self.lost.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            lost.get_or_insert_with(|| io_reason(&error));
        }
    }

    /// A problem if a result could not be written (a full disk): whoever reads the file would take its
    /// start for the whole.
    pub fn lost(&self) -> Option<Error> {
        let reason = self.lost.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()?;
        Some(Error::new(format!("cannot write standard output: {reason}")))
    }

    /// Bytes of another program, as they are, for standard error.
    pub fn raw(&self, bytes: &[u8]) {
        let _ = std::io::stderr().lock().write_all(bytes);
    }

    /// Words for standard error.
    pub fn stderr(&self, text: &str) {
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
