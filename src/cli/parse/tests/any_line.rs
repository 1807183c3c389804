//! Lines that nobody would think of.

use proptest::prelude::*;

use super::*;

pub(super) fn word() -> impl Strategy<Value = OsString> {
    let known = prop::sample::select(vec![
        "--",
        "-",
        "-o",
        "-o=",
        "-C",
        "--ldflags",
        "-race",
        "-unknown",
        "./a",
        "a.go",
        "",
        "--target",
        "--target=x",
        "--release",
        "--platform",
        "-h",
        "plan",
        "build",
        "---x",
        "-=",
        "--brandnew=1",
        "--config",
        "verify",
        "image",
        "help",
        "vet",
        "--help",
        "--version",
        "--quiet",
        "--all",
        "--rootfs=r",
        "--color=neve",
        "--taget",
        "rpc",
    ]);
    prop_oneof![
        9 => known.prop_map(OsString::from),
        1 => prop::collection::vec(any::<u8>(), 0..8).prop_map(OsString::from_vec),
    ]
}

proptest! {
    /// Go gets a part of what was typed in the order it was typed, and reading that part once more
    /// changes nothing: no word is invented, none moves.
    #[test]
    fn gos_half_is_what_was_typed(line in prop::collection::vec(word(), 0..9)) {
        let Ok(Typed { verb: Verb::Build(args), .. }) = parse(&line) else { return Ok(()) };
        let words = args.line.words();
        let mut typed = line.iter();
        prop_assert!(words.iter().all(|word| typed.any(|other| other == word)), "{line:?}: {words:?}");
        let mut again = vec![OsString::from("build")];
        again.extend(words);
        let Verb::Build(second) = parse(&again).unwrap().verb else { panic!("{again:?}") };
        prop_assert_eq!(second.line, args.line);
        prop_assert!(second.targets.is_empty() && !second.release);
    }
}
