//! One check or rule that fired.

use std::ops::Range;

use super::{About, Diagnostic, Evidence, Severity};

/// One check or rule that fired, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What fired.
    pub diagnostic: &'static Diagnostic,
    /// After allow and deny.
    pub severity: Severity,
    /// Whether it is an error by itself and the user allowed it.
    pub allowed: bool,
    /// False where the facts that the question needs are not known.
    pub certain: bool,
    /// Where in the text of a Dockerfile, in bytes; none where a binary was judged.
    pub span: Option<Range<usize>>,
    /// About what.
    pub about: About,
    /// What was found.
    pub evidence: Evidence,
}

impl Finding {
    /// `GB201`
    pub fn id(&self) -> &'static str {
        self.diagnostic.id
    }

    /// `loader-missing`
    pub fn name(&self) -> &'static str {
        self.diagnostic.name
    }

    /// Where in the text of the Dockerfile, in bytes; its beginning where nothing says.
    pub fn place(&self) -> Range<usize> {
        self.span.clone().unwrap_or(0..0)
    }

    /// Whether the binary is not published for it, or the Dockerfile rejected.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
