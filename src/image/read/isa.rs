//! The x86-64 level that a library demands of the processor.
//!
//! glibc from 2.33 on refuses to start where a property note of the main program, of itself or of a library
//! asks for more than the processor has; distributions that compile for newer processors mark glibc so.
//! Layout: the x86-64 psABI, "Program Property", with `GNU_PROPERTY_X86_ISA_1_NEEDED`.

use std::io;

use crate::binary::ReadAt;

const PT_NOTE: u32 = 4;
const NT_GNU_PROPERTY_TYPE_0: u32 = 5;
const X86_ISA_1_NEEDED: u32 = 0xc000_8002;
/// Segments and notes beyond this are not looked at: real ones are below a hundred bytes.
const SEGMENTS: u64 = 64;
const NOTES: u64 = 1 << 16;

/// The level of a 64-bit little-endian library: 1 where nothing is demanded.
pub(super) fn level(file: &dyn ReadAt) -> io::Result<u8> {
    let mut header = [0; 64];
    if file.size() < 64 {
        return Ok(1);
    }
    file.read_exact_at(&mut header, 0)?;
    let (table, number) = (u64_at(&header, 32), u64::from(u16_at(&header, 56)).min(SEGMENTS));
    for index in 0..number {
        let mut segment = [0; 56];
        let Some(place) = table.checked_add(index * 56) else { break };
        if place.checked_add(56).is_none_or(|end| end > file.size()) {
            break;
        }
        file.read_exact_at(&mut segment, place)?;
        let (offset, size) = (u64_at(&segment, 8), u64_at(&segment, 32));
        let inside = offset.checked_add(size).is_some_and(|end| end <= file.size());
        if u32_at(&segment, 0) != PT_NOTE || !inside || size > NOTES {
            continue;
        }
        let mut notes = vec![0; usize::try_from(size).unwrap_or_default()];
        file.read_exact_at(&mut notes, offset)?;
        if let Some(needed) = needed(&notes) {
            return Ok(match needed {
                8.. => 4,
                4.. => 3,
                2.. => 2,
                _ => 1,
            });
        }
    }
    Ok(1)
}

/// The bits of the property in a note segment.
fn needed(mut notes: &[u8]) -> Option<u32> {
    while notes.len() >= 12 {
        let (name, content) = (u32_at(notes, 0) as usize, u32_at(notes, 4) as usize);
        let kind = u32_at(notes, 8);
        let start = 12_usize.checked_add(name.checked_next_multiple_of(4)?)?;
        let end = start.checked_add(content)?;
        let body = notes.get(start..end)?;
        if kind == NT_GNU_PROPERTY_TYPE_0 && notes.get(12..16) == Some(b"GNU\0") {
            return property(body);
        }
        // This segment's notes are aligned to 8 where they are properties, to 4 elsewhere.
        notes = notes.get(end.checked_next_multiple_of(4)?..)?;
    }
    None
}

fn property(mut body: &[u8]) -> Option<u32> {
    while body.len() >= 8 {
        let (kind, size) = (u32_at(body, 0), u32_at(body, 4) as usize);
        if kind == X86_ISA_1_NEEDED && size == 4 && body.len() >= 12 {
            return Some(u32_at(body, 8));
        }
        body = body.get(8_usize.checked_add(size)?.checked_next_multiple_of(8)?..)?;
    }
    None
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|part| part.try_into().ok()).map_or(0, u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|part| part.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|part| part.try_into().ok()).map_or(0, u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with one note segment that holds the property.
    fn with(bits: u32) -> Vec<u8> {
        let mut file = vec![0; 64 + 56];
        file[32] = 64;
        file[56] = 1;
        file[64] = 4;
        file[64 + 8] = 120;
        let mut note = Vec::new();
        for word in
            [4, 32, 5, u32::from_le_bytes(*b"GNU\0"), 0xc000_0002, 4, 3, 0, X86_ISA_1_NEEDED, 4, bits, 0]
        {
            note.extend(word.to_le_bytes());
        }
        file[64 + 32] = u8::try_from(note.len()).unwrap();
        file.extend(note);
        file
    }

    #[test]
    fn the_highest_demand_is_the_level() {
        for (bits, expected) in [(1, 1), (3, 2), (7, 3), (5, 3), (15, 4), (0, 1)] {
            assert_eq!(level(&with(bits).as_slice()).unwrap(), expected, "{bits}");
        }
    }

    #[test]
    fn no_note_and_broken_notes_demand_nothing() {
        assert_eq!(level(&[0_u8; 10].as_slice()).unwrap(), 1);
        let whole = with(7);
        for cut in 64..whole.len() {
            level(&whole[..cut].to_vec().as_slice()).unwrap();
        }
        let mut wild = with(7);
        wild[120..124].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(level(&wild.as_slice()).unwrap(), 1);
    }
}
