//! A tar archive, member by member, with nothing kept that its headers promise: names are bounded, contents
//! are passed through.
//!
//! Sources: POSIX.1-2017 `pax` for ustar and extended headers, GNU tar's manual for long names, numbers in
//! base 256 and sparse files. The `tar` crate reads the single header; it has no limit on extended ones.

use std::io::{self, Read};

use serde::{Deserialize, Serialize};
use tar::{EntryType, Header};

use super::bytes::Input;

const BLOCK: usize = 512;
/// An extended header: Go's own reader and writer have the same limit.
const EXTENDED: u64 = 1 << 20;
/// A path (`PATH_MAX`).
pub(super) const PATH: usize = 4096;

/// What a member is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    File,
    Folder,
    /// A symbolic link: its target as written.
    Link(String),
    /// A hard link: the path of a member that came before.
    Hard(String),
    /// A device, a pipe; a sparse file, whose content is not laid out here.
    Other,
}

/// One member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Member {
    /// As written.
    pub(super) path: String,
    pub(super) kind: Kind,
    pub(super) mode: u32,
    pub(super) uid: u32,
    pub(super) gid: u32,
    /// Bytes of content that follow.
    pub(super) size: u64,
}

/// Reads members; between two calls of [`Self::next`] it is the content of the last one.
pub(super) struct Members<I> {
    input: I,
    /// Bytes of the content that were not read.
    left: u64,
    /// Bytes up to the next block.
    padding: u64,
}

/// What extended headers say of the next member.
#[derive(Default)]
struct Extended {
    path: Option<Vec<u8>>,
    link: Option<Vec<u8>>,
    size: Option<u64>,
    uid: Option<u32>,
    gid: Option<u32>,
    sparse: bool,
}

fn corrupt(words: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, words.into())
}

impl<I: Input> Members<I> {
    pub(super) fn new(input: I) -> Self {
        Self { input, left: 0, padding: 0 }
    }

    /// Where the content of the last member starts.
    pub(super) fn position(&self) -> u64 {
        self.input.position()
    }

    /// What is behind the archive's end.
    pub(super) fn into_rest(self) -> I {
        self.input
    }

    /// The next member; none at the end. Members whose names are not UTF-8 or too long are passed over: no
    /// text of Go's or of this program's can name them.
    pub(super) fn next(&mut self) -> io::Result<Option<Member>> {
        let mut extended = Extended::default();
        loop {
            self.input.skip(self.left.saturating_add(self.padding))?;
            (self.left, self.padding) = (0, 0);
            let Some(header) = self.header()? else { return Ok(None) };
            let size = header.entry_size().map_err(|_| corrupt("a header of the archive has no size"))?;
            let kind = header.entry_type();
            self.content(if has_content(kind) { extended.size.unwrap_or(size) } else { 0 });
            match kind {
                EntryType::GNULongName => extended.path = Some(self.long()?),
                EntryType::GNULongLink => extended.link = Some(self.long()?),
                EntryType::XHeader => {
                    let records = self.long()?;
                    extended.records(&records)?;
                }
                EntryType::XGlobalHeader => {}
                _ => {
                    if let Some(member) = self.member(&header, extended) {
                        return Ok(Some(member));
                    }
                    extended = Extended::default();
                }
            }
        }
    }

    fn content(&mut self, size: u64) {
        self.left = size;
        self.padding = size.wrapping_neg() % BLOCK as u64;
    }

