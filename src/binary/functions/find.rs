//! Where the table is: in its section, else where its head is found in constants.

use super::super::address::{Mapped, Place};
use super::super::elf::Order;
use super::super::limits;
use super::super::parts::Parts;
use super::super::source::{Fault, Source};
use super::header::{self, Header};

/// Bytes that are searched at once.
const PIECE: u64 = 1 << 20;
/// What a head that turns out to be none takes from the limit, so that a file full of them ends soon too.
const FALSE: u64 = 64 << 10;
/// A head starts at a multiple of this many bytes. Its own alignment is larger, but sections are not placed
/// by it in every format.
const ALIGN: usize = 4;

/// The table and its head. None where there is no section for it and no head either.
pub(super) fn table(parts: &Parts<'_>) -> Result<Option<(Place, Header)>, Fault> {
    if let Some(section) = parts.table {
        let place = Place { offset: section.offset, available: section.length };
        let start = parts.source.part(place.offset, place.available.min(header::LONGEST), header::LONGEST)?;
        // Its end has to be there too, or what it leads to would lie outside.
        if place.offset.checked_add(place.available).is_none_or(|end| end > parts.source.size()) {
            return Err(Fault::content("the table of functions lies outside the file"));
        }
        return header::parse(&start, parts.order, place.available).map(|header| Some((place, header)));
    }
    let mut budget = limits::CONSTANTS;
    for range in &parts.constants {
        if let Some(found) = search(parts.source, parts.order, *range, &mut budget)? {
            return Ok(Some(found));
        }
    }
    if budget == 0 {
        return Err(Fault::Content(format!(
            "no table of functions in the first {} bytes of constants",
            limits::CONSTANTS
        )));
    }
    Ok(None)
}

fn search(
    source: Source<'_>,
    order: Order,
    range: Mapped,
    budget: &mut u64,
) -> Result<Option<(Place, Header)>, Fault> {
    let length = range.length.min(source.size().saturating_sub(range.offset));
    let mut done = 0;
    while length - done >= header::LONGEST && *budget > 0 {
        let piece = PIECE.min(length - done);
        let bytes = source.part(range.offset + done, piece, PIECE)?;
        let end = bytes.len().saturating_sub(8);
        for at in (0..end).step_by(ALIGN) {
            if *budget == 0 {
                return Ok(None);
            }
            if !likely(&bytes[at..at + 8], order) {
                continue;
            }
            let into = done + at as u64;
            let place = Place { offset: range.offset + into, available: length - into };
            let start = source.part(place.offset, place.available.min(header::LONGEST), header::LONGEST)?;
            match header::parse(&start, order, place.available) {
                Ok(header) => return Ok(Some((place, header))),
                Err(Fault::Content(_)) => *budget = budget.saturating_sub(FALSE),
                Err(error) => return Err(error),
            }
        }
        *budget = budget.saturating_sub(piece);
        // A head across two pieces is seen in the second.
        done += if piece < PIECE { piece } else { piece - 8 };
    }
    Ok(None)
}

/// The fixed part of a head, by which most bytes are told from one without looking further.
fn likely(bytes: &[u8], order: Order) -> bool {
    let (magic, rest) = bytes.split_at(4);
    let known = match (order, magic) {
        (Order::Little, [last, 0xff, 0xff, 0xff]) | (Order::Big, [0xff, 0xff, 0xff, last]) => *last,
        _ => return false,
    };
    matches!(known, 0xfb | 0xfa | 0xf0 | 0xf1) && matches!(rest, [0, 0, 1 | 2 | 4, 4 | 8])
}
