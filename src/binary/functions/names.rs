//! The names in one block, since Go 1.16: each up to a NUL, streamed.

use super::super::address::Place;
use super::super::source::{Fault, Source};
use super::header::Header;
use super::wanted::Wanted;

/// Bytes that are read at once.
const PIECE: u64 = 64 << 10;

/// Shows all names, until nothing more is looked for.
pub(super) fn search(
    source: Source<'_>,
    table: Place,
    header: &Header,
    wanted: &mut Wanted<'_>,
) -> Result<(), Fault> {
    // A name across two pieces. No more of it is kept than it takes to see that it is too long.
    let (mut begun, most) = (Vec::new(), wanted.longest + 1);
    let mut done = header.names;
    while done < header.end && !wanted.complete() {
        let length = PIECE.min(header.end - done);
        let piece = source.part(table.offset + done, length, PIECE)?;
        done += length;
        let mut names = piece.split(|byte| *byte == 0);
        let last = names.next_back().unwrap_or_default();
        for name in names {
            if begun.is_empty() {
                wanted.see(name);
            } else {
                extend(&mut begun, name, most);
                wanted.see(&begun);
                begun.clear();
            }
        }
        extend(&mut begun, last, most);
    }
    if begun.is_empty() || wanted.complete() {
        Ok(())
    } else {
        Err(Fault::content("the names of functions do not end in a NUL"))
    }
}

fn extend(begun: &mut Vec<u8>, more: &[u8], most: usize) {
    let room = most.saturating_sub(begun.len()).min(more.len());
    begun.extend_from_slice(&more[..room]);
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
        let piece = usize::try_from(PIECE).unwrap();
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
