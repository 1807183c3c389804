//! Which symbols the relocations ask for: those at the start of a program, and those that wait for a first call.

use super::super::super::source::Fault;
use super::super::{Class, Order};
use super::binding::Binding;
use super::table::Table;
use goblin::elf::dynamic as dt;

/// Relocations that are read at once.
const PIECE: u64 = 4096;
/// `EM_MIPS`
const MIPS: u16 = 8;
/// `DF_BIND_NOW` of `DT_FLAGS`.
const DF_BIND_NOW: u64 = 8;
/// `DF_1_NOW` of `DT_FLAGS_1`.
const DF_1_NOW: u64 = 1;

/// The number of symbols up to the last that a loader finds by name or that a relocation asks for. Exact for
/// every file that a loader takes, but for a large one it costs more than to see where the next table starts.
pub(super) fn referenced(table: &Table<'_>) -> Result<u64, Fault> {
    let mut count = table.findable()?;
    each(table, |symbol, _| count = count.max(symbol + 1))?;
    Ok(count)
}

/// When each of the first `count` symbols is looked up. Of a port that keeps symbols outside its relocations
/// (MIPS has them in the global offset table), and where a table cannot be read, all at the start.
pub(super) fn bindings(table: &Table<'_>, count: u64) -> Result<Vec<Binding>, Fault> {
    // A number out of the file: no more is kept than there are symbols.
    table.reaches(dt::DT_SYMTAB, count.saturating_mul(table.symbol_size()))?;
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    if table.header.raw.e_machine == MIPS {
        return Ok(vec![Binding::Start; count]);
    }
    let mut bindings = vec![Binding::Never; count];
    let result = each(table, |symbol, waits| {
        let binding = usize::try_from(symbol).ok().and_then(|symbol| bindings.get_mut(symbol));
        match binding {
            Some(Binding::Start) | None => {}
            Some(binding) => *binding = if waits { Binding::Call } else { Binding::Start },
        }
    });
    match result {
        Err(Fault::Content(_)) => Ok(vec![Binding::Start; count]),
        Err(fault) => Err(fault),
        Ok(()) => Ok(bindings),
    }
}

/// Whether everything is bound at the start, as the file itself says (`elf/dl-load.c`, `elf/rtld.c`).
fn binds_now(table: &Table<'_>) -> bool {
    let has = |tag, bit| table.entries.get(tag).is_some_and(|flags| flags & bit != 0);
    table.entries.get(dt::DT_BIND_NOW).is_some()
        || has(dt::DT_FLAGS, DF_BIND_NOW)
        || has(dt::DT_FLAGS_1, DF_1_NOW)
}

/// Shows the symbol of every relocation that has one, and whether it waits for a call (`DT_JMPREL`).
fn each(table: &Table<'_>, mut visit: impl FnMut(u64, bool)) -> Result<(), Fault> {
    let wide = table.header.class == Class::Elf64;
    let (plain, added): (u64, u64) = if wide { (16, 24) } else { (8, 12) };
    let linked = if table.entries.get(dt::DT_PLTREL) == Some(dt::DT_RELA) { added } else { plain };
    let (now, value) = (binds_now(table), |tag| table.entries.get(tag).unwrap_or_default());
    let calls_end = value(dt::DT_JMPREL).wrapping_add(value(dt::DT_PLTRELSZ));
    for (start, size, relative, entry) in [
        (dt::DT_RELA, dt::DT_RELASZ, dt::DT_RELACOUNT, added),
        (dt::DT_REL, dt::DT_RELSZ, dt::DT_RELCOUNT, plain),
        (dt::DT_JMPREL, dt::DT_PLTRELSZ, dt::DT_NULL, linked),
    ] {
        let Some(address) = table.entries.get(start) else { continue };
        let mut bytes = value(size);
        // Some linkers count the calls in; the loader takes them off again (`elf/dynamic-link.h`).
        if start != dt::DT_JMPREL && address.wrapping_add(bytes) == calls_end {
            bytes = bytes.saturating_sub(value(dt::DT_PLTRELSZ));
        }
        let number = bytes / entry;
        table.reaches(start, number.saturating_mul(entry))?;
        // Those that only move an address come first and have no symbol.
        let mut done = if relative == dt::DT_NULL { 0 } else { value(relative).min(number) };
        while done < number {
            let piece = PIECE.min(number - done);
            let bytes = table.at(start, done * entry, piece * entry)?;
            let words = table.header.words(&bytes);
            // Behind the place comes the symbol, with the kind in its lower bits; MIPS has them apart.
            let symbol = |at: usize| {
                if !wide {
                    return words.u32(at + 4).map(|info| u64::from(info >> 8));
                }
                let apart = table.header.raw.e_machine == MIPS && table.header.order == Order::Little;
                words.u64(at + 8).map(|info| if apart { info & 0xffff_ffff } else { info >> 32 })
            };
            let width = usize::try_from(entry).unwrap_or(usize::MAX);
            let symbols = (0..bytes.len()).step_by(width).filter_map(symbol);
            symbols
                .filter(|symbol| *symbol != 0)
                .for_each(|symbol| visit(symbol, start == dt::DT_JMPREL && !now));
            done += piece;
        }
    }
    Ok(())
}
