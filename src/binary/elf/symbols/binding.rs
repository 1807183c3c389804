//! When a loader looks a symbol up.

/// When a symbol is looked up. A loader may be told to do all at the start; musl's always does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Binding {
    /// When the program starts: the address of data or of a function, and everything where the file asks for
    /// it (`DF_BIND_NOW`).
    #[default]
    Start,
    /// When the function is called for the first time (`DT_JMPREL`).
    Call,
    /// Not at all: no relocation asks for it.
    Never,
}
