//! GB101 in words.

use super::shared::{exec_format_error, in_pod, line, noted, rebuild};
use crate::diagnostics::evidence::gb101::{Kind, NotAnExecutable};
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &NotAnExecutable, about: &About) -> Message {
    let name = &about.file;
    let expected = if found.library { "a shared library" } else { "an executable" };
    let expectation = if found.build_mode.is_empty() {
        line("it should be", expected)
    } else {
        noted("it should be", expected, format!("-buildmode={}", found.build_mode))
    };
    let production = match (found.library, found.executable) {
        (true, _) => None,
        (false, true) => Some(exec_format_error(name)),
        (false, false) => Some(format!("exec: \"{}\": permission denied: unknown", in_pod(name))),
    };
    let help = match &found.found {
        Kind::Archive => "name the package that has func main: gobuild ./cmd/…".to_owned(),
        Kind::SharedLibrary => "build a program: -buildmode=exe".to_owned(),
        _ if found.library => "rebuild it with the mode you meant: -buildmode=c-shared".to_owned(),
        _ => format!("rebuild it: {}", rebuild(about)),
    };
    let cause = "the package is not main: `go build -o` writes an archive for such a package";
    Message {
        title: format!("this is not {expected}"),
        evidence: vec![line(format!("{name} is"), kind(&found.found)), expectation],
        production,
        cause: (found.found == Kind::Archive).then(|| cause.to_owned()),
        help: vec![help],
    }
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Archive => "an archive of object files".to_owned(),
        Kind::Script { interpreter } => format!("a script for {interpreter}"),
        Kind::Empty => "an empty file".to_owned(),
        Kind::Unknown { start } => {
            let bytes: Vec<String> = start.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("of an unknown format, starting with {}", bytes.join(" "))
        }
        Kind::ObjectFile => "an object file".to_owned(),
        Kind::OtherElf => "neither a program nor a library (a core dump?)".to_owned(),
        Kind::SharedLibrary => "a shared library".to_owned(),
        Kind::Program => "an executable".to_owned(),
    }
}
