//! How many symbols a loader looks at: the last that it finds by name or that a relocation asks for.

use super::super::super::source::Fault;
use super::super::{Class, Order};
use super::table::Table;
use goblin::elf::dynamic as dt;

/// Relocations that are read at once.
const PIECE: u64 = 4096;
/// `EM_MIPS`
const MIPS: u16 = 8;

/// The number of symbols up to that one. Exact for every file that a loader takes, but for a large one it
/// costs more than to see where the next table starts.
pub(super) fn referenced(table: &Table<'_>) -> Result<u64, Fault> {
    let mut count = table.findable()?;
    let wide = table.header.class == Class::Elf64;
    let (plain, added): (usize, usize) = if wide { (16, 24) } else { (8, 12) };
    let linked = if table.entries.get(dt::DT_PLTREL) == Some(dt::DT_RELA) { added } else { plain };
    for (start, size, entry) in [
        (dt::DT_RELA, dt::DT_RELASZ, added),
        (dt::DT_REL, dt::DT_RELSZ, plain),
        (dt::DT_JMPREL, dt::DT_PLTRELSZ, linked),
    ] {
        if table.entries.get(start).is_none() {
            continue;
        }
        let width = entry as u64;
        let number = table.entries.get(size).unwrap_or_default() / width;
        table.reaches(start, number.saturating_mul(width))?;
        let mut done = 0;
        while done < number {
            let piece = PIECE.min(number - done);
            let bytes = table.at(start, done * width, piece * width)?;
            let words = table.header.words(&bytes);
            // Behind the place comes the symbol, with the kind in its lower bits; MIPS has them apart.
            let symbol = |at: usize| {
                if !wide {
                    return words.u32(at + 4).map(|info| u64::from(info >> 8));
                }
                let apart = table.header.raw.e_machine == MIPS && table.header.order == Order::Little;
                words.u64(at + 8).map(|info| if apart { info & 0xffff_ffff } else { info >> 32 })
            };
            let last = (0..bytes.len()).step_by(entry).filter_map(symbol).max();
            count = count.max(last.map_or(0, |last| last + 1));
            done += piece;
        }
    }
    Ok(count)
}
