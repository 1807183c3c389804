//! Go 1.2 to 1.15: a list of functions, each of which leads to its name anywhere in the table.

use super::super::address::Place;
use super::super::source::{Fault, Source, Words};
use super::header::Header;
use super::wanted::Wanted;

/// Bytes that are read at once.
const PIECE: u64 = 16 << 10;

/// Shows the names of all functions, until nothing more is looked for.
pub(super) fn search(
    source: Source<'_>,
    table: Place,
    header: &Header,
    wanted: &mut Wanted<'_>,
) -> Result<(), Fault> {
    let width = header.width;
    // The linker writes function after function with its name; only a made-up table leads to and fro.
    let mut budget = table.available.saturating_mul(8).saturating_add(1 << 20);
    let (mut list, mut functions, mut names) = (Window::default(), Window::default(), Window::default());
    let outside = || Fault::content("a function leads out of the table of functions");
    for index in 0..header.functions {
        if wanted.complete() {
            return Ok(());
        }
        // A pair: its address, and where it is described.
        let pair = list.get(source, table, 8 + width + index * 2 * width, 2 * width, &mut budget)?;
        let pair = Words { bytes: pair, order: header.order };
        let at = if width == 4 { pair.u32(4).map(u64::from) } else { pair.u64(8) }.ok_or_else(outside)?;
        // Its description: its address, and where its name is.
        let description = functions.get(source, table, at, width + 4, &mut budget)?;
        let words = Words { bytes: description, order: header.order };
        let name = words.u32(if width == 4 { 4 } else { 8 }).ok_or_else(outside)?;
        let rest = table.available.checked_sub(name.into()).ok_or_else(outside)?;
        let most = rest.min(wanted.longest as u64 + 1);
        let bytes = names.get(source, table, name.into(), most, &mut budget)?;
        wanted.see(bytes.split(|byte| *byte == 0).next().unwrap_or_default());
    }
    Ok(())
}

/// A piece of the table that is kept for what comes next.
#[derive(Default)]
struct Window {
    start: u64,
    bytes: Vec<u8>,
}

impl Window {
    fn get(
        &mut self,
        source: Source<'_>,
        table: Place,
        at: u64,
        length: u64,
        budget: &mut u64,
    ) -> Result<&[u8], Fault> {
        let outside = || Fault::content("a function leads out of the table of functions");
        let end = at.checked_add(length).filter(|end| *end <= table.available).ok_or_else(outside)?;
        if at < self.start || end > self.start + self.bytes.len() as u64 {
            let piece = length.max(PIECE).min(table.available - at);
            let left = budget.checked_sub(piece);
            *budget = left.ok_or_else(|| Fault::content("the table of functions leads to and fro"))?;
            self.bytes = source.part(table.offset + at, piece, piece)?;
            self.start = at;
        }
        let into = |at: u64| usize::try_from(at - self.start).ok();
        let range = into(at).zip(into(end)).ok_or_else(outside)?;
        self.bytes.get(range.0..range.1).ok_or_else(outside)
    }
}
