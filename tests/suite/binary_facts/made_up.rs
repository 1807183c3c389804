//! Made-up files: the seeds of `fuzz/`, as they are and changed at random, through every reader. Findings of
//! the long runs (`scripts/fuzz.sh`) are among the seeds.

#[path = "../../../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "the targets of fuzz/ use it as a crate")]
mod fuzz;

use super::damage::values;
use gobuild::binary::{Format, Functions, GoInfo};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

type Reader = fn(&[u8]);

const READERS: [(&str, Reader); 5] = [
    ("elf", fuzz::elf),
    ("pe", fuzz::pe),
    ("macho", fuzz::macho),
    ("buildinfo", fuzz::buildinfo),
    ("pclntab", fuzz::pclntab),
];

fn seeds(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 2, "{files:?}");
    files
}

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
        let seeds: Vec<Vec<u8>> = seeds(target).iter().map(|path| std::fs::read(path).unwrap()).collect();
        for bytes in &seeds {
            reader(bytes);
        }
        let change = (any::<prop::sample::Index>(), 1..=8_usize, values());
        let changes = prop::collection::vec(change, 1..6);
        let cut = prop::option::weighted(0.1, any::<prop::sample::Index>());
        let config = ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() };
        proptest!(config, |(bytes in prop::sample::select(seeds), changes in changes, cut in cut)| {
            let mut bytes = bytes;
            for (at, width, value) in changes {
                let at = at.index(bytes.len());
                let end = bytes.len().min(at + width);
                bytes[at..end].copy_from_slice(&value.to_le_bytes()[..end - at]);
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            reader(&bytes);
        });
    }
}
