//! `.ARM.attributes`: tags and values of the whole file, from the compilers of its C parts.
//!
//! Source: "Addenda to, and Errata in, the ABI for the Arm Architecture".

use super::super::limits;
use super::super::source::{Fault, Source};
use super::header::Header;
use super::marks::ArmAttributes;
use goblin::elf::section_header::SectionHeader;

/// Reads the section.
pub(super) fn read(
    source: Source<'_>,
    header: &Header,
    section: &SectionHeader,
) -> Result<ArmAttributes, Fault> {
    let bytes = source.part(section.sh_offset, section.sh_size, limits::ATTRIBUTES)?;
    let cut = || Fault::content("are cut short");
    let mut attributes = ArmAttributes::default();
    let Some((b'A', mut vendors)) = bytes.split_first().map(|(version, rest)| (*version, rest)) else {
        return Err(Fault::content("are of an unknown version"));
    };
    // Each vendor: size, name, then parts of which the first kind is about the whole file.
    while !vendors.is_empty() {
        let (vendor, rest) = sized(header, vendors, 0).ok_or_else(cut)?;
        vendors = rest;
        let name = vendor[4..].iter().position(|byte| *byte == 0).ok_or_else(cut)?;
        let (name, mut parts) = (&vendor[4..4 + name], &vendor[5 + name..]);
        while name == b"aeabi" && !parts.is_empty() {
            let (part, rest) = sized(header, parts, 1).ok_or_else(cut)?;
            parts = rest;
            if part[0] == 1 {
                tags(&part[5..], &mut attributes).ok_or_else(cut)?;
            }
        }
    }
    Ok(attributes)
}

/// What a size of 32 bits, `at` bytes from its start, says is the first part; and the rest.
fn sized<'a>(header: &Header, bytes: &'a [u8], at: usize) -> Option<(&'a [u8], &'a [u8])> {
    let size = usize::try_from(header.words(bytes).u32(at)?).ok()?;
    (size >= at + 4).then(|| bytes.split_at_checked(size))?
}

/// Tags with their values: numbers, or texts for three of the low ones and all odd ones from 32 on.
fn tags(mut bytes: &[u8], attributes: &mut ArmAttributes) -> Option<()> {
    while !bytes.is_empty() {
        let tag = number(&mut bytes)?;
        match tag {
            4 | 5 | 67 => text(&mut bytes)?,
            // Compatibility: a number and a text.
            32 => {
                number(&mut bytes)?;
                text(&mut bytes)?;
            }
            33.. if tag % 2 == 1 => text(&mut bytes)?,
            _ => {
                let value = number(&mut bytes)?;
                match tag {
                    6 => attributes.cpu = value,
                    10 => attributes.float = value,
                    28 => attributes.vfp_arguments = value,
                    _ => {}
                }
            }
        }
    }
    Some(())
}

fn text(bytes: &mut &[u8]) -> Option<()> {
    let end = bytes.iter().position(|byte| *byte == 0)?;
    *bytes = &bytes[end + 1..];
    Some(())
}

/// Seven bits a byte, the lowest first.
fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..63).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}
