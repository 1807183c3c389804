//! Why a build of a Dockerfile links with a C library, in words.

use crate::diagnostics::evidence::LinkedBy;

pub(super) const CGO_OFF: &str = "if the program has no C code: CGO_ENABLED=0 before go build";

pub(super) fn cause(linked_by: &LinkedBy) -> String {
    match linked_by {
        LinkedBy::Pie => "-buildmode=pie asks for a loader, with cgo off too".to_owned(),
        LinkedBy::CgoSet { value } => format!("CGO_ENABLED={value}, and the stage has a C compiler"),
        LinkedBy::CgoSetElsewhere => {
            "the CGO_ENABLED that the file sets has no effect on this command: cgo is on".to_owned()
        }
        LinkedBy::CgoByDefault => {
            "CGO_ENABLED is not set, and the stage has a C compiler: cgo is on".to_owned()
        }
    }
}
