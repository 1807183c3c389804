//! The string table of the dynamic section, read one string at a time: a plugin's can have tens of
//! megabytes, and a handful of names is all that is needed.

use super::super::address::AddressMap;
use super::super::limits;
use super::super::source::{Fault, Source};

/// `DT_STRTAB` and `DT_STRSZ`.
pub(super) struct Strings<'a> {
    source: Source<'a>,
    offset: u64,
    size: u64,
    /// Bytes that may still be taken, for files that name one huge string a thousand times.
    budget: u64,
    /// All of them, where nearly all are asked for.
    whole: Option<Vec<u8>>,
}

impl<'a> Strings<'a> {
    /// Finds the table.
    pub(super) fn new(
        source: Source<'a>,
        map: &AddressMap,
        address: Option<u64>,
        size: Option<u64>,
    ) -> Result<Self, Fault> {
        let address = address.ok_or_else(|| Fault::content("there is none"))?;
        let size = size.ok_or_else(|| Fault::content("it has no size (DT_STRSZ)"))?;
        let place = map.locate(address);
        let place =
            place.ok_or_else(|| Fault::Content(format!("no segment maps its address {address:#x}")))?;
        if size > place.available {
            return Err(Fault::Content(format!(
                "{size} bytes from address {address:#x}, where the segment has {}",
                place.available
            )));
        }
        Ok(Self { source, offset: place.offset, size, budget: limits::STRINGS, whole: None })
    }

    /// Reads all strings at once: for a caller that wants thousands.
    pub(super) fn whole(self) -> Result<Self, Fault> {
        let bytes = self.source.part(self.offset, self.size, limits::EXPORTS)?;
        Ok(Self { whole: Some(bytes), budget: limits::EXPORTS, ..self })
    }

    /// The string at an index of the table.
    pub(super) fn get(&mut self, index: u64) -> Result<String, Fault> {
        let available = self.size.checked_sub(index).filter(|available| *available > 0);
        let available = available.ok_or_else(|| {
            Fault::Content(format!("its name lies outside the string table: {index} of {}", self.size))
        })?;
        let offset = self.offset.checked_add(index);
        let offset = offset.ok_or_else(|| Fault::content("the place of its name overflows"))?;
        let text = match &self.whole {
            Some(bytes) => {
                let bytes: &[u8] = bytes;
                Source::new(&bytes).text(index, available, limits::STRING)?
            }
            None => self.source.text(offset, available, limits::STRING)?,
        };
        self.budget = self
            .budget
            .checked_sub(text.len() as u64 + 1)
            .ok_or_else(|| Fault::content("the names are longer together than makes sense"))?;
        Ok(text)
    }
}
