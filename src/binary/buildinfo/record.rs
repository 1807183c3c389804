//! The frame of the record: a version and lines of text, behind the header (since Go 1.18) or where its
//! pointers lead (before).

use super::super::address::{AddressMap, Place};
use super::super::elf::Order;
use super::super::limits;
use super::super::source::{Fault, Source, Words};
use super::HEADER;

/// Bit of the flags: the byte order of the pointers is big endian.
const BIG: u8 = 1;
/// Bit of the flags: the strings follow the header.
const INLINE: u8 = 2;
/// Bytes at either end of the text by which the linker recognised it (`modload.infoStart`, `infoEnd`).
const SENTINEL: usize = 16;

/// Go's version, and the lines without their sentinels.
pub(super) fn read(source: Source<'_>, map: &AddressMap, found: Place) -> Result<(String, String), Fault> {
    let header = source.part(found.offset, HEADER, HEADER)?;
    let (version, text) = if header[15] & INLINE == 0 {
        let order = if header[15] & BIG == 0 { Order::Little } else { Order::Big };
        pointed_at(source, map, Words { bytes: &header, order })?
    } else {
        let mut at = Place { offset: found.offset + HEADER, available: found.available - HEADER };
        (inline(source, &mut at, "version")?, inline(source, &mut at, "text")?)
    };
    let version = String::from_utf8(version).map_err(|_| Fault::content("its version is not UTF-8"))?;
    if version.is_empty() {
        return Err(Fault::content("it has no version of Go"));
    }
    // Without sentinels there is no text: not built from a module.
    let framed = text.len() > 2 * SENTINEL && text[text.len() - SENTINEL - 1] == b'\n';
    let lines = if framed { &text[SENTINEL..text.len() - SENTINEL] } else { &[] };
    let lines = String::from_utf8(lines.to_vec()).map_err(|_| Fault::content("its text is not UTF-8"))?;
    Ok((version, lines))
}

/// A string behind its length (a varint), and one step on.
fn inline(source: Source<'_>, at: &mut Place, what: &str) -> Result<Vec<u8>, Fault> {
    let bad = || Fault::Content(format!("the length of its {what} cannot be read"));
    let start = source.part(at.offset, at.available.min(10), 10)?;
    let (length, bytes) = varint(&start).ok_or_else(bad)?;
    let rest = at.available - bytes;
    if length > rest {
        return Err(Fault::Content(format!("its {what} has {length} bytes, where {rest} are left")));
    }
    let offset = at.offset + bytes;
    let string = source.part(offset, length, limits::BUILD_INFO)?;
    *at = Place { offset: offset + length, available: rest - length };
    Ok(string)
}

/// An unsigned varint and its own length: seven bits a byte, the lowest first.
fn varint(bytes: &[u8]) -> Option<(u64, u64)> {
    let mut value = 0_u64;
    for (index, byte) in (0_u32..10).zip(bytes) {
        let bits = u64::from(byte & 0x7f);
        if index == 9 && bits > 1 {
            return None;
        }
        value |= bits << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, u64::from(index) + 1));
        }
    }
    None
}

/// The format before Go 1.18: pointers to two string headers, each an address and a length.
fn pointed_at(source: Source<'_>, map: &AddressMap, header: Words<'_>) -> Result<(Vec<u8>, Vec<u8>), Fault> {
    let width = match header.bytes[14] {
        width @ (4 | 8) => usize::from(width),
        other => return Err(Fault::Content(format!("its pointers have {other} bytes"))),
    };
    let string = |at: usize, what: &str| {
        let lost = || Fault::Content(format!("the pointer to its {what} leads nowhere"));
        let address = word(header, width, at).ok_or_else(lost)?;
        let place = map.locate(address).ok_or_else(lost)?;
        let pair = source.part(place.offset, 2 * width as u64, 16)?;
        let pair = Words { bytes: &pair, ..header };
        let (address, length) = word(pair, width, 0).zip(word(pair, width, width)).ok_or_else(lost)?;
        if length == 0 {
            return Ok(Vec::new());
        }
        let place = map.locate(address).filter(|place| place.available >= length).ok_or_else(lost)?;
        source.part(place.offset, length, limits::BUILD_INFO)
    };
    Ok((string(16, "version")?, string(16 + width, "text")?))
}

fn word(words: Words<'_>, width: usize, at: usize) -> Option<u64> {
    if width == 4 { words.u32(at).map(u64::from) } else { words.u64(at) }
}

