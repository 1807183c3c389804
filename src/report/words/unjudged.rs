//! Notes of what a linter cannot tell.

use crate::diagnostics::Unjudged;

/// A clause without a full stop.
pub fn unjudged(what: &Unjudged) -> String {
    match what {
        Unjudged::Undescribed { image } => format!(
            "what hangs on {image} is not judged: nobody has described it; gobuild image pin {image} reads it"
        ),
        Unjudged::Unresolved { written, reason } => {
            format!("what hangs on `{written}` is not judged: {reason}")
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
            "what hangs on registry.example.com/base:7 is not judged: nobody has described it; \
             gobuild image pin registry.example.com/base:7 reads it"
        );
        let (written, reason) = ("$BASE".to_owned(), "ARG BASE has no default".to_owned());
        assert_eq!(
            unjudged(&Unjudged::Unresolved { written, reason }),
            "what hangs on `$BASE` is not judged: ARG BASE has no default"
        );
    }
}
