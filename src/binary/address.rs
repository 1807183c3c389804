//! Where the bytes of an address lie in the file.

/// One mapped range: what the loader puts at an address, and where it takes it from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mapped {
    /// First address.
    pub(super) address: u64,
    /// Offset of its bytes in the file.
    pub(super) offset: u64,
    /// How many of them come from the file; what is zero-filled in memory is not counted.
    pub(super) length: u64,
}

/// Bytes of the file: a start, and how many follow in the same mapped range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Offset in the file.
    pub(super) offset: u64,
    /// Bytes from there to the end of the range.
    pub(super) available: u64,
}

/// The mapped ranges of a file, in its own order.
#[derive(Debug, Clone, Default)]
pub(super) struct AddressMap(pub(super) Vec<Mapped>);

impl AddressMap {
    /// Where the byte at an address lies; none where no range holds it.
    pub(super) fn locate(&self, address: u64) -> Option<Place> {
        self.0.iter().find_map(|range| {
            let into = address.checked_sub(range.address).filter(|into| *into < range.length)?;
            Some(Place { offset: range.offset.checked_add(into)?, available: range.length - into })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_only_where_bytes_of_the_file_are() {
        let map = AddressMap(vec![
            Mapped { address: 0x1000, offset: 0, length: 0x10 },
            Mapped { address: 0x2000, offset: u64::MAX, length: 0x10 },
        ]);
        assert_eq!(map.locate(0x100f), Some(Place { offset: 15, available: 1 }));
        assert_eq!(map.locate(0x1010), None);
        assert_eq!(map.locate(0xfff), None);
        assert_eq!(map.locate(0x2001), None, "the offset would overflow");
    }
}
