//! The notes of GNU tools that a loader obeys: properties, and the oldest kernel.
//!
//! Source: glibc `elf/dl-load.c` (`_dl_process_pt_note`), and the "Linux Extensions to gABI".

use super::super::limits;
use super::super::source::{Fault, Notes, Source, Words};
use super::Class;
use super::header::Header;
use super::marks::{Kernel, Marks};
use goblin::elf::program_header::{PT_NOTE, ProgramHeader};
use std::io;

/// `NT_GNU_ABI_TAG` and `NT_GNU_PROPERTY_TYPE_0`, both of the owner `GNU`.
const ABI_TAG: u32 = 1;
const PROPERTIES: u32 = 5;
/// `GNU_PROPERTY_X86_ISA_1_NEEDED`
const ISA_NEEDED: u32 = 0xc000_8002;
/// `EM_386`, `EM_X86_64`: numbers of properties are per processor.
const X86: [u16; 2] = [3, 62];

/// Reads all notes that are mapped.
pub(super) fn read(
    source: Source<'_>,
    header: &Header,
    segments: &[ProgramHeader],
    marks: &mut Marks,
    faults: &mut Notes,
) -> io::Result<()> {
    let mut left = limits::NOTES;
    for segment in segments.iter().filter(|segment| segment.p_type == PT_NOTE) {
        // Parts outside the file are for the extent to tell.
        if segment.p_offset.checked_add(segment.p_filesz).is_none_or(|end| end > source.size()) {
            continue;
        }
        let bytes = source.part(segment.p_offset, segment.p_filesz, left);
        let Some(bytes) = faults.keep("the notes (PT_NOTE)", bytes)? else {
            continue;
        };
        left -= segment.p_filesz;
        let align = if segment.p_align == 8 { 8 } else { 4 };
        let walked = walk(header, header.words(&bytes), align, marks);
        faults.keep("the notes (PT_NOTE)", walked)?;
    }
    Ok(())
}

/// Entries: sizes of owner and content, kind; owner and content, each padded.
fn walk(header: &Header, notes: Words<'_>, align: usize, marks: &mut Marks) -> Result<(), Fault> {
    let cut = || Fault::content("an entry is cut short");
    let mut at = 0_usize;
    // What is left behind the last entry is padding.
    while notes.bytes.len() - at >= 12 {
        let field = |into: usize| notes.u32(at + into).ok_or_else(cut);
        let size = |value: u32| usize::try_from(value).map_err(|_| cut());
        let (owner, length, kind) = (size(field(0)?)?, size(field(4)?)?, field(8)?);
        let padded = |end: usize| end.checked_next_multiple_of(align).ok_or_else(cut);
        let content = padded((at + 12).checked_add(owner).ok_or_else(cut)?)?;
        let end = content.checked_add(length).filter(|end| *end <= notes.bytes.len()).ok_or_else(cut)?;
        let words = Words { bytes: &notes.bytes[content..end], ..notes };
        if notes.bytes[at + 12..].get(..owner) == Some(b"GNU\0") {
            match kind {
                ABI_TAG => marks.kernel = Some(kernel(words).ok_or_else(cut)?),
                PROPERTIES if X86.contains(&header.raw.e_machine) => properties(header, words, marks)?,
                _ => {}
            }
        }
        at = padded(end)?.min(notes.bytes.len());
    }
    Ok(())
}

fn kernel(words: Words<'_>) -> Option<Kernel> {
    let version = (words.u32(4)?, words.u32(8)?, words.u32(12)?);
    Some(Kernel { system: words.u32(0)?, version })
}

/// Kind, size and value of each, padded to a word.
fn properties(header: &Header, words: Words<'_>, marks: &mut Marks) -> Result<(), Fault> {
    let cut = || Fault::content("a property is cut short");
    let align = if header.class == Class::Elf64 { 8 } else { 4 };
    let mut at = 0_usize;
    while words.bytes.len() - at >= 8 {
        let (kind, size) = words.u32(at).zip(words.u32(at + 4)).ok_or_else(cut)?;
        let size = usize::try_from(size).map_err(|_| cut())?;
        let end = (at + 8).checked_add(size).filter(|end| *end <= words.bytes.len()).ok_or_else(cut)?;
        if kind == ISA_NEEDED {
            if size != 4 {
                return Err(Fault::Content(format!("the level of the processor has {size} bytes, not 4")));
            }
            // Of two notes both hold.
            let level = words.u32(at + 8).ok_or_else(cut)?;
            marks.isa_needed = Some(marks.isa_needed.unwrap_or_default() | level);
        }
        at = end.next_multiple_of(align).min(words.bytes.len());
    }
    Ok(())
}
