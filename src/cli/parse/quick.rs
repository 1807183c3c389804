//! The lines that Makefiles hold, a build, a plan, a verify and go's own verbs, read without a description of every verb: clap makes a
//! tree of all it is told, which for gobuild took longer than all else that a small `gobuild verify` does.
//!
//! Only what is right and plain is read here. Whatever else a line holds, from `--help` to a slip of the keyboard, is
//! for the whole description, which has an answer to it.

use std::ffi::OsString;

use clap::{Args, Command, FromArgMatches};

use super::super::args::With;
use super::super::split::{OwnFlags, Split, Word, classify, split};
use super::super::{BuildArgs, Common, Typed, Verb, VerifyArgs, go_flags, go_flags::Takes, go_verbs};

/// What [`super::whole`] would read, or none where that is to be asked.
pub(super) fn parse(args: &[OsString]) -> Option<Typed> {
    let (first, rest) = args.split_first().map_or((None, args), |(first, rest)| (first.to_str(), rest));
    if first.is_some_and(go_verbs::is_passed_on) {
        return Some(Typed { common: Common::default(), verb: Verb::Go(args.to_vec()) });
    }
    if first == Some("verify") {
        let With { own, common } = options::<VerifyArgs>(rest)?;
        return Some(Typed { common, verb: super::verified(own) });
    }
    let flags = OwnFlags::of(&With::<BuildArgs>::augment_args(Command::new("gobuild")));
    match first {
        Some("build") => build(rest, &flags, Verb::Build),
        Some("plan") => build(rest, &flags, Verb::Plan),
        // `./cmd/rpc` is no verb; whether `rpc` is one, or nearly, the whole description knows.
        _ if first_bare(args, &flags).is_none_or(is_path) => build(args, &flags, Verb::Build),
        _ => None,
    }
}

fn is_path(word: &OsString) -> bool {
    word.as_encoded_bytes().iter().any(|byte| b"./".contains(byte))
}

fn build(words: &[OsString], flags: &OwnFlags, verb: fn(BuildArgs) -> Verb) -> Option<Typed> {
    let unknown = |word: &OsString| {
        word.as_encoded_bytes().starts_with(b"--")
            && matches!(classify(word, flags), Word::Go(flag, _) if go_flags::lookup(&flag.name).is_none())
    };
    if words.iter().any(unknown) {
        return None;
    }
    let Split { own, line } = split(words, flags).ok()?;
    let With { own, common } = options::<BuildArgs>(&own)?;
    Some(Typed { common, verb: verb(super::built(own, line)) })
}

/// The first word that is neither a flag nor its value, unless a flag of go's comes before it.
fn first_bare<'a>(args: &'a [OsString], flags: &OwnFlags) -> Option<&'a OsString> {
    let mut words = args.iter();
    while let Some(word) = words.next() {
        match classify(word, flags) {
            Word::Own(Takes::Nothing) => {}
            Word::Own(Takes::Value) => drop(words.next()),
            Word::Terminator | Word::Go(..) => return None,
            Word::Bare => return Some(word),
        }
    }
    None
}

fn options<T: Args>(words: &[OsString]) -> Option<With<T>> {
    let words = std::iter::once("gobuild".into()).chain(words.iter().cloned());
    let matches = With::<T>::augment_args(Command::new("gobuild")).try_get_matches_from(words).ok()?;
    With::<T>::from_arg_matches(&matches).ok()
}
