//! How a run ends.

/// How the process has to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// With this exit status.
    Exit(u8),
    /// By this signal, which a shell or make has to see.
    Signal(i32),
}
