//! Made-up files: the seeds of `fuzz/`, as they are and changed at random. Findings of the long runs
//! (`scripts/fuzz.sh`) are among the seeds.

#[path = "../../../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "the targets of fuzz/ use it as a crate")]
pub(crate) mod fuzz;

use std::path::{Path, PathBuf};

use proptest::prelude::*;

/// The seeds of one target, in order.
pub(crate) fn seeds(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 2, "{files:?}");
    files
}

/// Values that overflow, that lead just behind something, or that lead back.
pub(crate) fn values() -> impl Strategy<Value = u64> {
    prop_oneof![
        any::<u64>(),
        0..0x5000_u64,
        Just(u64::MAX),
        Just(u64::MAX - 0xfff),
        Just(0xffff_ffff),
        Just(0x8000_0000),
        Just(0),
    ]
}

/// Shows every seed of a target to its reader, and 500 changed ones.
pub(crate) fn show(target: &str, reader: fn(&[u8])) {
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
