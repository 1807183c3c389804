//! GB610 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb610::CCompilerMissing;

pub(super) fn message(found: &CCompilerMissing) -> Message {
    Message {
        title: "cgo is on, but this stage has no C compiler".to_owned(),
        evidence: vec![
            line("the build says", "CGO_ENABLED=1"),
            line(format!("{} has", found.image), "no gcc and no musl headers"),
        ],
        production: Some(
            r#"cgo: C compiler "gcc" not found: exec: "gcc": executable file not found in $PATH"#.to_owned(),
        ),
        cause: None,
        help: vec![
            "before it: RUN apk add --no-cache gcc musl-dev".to_owned(),
            "if the program has no C code: CGO_ENABLED=0".to_owned(),
        ],
    }
}
