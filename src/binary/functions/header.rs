//! The head of the table, in every release of Go.

use super::super::elf::Order;
use super::super::source::{Fault, Words};

/// Bytes of the longest head: the fixed eight, and eight words.
pub(super) const LONGEST: u64 = 72;

/// What leads to the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    /// Bytes in an address.
    pub(super) width: u64,
    /// Byte order.
    pub(super) order: Order,
    /// Number of functions.
    pub(super) functions: u64,
    /// Up to Go 1.15: the names lie between the functions. What follows is for later releases.
    pub(super) scattered: bool,
    /// Where the names start, counted from the start of the table.
    pub(super) names: u64,
    /// Where they end.
    pub(super) end: u64,
}

/// Reads the head of a table that has `available` bytes; `bytes` are the first of them.
///
/// 32 bits that tell the release, two zeros, the quantum of instructions, the width of an address; then
/// words of that width: up to 1.15 the number of functions alone; 1.16 and 1.17 functions, files, and
/// the offsets of names, units, files, line tables, functions; since 1.18 the start of the code in front
/// of these offsets.
pub(super) fn parse(bytes: &[u8], order: Order, available: u64) -> Result<Header, Fault> {
    let words = Words { bytes, order };
    let cut = || Fault::content("the table of functions is cut short in its head");
    let magic = words.u32(0).ok_or_else(cut)?;
    let (scattered, names) = match magic {
        0xffff_fffb => (true, 0),
        0xffff_fffa => (false, 2),
        0xffff_fff0 | 0xffff_fff1 => (false, 3),
        other => {
            return Err(Fault::Content(format!(
                "the table of functions starts with {other:#010x}, which no known release of Go writes"
            )));
        }
    };
    let &[zero, pad, quantum, width] = bytes.get(4..8).ok_or_else(cut)? else {
        return Err(cut());
    };
    if (zero, pad) != (0, 0) || !matches!(quantum, 1 | 2 | 4) || !matches!(width, 4 | 8) {
        return Err(Fault::content("the head of the table of functions contradicts itself"));
    }
    let word = |index: usize| {
        let at = 8 + index * usize::from(width);
        if width == 4 { words.u32(at).map(u64::from) } else { words.u64(at) }.ok_or_else(cut)
    };
    let functions = word(0)?;
    let width = u64::from(width);
    // What one function takes at least: two addresses of old, two numbers of 32 bits since 1.18.
    let least = if magic < 0xffff_fffa && !scattered { 8 } else { 2 * width };
    if functions.saturating_mul(least) > available {
        return Err(Fault::Content(format!(
            "the table of functions has {available} bytes, too few for {functions} functions"
        )));
    }
    let (start, end) = if scattered { (0, available) } else { (word(names)?, word(names + 1)?) };
    if start > end || end > available {
        return Err(Fault::Content(format!(
            "the names of functions are said to be from {start} to {end} of {available} bytes"
        )));
    }
    Ok(Header { width, order, functions, scattered, names: start, end })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(magic: u32, width: u8, order: Order, words: &[u64]) -> Vec<u8> {
        let big = order == Order::Big;
        let mut bytes = if big { magic.to_be_bytes() } else { magic.to_le_bytes() }.to_vec();
        bytes.extend([0, 0, 1, width]);
        for word in words {
            let all = if big { word.to_be_bytes() } else { word.to_le_bytes() };
            bytes.extend(match (width, big) {
                (8, _) => &all[..],
                (_, true) => &all[4..],
                (_, false) => &all[..4],
            });
        }
        bytes
    }

    #[test]
    fn every_release_in_every_width_and_order() {
        for (magic, words, names) in [
            (0xffff_fffb, &[3][..], (0, 500)),
            (0xffff_fffa, &[3, 1, 100, 200, 250, 300, 400], (100, 200)),
            (0xffff_fff0, &[3, 1, 0x40_0000, 100, 200, 250, 300, 400], (100, 200)),
            (0xffff_fff1, &[3, 1, 0, 100, 200, 250, 300, 400], (100, 200)),
        ] {
            for width in [4, 8] {
                for order in [Order::Little, Order::Big] {
                    let header = parse(&head(magic, width, order, words), order, 500).unwrap();
                    assert_eq!((header.names, header.end), names, "{magic:x} {width} {order:?}");
                    assert_eq!((header.functions, header.scattered), (3, magic == 0xffff_fffb));
                }
            }
        }
    }

    #[test]
    fn what_is_no_head_is_named() {
        let why = |bytes: &[u8], available| match parse(bytes, Order::Little, available) {
            Err(Fault::Content(why)) => why,
            other => panic!("{other:?}"),
        };
        let whole = head(0xffff_fff1, 8, Order::Little, &[3, 1, 0, 100, 200]);
        assert!(why(&whole[..47], 500).contains("cut short"));
        assert!(why(&whole[..3], 500).contains("cut short"));
        assert!(why(&whole, 199).contains("from 100 to 200 of 199"));
        assert!(why(&head(0xffff_fff1, 8, Order::Little, &[3, 1, 0, 201, 200]), 500).contains("from 201"));
        assert!(
            why(&head(0xffff_fff1, 8, Order::Little, &[64, 1, 0, 100, 200]), 500).contains("64 functions")
        );
        assert!(why(&head(0xffff_fff2, 8, Order::Little, &[3]), 500).contains("0xfffffff2"));
        assert!(why(&head(0xffff_fff1, 5, Order::Little, &[3]), 500).contains("contradicts"));
    }
}
