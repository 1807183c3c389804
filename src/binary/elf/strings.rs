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
        let whole = if self.size <= limits::STRING_TABLE {
            Some(self.source.part(self.offset, self.size, limits::STRING_TABLE)?)
        } else {
            None
        };
        Ok(Self { whole, budget: limits::EXPORTS, ..self })
    }

    /// The same table for a caller that keeps what it gets.
    pub(super) fn with_budget(self, budget: u64) -> Self {
        Self { budget, ..self }
    }

    /// Counts what is kept of a string a second time.
    pub(super) fn charge(&mut self, bytes: u64) -> Result<(), Fault> {
        let left = self.budget.checked_sub(bytes);
        self.budget = left.ok_or_else(|| Fault::content("the names are longer together than makes sense"))?;
        Ok(())
    }

    /// The name of a library.
    pub(super) fn library(&mut self, index: u64) -> Result<String, Fault> {
        self.within(index, limits::LIBRARY_NAME)
    }

    /// The string at an index of the table.
    pub(super) fn get(&mut self, index: u64) -> Result<String, Fault> {
        self.within(index, limits::STRING)
    }

    fn within(&mut self, index: u64, limit: u64) -> Result<String, Fault> {
        let available = self.size.checked_sub(index).filter(|available| *available > 0);
        let available = available.ok_or_else(|| {
            Fault::Content(format!("its name lies outside the string table: {index} of {}", self.size))
        })?;
        let offset = self.offset.checked_add(index);
        let offset = offset.ok_or_else(|| Fault::content("the place of its name overflows"))?;
        let text = match &self.whole {
            Some(bytes) => {
                let bytes: &[u8] = bytes;
                Source::new(&bytes).text(index, available, limit)?
            }
            None => self.source.text(offset, available, limit)?,
        };
        self.charge(text.len() as u64 + 1)?;
        Ok(text)
    }
}
