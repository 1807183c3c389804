//! GB501 in words.

use super::foreign;
use super::shared::{line, rebuild};
use crate::diagnostics::evidence::gb501::{LinkedStub, Stub, StubWithoutC};
use crate::diagnostics::{About, Line, Message};
use crate::origin::Origin;

pub(super) fn message(found: &StubWithoutC, about: &About) -> Message {
    match found {
        StubWithoutC::Planned { stubs, off } => planned(stubs, off.as_ref()),
        StubWithoutC::Linked { stubs, recorded } => linked(stubs, *recorded, about),
    }
}

fn planned(stubs: &[Stub], off: Option<&Origin>) -> Message {
    let Some(first) = stubs.first() else { return Message::default() };
    let mut help =
        vec!["let gobuild choose: unset CGO_ENABLED, and set cgo = \"auto\" in gobuild.toml".to_owned()];
    help.extend(first.pure.as_deref().map(without_c));
    Message {
        title: format!("{} is only a stub in this build", first.package),
        evidence: stubs.iter().map(imported).collect(),
        production: Some(first.message.clone()),
        cause: off.map(|origin| format!("cgo is off: {origin}")),
        help,
    }
}

fn imported(stub: &Stub) -> Line {
    let whole = line("without its C half", stub.package.clone());
    match &stub.chain[..] {
        [] | [_] => whole,
        [importers @ .., _] => {
            let importers: Vec<&str> = importers.iter().rev().map(String::as_str).collect();
            Line { note: Some(format!("imported by {}", importers.join(", imported by "))), ..whole }
        }
    }
}

fn linked(stubs: &[LinkedStub], recorded: bool, about: &About) -> Message {
    let Some(first) = stubs.first() else { return Message::default() };
    let mut help = vec![format!("build it with its C half: {}", rebuild(about))];
    help.extend(first.pure.map(without_c));
    Message {
        title: format!("{} is only a stub in this binary", first.half.package),
        evidence: stubs.iter().flat_map(|stub| foreign::lines(&stub.half, about)).collect(),
        production: Some(first.message.to_owned()),
        cause: recorded.then(|| "cgo was off (CGO_ENABLED=0 in the binary's build information)".to_owned()),
        help,
    }
}

fn without_c(pure: &str) -> String {
    format!("or use a package without C: go get {pure}")
}