    /// The next header; none at the two empty blocks that end an archive, and where the input ends instead.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let mut block = [0; BLOCK];
        let mut have = 0;
        while have < BLOCK {
            match self.input.read(&mut block[have..])? {
                0 if have == 0 => return Ok(None),
                0 => return Err(corrupt("the archive is cut short")),
                read => have += read,
            }
        }
        if block.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        let header = Header::from_byte_slice(&block);
        // The checksum counts its own field as blanks.
        let field = 148..156;
        let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum::<u32>()
            - block[field.clone()].iter().map(|byte| u32::from(*byte)).sum::<u32>()
            + 8 * u32::from(b' ');
        if header.cksum().ok() != Some(sum) {
            return Err(corrupt("it is no tar archive, or damaged: the checksum of a header is wrong"));
        }
        Ok(Some(header.clone()))
    }

    /// The content of an extended header.
    fn long(&mut self) -> io::Result<Vec<u8>> {
        if self.left > EXTENDED {
            return Err(corrupt(format!("an extended header has {} bytes, {EXTENDED} at most", self.left)));
        }
        let mut content = Vec::new();
        self.take(EXTENDED).read_to_end(&mut content)?;
        Ok(content)
    }

    fn member(&mut self, header: &Header, extended: Extended) -> Option<Member> {
        let text = |bytes: Vec<u8>| {
            let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
            String::from_utf8(bytes[..end].to_vec()).ok().filter(|text| text.len() <= PATH)
        };
        let path = text(extended.path.unwrap_or_else(|| header.path_bytes().into_owned()))?;
        let link = extended.link.or_else(|| header.link_name_bytes().map(std::borrow::Cow::into_owned));
        let link = link.map_or(Some(String::new()), text)?;
        // Old archives mark a folder by the slash alone.
        let kind = match header.entry_type() {
            EntryType::Symlink => Kind::Link(link),
            EntryType::Link => Kind::Hard(link),
            EntryType::Directory => Kind::Folder,
            EntryType::Regular | EntryType::Continuous if extended.sparse => Kind::Other,
            EntryType::Regular | EntryType::Continuous if path.ends_with('/') => Kind::Folder,
            EntryType::Regular | EntryType::Continuous => Kind::File,
            _ => Kind::Other,
        };
        let narrow = |number: io::Result<u64>| number.ok().and_then(|id| u32::try_from(id).ok());
        Some(Member {
            path,
            kind,
            mode: header.mode().unwrap_or_default() & 0o7777,
            uid: extended.uid.or_else(|| narrow(header.uid())).unwrap_or_default(),
            gid: extended.gid.or_else(|| narrow(header.gid())).unwrap_or_default(),
            size: self.left,
        })
    }
}

/// Links, folders and devices have none, whatever their size says (POSIX); a hard link of some archivers
/// does, and Go takes it for none.
fn has_content(kind: EntryType) -> bool {
    !matches!(
        kind,
        EntryType::Symlink
            | EntryType::Link
            | EntryType::Directory
            | EntryType::Char
            | EntryType::Block
            | EntryType::Fifo
    )
}

impl<I: Input> Read for Members<I> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        if most == 0 {
            return Ok(0);
        }
        let read = self.input.read(&mut buffer[..most])?;
        if read == 0 {
            return Err(corrupt("the archive is cut short"));
        }
        self.left -= read as u64;
        Ok(read)
    }
}

impl Extended {
    /// `LENGTH KEY=VALUE\n`, the length being that of the whole record.
    fn records(&mut self, mut records: &[u8]) -> io::Result<()> {
        let wrong = || corrupt("an extended header is damaged");
        while !records.is_empty() {
            let blank = records.iter().position(|byte| *byte == b' ').ok_or_else(wrong)?;
            let length = std::str::from_utf8(&records[..blank]).ok().and_then(|text| text.parse().ok());
            let length: usize = length.filter(|length| *length > blank + 1).ok_or_else(wrong)?;
            let record = records.get(blank + 1..length).and_then(|record| record.strip_suffix(b"\n"));
            let record = record.ok_or_else(wrong)?;
            let equals = record.iter().position(|byte| *byte == b'=').ok_or_else(wrong)?;
            let (key, value) = (&record[..equals], &record[equals + 1..]);
            let number = || std::str::from_utf8(value).ok().and_then(|text| text.parse::<u64>().ok());
            let id = || number().and_then(|id| u32::try_from(id).ok());
            match key {
                b"path" | b"GNU.sparse.name" => self.path = Some(value.to_owned()),
                b"linkpath" => self.link = Some(value.to_owned()),
                b"size" => self.size = Some(number().ok_or_else(wrong)?),
                b"uid" => self.uid = id(),
                b"gid" => self.gid = id(),
                _ => {}
            }
            self.sparse |= key.starts_with(b"GNU.sparse.");
            records = &records[length..];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
