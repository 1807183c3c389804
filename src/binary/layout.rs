//! What every format has: the order of the bytes in a number, and where the file has to reach.

/// Byte order, `EI_DATA`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `ELFDATA2LSB`
    Little,
    /// `ELFDATA2MSB`
    Big,
}

/// Where the file has to reach at least.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extent {
    /// Offset of the first byte behind the furthest part.
    pub end: u64,
    /// That part, in words: `segment 3`, `the section header table`, `section .text`.
    pub part: String,
}
