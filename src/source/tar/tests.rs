use std::io::Cursor;

use super::super::bytes::Sequential;
use super::*;

fn members(bytes: &[u8]) -> io::Result<Vec<(Member, Vec<u8>)>> {
    let mut reader = Members::new(Sequential::new(Cursor::new(bytes.to_vec())));
    let mut all = Vec::new();
    while let Some(member) = reader.next()? {
        let mut content = Vec::new();
        reader.read_to_end(&mut content)?;
        all.push((member, content));
    }
    Ok(all)
}

fn header(kind: EntryType, size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_mode(0o4755);
    header.set_uid(1000);
    header.set_gid(100);
    header.set_size(size);
    header
}

#[test]
fn every_kind_is_read() {
    let mut builder = tar::Builder::new(Vec::new());
    builder.append_data(&mut header(EntryType::Directory, 0), "usr/lib/", io::empty()).unwrap();
    builder.append_data(&mut header(EntryType::Regular, 3), "usr/lib/x", &b"abc"[..]).unwrap();
    builder.append_link(&mut header(EntryType::Symlink, 0), "lib", "usr/lib").unwrap();
    builder.append_link(&mut header(EntryType::Link, 0), "y", "usr/lib/x").unwrap();
    builder.append_data(&mut header(EntryType::Fifo, 0), "pipe", io::empty()).unwrap();
    // Longer than a header has room for: GNU's long names.
    let long = format!("{}/end", "d".repeat(200));
    builder.append_data(&mut header(EntryType::Regular, 600), &long, &[7_u8; 600][..]).unwrap();
    builder.append_link(&mut header(EntryType::Symlink, 0), "far", &long).unwrap();
    let all = members(&builder.into_inner().unwrap()).unwrap();
    let kinds: Vec<(&str, &Kind)> =
        all.iter().map(|(member, _)| (member.path.as_str(), &member.kind)).collect();
    assert_eq!(
        kinds,
        [
            ("usr/lib/", &Kind::Folder),
            ("usr/lib/x", &Kind::File),
            ("lib", &Kind::Link("usr/lib".to_owned())),
            ("y", &Kind::Hard("usr/lib/x".to_owned())),
            ("pipe", &Kind::Other),
            (long.as_str(), &Kind::File),
            ("far", &Kind::Link(long.clone())),
        ]
    );
    assert_eq!((all[1].1.as_slice(), all[5].1.len()), (&b"abc"[..], 600));
    assert_eq!((all[1].0.mode, all[1].0.uid, all[1].0.gid), (0o4755, 1000, 100));
}

/// A pax header with these records before a file of four bytes.
fn pax(records: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    builder.append_pax_extensions(records.iter().copied()).unwrap();
    builder.append_data(&mut header(EntryType::Regular, 4), "short", &b"abcd"[..]).unwrap();
    builder.into_inner().unwrap()
}

#[test]
fn extended_headers_count_for_the_next_member_alone() {
    let mut builder = tar::Builder::new(pax(&[("path", b"long/name"), ("uid", b"70000"), ("mtime", b"1.5")]));
    builder.get_mut().truncate(512 * 4);
    builder.append_data(&mut header(EntryType::Regular, 1), "plain", &b"x"[..]).unwrap();
    let all = members(&builder.into_inner().unwrap()).unwrap();
    assert_eq!((all[0].0.path.as_str(), all[0].0.uid), ("long/name", 70_000));
    assert_eq!((all[1].0.path.as_str(), all[1].0.uid), ("plain", 1000));
    let sparse = members(&pax(&[("GNU.sparse.major", b"1"), ("GNU.sparse.name", b"real")])).unwrap();
    assert_eq!((sparse[0].0.path.as_str(), &sparse[0].0.kind), ("real", &Kind::Other));
}

#[test]
fn names_that_nothing_can_name_are_passed_over() {
    assert!(members(&pax(&[("path", b"\xff\xfe")])).unwrap().is_empty());
    assert!(members(&pax(&[("path", "p".repeat(PATH + 1).as_bytes())])).unwrap().is_empty());
}

#[test]
fn what_lies_or_is_cut_is_an_error() {
    let whole = pax(&[("path", b"name")]);
    for cut in [1, 511, 513, 700, 1024 + 511, 512 * 3 + 2] {
        assert!(members(&whole[..cut]).is_err(), "{cut}");
    }
    let mut changed = whole.clone();
    changed[1] ^= 1;
    assert!(members(&changed).unwrap_err().to_string().contains("checksum"));
    // The size says more than there is, up to more than there can be.
    assert!(members(&pax(&[("size", b"99999")])).is_err());
    assert!(members(&pax(&[("size", b"18446744073709551615")])).is_err());
    assert!(members(&pax(&[("size", b"-1")])).is_err());
    let mut giant = tar::Builder::new(Vec::new());
    let mut wide = header(EntryType::XHeader, EXTENDED + 1);
    wide.set_cksum();
    giant.append(&wide, io::repeat(b' ').take(EXTENDED + 1)).unwrap();
    let error = members(&giant.into_inner().unwrap()).unwrap_err();
    assert!(error.to_string().contains("extended header"), "{error}");
    for records in ["9999 path=x\n", "0 a=b\n", "x", "7 path\n", "5 a=b"] {
        assert!(Extended::default().records(records.as_bytes()).is_err(), "{records}");
    }
}

proptest::proptest! {
    #[test]
    fn any_change_has_an_answer(at in 0_usize..3000, bytes in proptest::collection::vec(proptest::num::u8::ANY, 1..40)) {
        let mut archive = pax(&[("path", b"some/name"), ("linkpath", b"x")]);
        for (index, byte) in bytes.into_iter().enumerate() {
            if let Some(place) = archive.get_mut(at + index) {
                *place = byte;
            }
        }
        // With the checksums mended, what is behind them is reached too.
        for block in archive.chunks_exact_mut(BLOCK) {
            let mut header = Header::from_byte_slice(block).clone();
            header.set_cksum();
            block.copy_from_slice(header.as_bytes());
        }
        let _ = members(&archive);
    }
}
