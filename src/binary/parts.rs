//! The parts of a file that never change while it runs: where Go keeps the names of its functions, and
//! where constants are. What [`super::functions`] and [`super::contains`] look through.

use super::address::Mapped;
use super::layout::Order;
use super::source::Source;

/// Parts of one file, or of the first architecture in a universal file.
pub(super) struct Parts<'a> {
    /// What the offsets below count in.
    pub(super) source: Source<'a>,
    /// Byte order of its numbers.
    pub(super) order: Order,
    /// The section that is named for Go's table of functions.
    pub(super) table: Option<Mapped>,
    /// Constants, the likelier places first.
    pub(super) constants: Vec<Mapped>,
}
