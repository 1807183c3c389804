//! Made-up files: the seeds of `fuzz/`, as they are and changed at random, through every reader. Findings of
//! the long runs (`scripts/fuzz.sh`) are among the seeds.

use gobuild::binary::{Format, Functions, GoInfo};

use crate::support::made_up::{fuzz, seeds, show};

type Reader = fn(&[u8]);

const READERS: [(&str, Reader); 5] = [
    ("elf", fuzz::elf),
    ("pe", fuzz::pe),
    ("macho", fuzz::macho),
    ("buildinfo", fuzz::buildinfo),
    ("pclntab", fuzz::pclntab),
];

/// The seeds are what they are meant to be: without faults, and with everything that is looked for.
#[test]
fn the_seeds_are_sound() {
    let mut symbols = 0;
    for path in ["elf", "pe", "macho"].into_iter().flat_map(seeds) {
        // Findings are named after their digest, and are anything but sound.
        if path.file_name().unwrap().len() > 20 {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let binary = gobuild::binary::read(&bytes[..]).unwrap();
        assert_eq!(binary.inconsistencies(), [""; 0], "{}", path.display());
        assert!(binary.extent().unwrap().end <= binary.size, "{}", path.display());
        let functions = gobuild::binary::functions(&bytes[..], &["main.main", "main.mai"]).unwrap();
        match &binary.format {
            Format::Elf(_) => {
                let exports = gobuild::binary::elf::exports(&bytes[..]).unwrap();
                assert_eq!(exports.inconsistencies, [""; 0], "{}", path.display());
                symbols += exports.names.len();
            }
            Format::Pe { image, .. } => assert_eq!(image.imports, ["kernel32.dll"]),
            Format::MachO { image, .. } => {
                // The last of two load commands that tell it.
                assert_eq!(image.minimum_os.map(|minimum| minimum.version.0), Some(10));
            }
            other => panic!("{other:?}"),
        }
        if binary.elf().is_none() {
            assert!(matches!(binary.go, GoInfo::Present(_)), "{}: {:?}", path.display(), binary.go);
            assert_eq!(functions, Functions::Present(["main.main".to_owned()].into()), "{}", path.display());
        }
    }
    assert!(symbols > 6, "{symbols}");
}

#[test]
fn made_up_files_are_read_to_their_end() {
    for (target, reader) in READERS {
        show(target, reader);
    }
}
