//! What can go wrong before a verdict: bad input, a missing tool, a file system that says no.
//!
//! A rejected binary is not an error of this kind; that is [`crate::checks::Verdict`].

use std::fmt;

/// Exit statuses. They are an interface: scripts depend on them.
pub mod status {
    /// Everything that was built was accepted and published.
    pub const ACCEPTED: u8 = 0;
    /// Wrong usage, wrong configuration, a missing tool, or a file system that refuses.
    pub const USAGE: u8 = 2;
    /// At least one binary was rejected by verification.
    pub const REJECTED: u8 = 3;
}

/// One problem, as the user will read it: the message, then details (a quoted line of gobuild.toml, a
/// path), then what can be done. Lower case, no full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The message, without `error:`.
    pub message: String,
    /// Lines printed under the message as they are (already aligned by whoever made them).
    pub detail: Vec<String>,
    /// Each is one way out; printed behind `help:`.
    pub help: Vec<String>,
    /// What gobuild ends with: [`status::USAGE`], or go's own status where it is go that fails.
    pub status: u8,
}

/// The usual result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A problem with nothing but its message.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), detail: Vec::new(), help: Vec::new(), status: status::USAGE }
    }

    /// A failed file operation: `cannot VERB PATH: reason`.
    pub fn io(verb: &str, path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::new(format!("cannot {verb} {}: {}", path.display(), io_reason(error)))
    }

    /// Adds a detail; text with several lines becomes several details.
    #[must_use]
    pub fn detail(mut self, text: impl AsRef<str>) -> Self {
        self.detail.extend(text.as_ref().lines().map(str::to_owned));
        self
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }
}

/// The system's own words without Rust's ` (os error N)`, in lower case as the rest of the message.
pub fn io_reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error ").next().unwrap_or(&text).to_owned();
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => text,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_io_error_reads_like_the_rest_of_the_message() {
        let error = std::io::Error::from_raw_os_error(13);
        let shown = Error::io("write", std::path::Path::new("out/rpc"), &error);
        assert_eq!(shown.message, "cannot write out/rpc: permission denied");
    }
}
