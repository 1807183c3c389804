//! The names in one block, since Go 1.16: each up to a NUL, streamed.

use super::super::address::Place;
use super::super::source::{Fault, Source};
use super::header::Header;
use super::pieces::{Pieces, WORD};
use super::wanted::Wanted;

/// Bytes that are read at once: few calls, and a buffer that stays in the processor's cache.
const PIECE: usize = 64 << 10;

/// Looks through all names, until nothing more is looked for.
pub(super) fn search(
    source: Source<'_>,
    table: Place,
    header: &Header,
    wanted: &mut Wanted<'_>,
) -> Result<(), Fault> {
    let pieces = Pieces::new(&wanted.names());
    // No more of a name that is not whole yet is kept than it takes to see that it is too long.
    let most = 1 + wanted.longest + 1;
    let mut text = vec![0; most + PIECE + WORD];
    // The NUL in front of a name, and what was read of it.
    let mut begun = 1;
    let mut done = header.names;
    while done < header.end && !wanted.complete() {
        let length = usize::try_from(header.end - done).map_or(PIECE, |left| left.min(PIECE));
        let end = begun + length;
        source.read(&mut text[begun..end], table.offset + done)?;
        done += length as u64;
        let last = text[..end].iter().rposition(|byte| *byte == 0).unwrap_or_default();
        pieces.search(&text[..=last + WORD], |start| {
            wanted.see(text[start..].split(|byte| *byte == 0).next().unwrap_or_default());
        });
        begun = most.min(end - last);
        text.copy_within(last..last + begun, 0);
    }
    if begun == 1 || wanted.complete() {
        Ok(())
    } else {
        Err(Fault::content("the names of functions do not end in a NUL"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::elf::Order;
    use super::*;

    fn found(bytes: &[u8], wanted: &[&str]) -> Result<Vec<String>, String> {
        let size = bytes.len() as u64;
        let header =
            Header { width: 8, order: Order::Little, functions: 1, scattered: false, names: 0, end: size };
        let mut wanted = Wanted::new(wanted);
        let table = Place { offset: 0, available: size };
        match search(Source::new(&bytes), table, &header, &mut wanted) {
            Ok(()) => Ok(wanted.found.into_iter().collect()),
            Err(Fault::Content(why)) => Err(why),
            Err(Fault::Io(error)) => panic!("{error}"),
        }
    }

    #[test]
    fn a_name_across_two_pieces_is_one() {
        let piece = PIECE;
        for shift in 0..12 {
            let mut bytes = vec![b'x'; piece - shift - 1];
            bytes.extend(b"\0os.Exit\0os.ExitCode\0");
            assert_eq!(found(&bytes, &["os.Exit"]).unwrap(), ["os.Exit"], "{shift}");
            assert_eq!(found(&bytes, &["os.Exi", "s.Exit", "os.ExitCod"]).unwrap(), [""; 0], "{shift}");
        }
        let mut long = vec![b'x'; 3 * piece];
        long.extend(b"\0os.Exit\0");
        assert_eq!(found(&long, &["os.Exit", "x", "xx"]).unwrap(), ["os.Exit"]);
    }

    #[test]
    fn names_that_do_not_end_are_no_names() {
        assert_eq!(found(b"", &["a"]).unwrap(), [""; 0]);
        assert_eq!(found(b"a\0b", &["a"]).unwrap(), ["a"], "all is known before the end");
        assert!(found(b"a\0b", &["b"]).unwrap_err().contains("NUL"));
    }
}
