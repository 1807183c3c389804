//! Where the record is.

use super::super::address::{Mapped, Place};
use super::super::limits;
use super::super::source::{Fault, Source};
use super::{HEADER, MAGIC};
use std::io;

/// Records are aligned to this many bytes, counted in addresses.
const ALIGN: u64 = 16;
/// Bytes that are searched at once; a multiple of [`ALIGN`], so that no record starts across two pieces.
const PIECE: u64 = 256 << 10;

/// The place of the first record in the named section, else in the other ranges.
pub(super) fn record(source: Source<'_>, section: &[Mapped], other: &[Mapped]) -> io::Result<Option<Place>> {
    let mut budget = limits::BUILD_INFO_SEARCH;
    for range in section.iter().chain(other) {
        if let Some(place) = search(source, *range, &mut budget)? {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

/// Searches what of a range lies in the file. Bytes outside are for others to complain about.
fn search(source: Source<'_>, range: Mapped, budget: &mut u64) -> io::Result<Option<Place>> {
    let unaligned = range.address.wrapping_neg() % ALIGN;
    let length = range.length.min(source.size().saturating_sub(range.offset));
    let mut done = unaligned;
    while length.saturating_sub(done) >= HEADER && *budget >= HEADER {
        let piece = (length - done).min(PIECE).min(*budget);
        let bytes = match source.part(range.offset + done, piece, PIECE) {
            Ok(bytes) => bytes,
            Err(Fault::Io(error)) => return Err(error),
            Err(Fault::Content(_)) => return Ok(None),
        };
        let hit = bytes.chunks(16).position(|chunk| chunk.starts_with(MAGIC));
        if let Some(hit) = hit {
            let into = done + hit as u64 * ALIGN;
            let place = Place { offset: range.offset + into, available: length - into };
            return Ok(Some(place).filter(|place| place.available >= HEADER));
        }
        *budget -= piece;
        done += piece;
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a record is found in `size` bytes that are mapped at `address`, with the magic at `at`.
    fn found(size: usize, address: u64, at: usize) -> Option<u64> {
        let mut bytes = vec![0; size];
        bytes[at..at + MAGIC.len()].copy_from_slice(MAGIC);
        let file: &[u8] = &bytes;
        let range = Mapped { address, offset: 0, length: size as u64 };
        record(Source::new(&file), &[], &[range]).unwrap().map(|place| place.offset)
    }

    #[test]
    fn a_record_is_aligned_by_address() {
        assert_eq!(found(256, 0x1000, 64), Some(64));
        assert_eq!(found(256, 0x1000, 65), None, "misaligned: a string constant, not a record");
        assert_eq!(found(256, 0x1008, 64), None);
        assert_eq!(found(256, 0x1008, 72), Some(72));
    }

    #[test]
    fn a_record_is_found_in_every_piece_and_not_beyond_the_limit() {
        let piece = usize::try_from(PIECE).unwrap();
        for at in [piece - 16, piece, 3 * piece + 32] {
            assert_eq!(found(4 * piece, 0, at), Some(at as u64));
        }
        let limit = usize::try_from(limits::BUILD_INFO_SEARCH).unwrap();
        assert_eq!(found(limit + 64, 0, limit - 32), Some(limit as u64 - 32));
        assert_eq!(found(limit + 64, 0, limit), None);
    }

    #[test]
    fn a_record_needs_its_whole_header() {
        assert_eq!(found(96, 0, 64), Some(64));
        assert_eq!(found(95, 0, 64), None);
    }
}
