//! `/etc/ld.so.cache` in its present format.
//!
//! Layout: glibc `sysdeps/generic/dl-cache.h`, `struct cache_file_new`. Before 2.32 a cache of the old format
//! stood in front of it; then the texts are relative to the new one. The byte order is the image's own and
//! stands in the flags where they were written.

use super::view::View;

const FILE: &str = "/etc/ld.so.cache";
const MAGIC: &[u8] = b"glibc-ld.so.cache1.1";
const OLD: &[u8] = b"ld.so-1.7.0";
const HEADER: usize = 48;
const ENTRY: usize = 24;
/// A desktop with everything has less than half of it.
const SIZE: u64 = 4 << 20;
/// Longest name or path (`PATH_MAX`).
const TEXT: usize = 4096;
/// Bytes of all names and paths together. Entries may share their texts, so that a hostile cache names more
/// than it has; `ldconfig` shares the names that several paths have, and the ends of them.
const TEXTS: usize = 16 << 20;

/// Names with the paths they lead to, in the cache's order; none where there is no cache. One that cannot be
/// read is a note, and empty: the loader would find nothing in it either.
pub(super) fn read(view: &View<'_>) -> Option<Vec<(String, String)>> {
    view.file(FILE)?;
    let entries = view.bytes(FILE, SIZE).map(|bytes| parse(&bytes));
    match entries {
        Some(Some(entries)) => Some(entries),
        Some(None) => {
            view.note(format!("{FILE} is not a cache that glibc reads; it was taken for an empty one"));
            Some(Vec::new())
        }
        None => Some(Vec::new()),
    }
}

/// None where it is no such cache, or contradicts itself.
pub(super) fn parse(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let cache = if bytes.starts_with(MAGIC) {
        bytes
    } else if bytes.starts_with(OLD) {
        // The new one follows at the next multiple of its alignment; its magic says where exactly.
        let at = (8..bytes.len()).step_by(4).find(|at| bytes[*at..].starts_with(MAGIC))?;
        &bytes[at..]
    } else {
        return None;
    };
    let header = cache.get(..HEADER)?;
    let big = header[28] & 3 == 3;
    let number = |at: usize| {
        let word: [u8; 4] = cache.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if big { u32::from_be_bytes(word) } else { u32::from_le_bytes(word) } as usize)
    };
    let count = number(20)?;
    if count > (cache.len() - HEADER) / ENTRY {
        return None;
    }
    let mut entries = Vec::new();
    let mut bytes = 0;
    for index in 0..count {
        let at = HEADER + index * ENTRY;
        let (key, value) = (text(cache, number(at + 4)?)?, text(cache, number(at + 8)?)?);
        bytes += key.len() + value.len();
        if bytes > TEXTS {
            return None;
        }
        entries.push((key, value));
    }
    Some(entries)
}

fn text(cache: &[u8], at: usize) -> Option<String> {
    let rest = cache.get(at..)?;
    let end = rest.iter().take(TEXT).position(|byte| *byte == 0)?;
    Some(String::from_utf8_lossy(&rest[..end]).into_owned())
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    fn cache(big: bool, entries: &[(&str, &str)]) -> Vec<u8> {
        let word = |number: usize| {
            let number = u32::try_from(number).unwrap();
            if big { number.to_be_bytes() } else { number.to_le_bytes() }
        };
        let mut strings = Vec::new();
        let start = HEADER + entries.len() * ENTRY;
        let mut table = Vec::new();
        for (key, value) in entries {
            let mut put = |text: &str| {
                let at = start + strings.len();
                strings.extend(text.bytes().chain([0]));
                at
            };
            let (key, value) = (put(key), put(value));
            for number in [0x303, key, value, 0, 0, 0] {
                table.extend(word(number));
            }
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(word(entries.len()));
        bytes.extend(word(strings.len()));
        bytes.extend([if big { 3 } else { 2 }, 0, 0, 0]);
        bytes.resize(HEADER, 0);
        bytes.extend(table);
        bytes.extend(strings);
        bytes
    }

    const TWO: &[(&str, &str)] = &[("libz.so.1", "/lib/libz.so.1"), ("libc.so.6", "/lib64/libc.so.6")];

    fn owned(entries: &[(&str, &str)]) -> Vec<(String, String)> {
        entries.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn both_orders_and_the_old_prefix_are_read() {
        assert_eq!(parse(&cache(false, TWO)), Some(owned(TWO)));
        assert_eq!(parse(&cache(true, TWO)), Some(owned(TWO)));
        let mut combined = b"ld.so-1.7.0\0\x01\0\0\0entry of 12b\0\0\0\0".to_vec();
        combined.extend(cache(false, TWO));
        assert_eq!(parse(&combined), Some(owned(TWO)));
    }

    #[test]
    fn what_is_cut_or_lies_is_no_cache() {
        let whole = cache(false, TWO);
        for cut in 0..whole.len() {
            assert_eq!(parse(&whole[..cut]), None, "{cut}");
        }
        let mut many = whole.clone();
        many[20..24].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(parse(&many), None);
        let mut far = whole;
        far[HEADER + 4..HEADER + 8].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(parse(&far), None);
        // Every entry has the same long path: the cache has 400 KiB and names 128 MiB.
        let long = "l".repeat(TEXT - 1);
        let mut shared = cache(false, &vec![("", ""); 16 << 10]);
        let at = u32::try_from(shared.len()).unwrap().to_le_bytes();
        for entry in shared[HEADER..].chunks_exact_mut(ENTRY) {
            entry[4..8].copy_from_slice(&at);
            entry[8..12].copy_from_slice(&at);
        }
        shared.extend(long.bytes().chain([0]));
        assert_eq!(parse(&shared), None);
        shared[20..24].copy_from_slice(&(1_u32 << 10).to_le_bytes());
        assert_eq!(parse(&shared).unwrap().len(), 1 << 10);
    }

    #[test]
    fn no_file_is_not_an_empty_one() {
        let none = Memory::new();
        assert_eq!(read(&View::of(&none)), None);
        let broken = Memory::new().file(FILE, b"something else");
        let view = View::of(&broken);
        assert_eq!(read(&view), Some(Vec::new()));
        assert_eq!(view.notes().len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_have_an_answer(tail in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            parse(&[MAGIC, &tail].concat());
        }
    }
}
