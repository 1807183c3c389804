//! Texts inside a file: what its C code has as literals.

use std::io;

use crate::binary::ReadAt;

/// Bytes that are read at once.
const STEP: usize = 1 << 16;
/// No C library and no loader comes near this size; the rest of a file is not searched.
const FILE: u64 = 64 << 20;
/// Longest text that is of interest.
const LONGEST: usize = 256;

/// Calls `found` with every text of printable ASCII that ends in a NUL or a line feed, in order, until it
/// answers false.
pub(super) fn each(file: &dyn ReadAt, mut found: impl FnMut(&str) -> bool) -> io::Result<()> {
    let size = file.size().min(FILE);
    let mut text = String::new();
    let mut too_long = false;
    let mut buffer = vec![0; STEP];
    let mut at = 0;
    while at < size {
        let step = usize::try_from(size - at).unwrap_or(STEP).min(STEP);
        file.read_exact_at(&mut buffer[..step], at)?;
        at += step as u64;
        for byte in &buffer[..step] {
            match byte {
                b' '..=b'~' if text.len() < LONGEST => text.push(char::from(*byte)),
                b' '..=b'~' => too_long = true,
                0 | b'\n' if !text.is_empty() && !too_long && !found(&text) => return Ok(()),
                _ => {
                    text.clear();
                    too_long = false;
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_end_in_a_nul_and_cross_the_pieces() {
        let mut bytes = vec![1; STEP - 2];
        bytes.extend(b"/lib/\0line\n\x01cut\x02end\0");
        bytes.extend(vec![b'x'; LONGEST + 1]);
        bytes.extend(b"\0last\0open");
        let mut all = Vec::new();
        each(&bytes.as_slice(), |text| {
            all.push(text.to_owned());
            true
        })
        .unwrap();
        assert_eq!(all, ["/lib/", "line", "end", "last"]);
        let mut first = Vec::new();
        each(&bytes.as_slice(), |text| {
            first.push(text.to_owned());
            false
        })
        .unwrap();
        assert_eq!(first, ["/lib/"]);
    }
}