#[cfg(test)]
mod tests {
    use super::super::super::address::Mapped;
    use super::super::MAGIC;
    use super::*;

    const LINES: &str = "path\texample.com/a\nbuild\tGOOS=linux\n";

    fn framed(lines: &str) -> Vec<u8> {
        [&[b'('; SENTINEL], lines.as_bytes(), &[b')'; SENTINEL]].concat()
    }

    fn header(width: u8, flags: u8) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([width, flags]);
        bytes.resize(32, 0);
        bytes
    }

    fn length(bytes: usize) -> Vec<u8> {
        // Two bytes are enough here: up to 16383.
        vec![u8::try_from(bytes & 0x7f).unwrap() | 0x80, u8::try_from(bytes >> 7).unwrap()]
    }

    fn read_all(bytes: &[u8]) -> Result<(String, String), String> {
        let size = bytes.len() as u64;
        let map = AddressMap(vec![Mapped { address: 0x4000, offset: 0, length: size }]);
        read(Source::new(&bytes), &map, Place { offset: 0, available: size }).map_err(|fault| match fault {
            Fault::Content(why) => why,
            Fault::Io(error) => panic!("{error}"),
        })
    }

    fn inline_record(version: &[u8], text: &[u8]) -> Vec<u8> {
        let mut bytes = header(8, INLINE);
        for part in [version, text] {
            bytes.extend(length(part.len()));
            bytes.extend(part);
        }
        bytes
    }

    #[test]
    fn strings_behind_the_header() {
        let bytes = inline_record(b"go1.27.3", &framed(LINES));
        assert_eq!(read_all(&bytes).unwrap(), ("go1.27.3".to_owned(), LINES.to_owned()));
        let bytes = inline_record(b"go1.27.3", b"no sentinels, so nothing that is meant for us\n");
        assert_eq!(read_all(&bytes).unwrap().1, "");
    }

    /// Before Go 1.18, in all four widths and orders.
    #[test]
    fn strings_where_pointers_lead() {
        for (width, big) in [(4, false), (4, true), (8, false), (8, true)] {
            let text = framed(LINES);
            let put = |bytes: &mut Vec<u8>, value: usize| {
                let value = value as u64;
                let all = if big { value.to_be_bytes() } else { value.to_le_bytes() };
                bytes.extend(match (width, big) {
                    (8, _) => &all[..],
                    (_, true) => &all[4..],
                    (_, false) => &all[..4],
                });
            };
            let mut bytes = header(width, u8::from(big));
            bytes.truncate(16);
            put(&mut bytes, 0x4040);
            put(&mut bytes, 0x4060);
            bytes.resize(0x40, 0);
            put(&mut bytes, 0x4080);
            put(&mut bytes, 6);
            bytes.resize(0x60, 0);
            put(&mut bytes, 0x4090);
            put(&mut bytes, text.len());
            bytes.resize(0x80, 0);
            bytes.extend(b"go1.17");
            bytes.resize(0x90, 0);
            bytes.extend(&text);
            assert_eq!(read_all(&bytes).unwrap(), ("go1.17".to_owned(), LINES.to_owned()), "{width} {big}");
            bytes[14] = 3;
            assert!(read_all(&bytes).unwrap_err().contains("pointers have 3 bytes"));
            bytes[14] = width;
            bytes.truncate(bytes.len() - 1);
            assert!(read_all(&bytes).unwrap_err().contains("text leads nowhere"));
        }
    }

    #[test]
    fn what_contradicts_itself_is_named() {
        let whole = inline_record(b"go1.27.3", &framed(LINES));
        assert!(read_all(&whole[..whole.len() - 1]).unwrap_err().contains("its text has"));
        assert!(read_all(&whole[..32]).unwrap_err().contains("length of its version"));
        assert!(read_all(&inline_record(b"", b"")).unwrap_err().contains("no version"));
        assert!(read_all(&inline_record(b"\xff", b"")).unwrap_err().contains("version is not UTF-8"));
        let mut text = framed(LINES);
        text[20] = 0xff;
        assert!(read_all(&inline_record(b"go1.27.3", &text)).unwrap_err().contains("text is not UTF-8"));
        let mut endless = header(8, INLINE);
        endless.extend([0xff; 20]);
        assert!(read_all(&endless).unwrap_err().contains("length of its version"));
    }
}
