//! Notes of what a linter cannot tell.

use crate::diagnostics::Unjudged;

/// A clause without a full stop.
pub fn unjudged(what: &Unjudged) -> String {
    match what {
        Unjudged::Undescribed { image } => format!(
            "what depends on {image} is not judged: the image is not described; gobuild image pin {image} reads it"
        ),
        Unjudged::Unresolved { written, reason } => {
            format!("what depends on `{written}` is not judged: {reason}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_can_be_described_and_a_variable_cannot() {
        let image = "registry.example.com/base:7".to_owned();
        assert_eq!(
            unjudged(&Unjudged::Undescribed { image }),
            "what depends on registry.example.com/base:7 is not judged: the image is not described; \
             gobuild image pin registry.example.com/base:7 reads it"
        );
        let (written, reason) = ("$BASE".to_owned(), "ARG BASE has no default".to_owned());
        assert_eq!(
            unjudged(&Unjudged::Unresolved { written, reason }),
            "what depends on `$BASE` is not judged: ARG BASE has no default"
        );
    }
}
