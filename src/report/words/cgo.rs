//! cgo as the cause, and as what could be unset.

use crate::diagnostics::evidence::{Cgo, Unset};
use crate::origin::Origin;

/// Why a file came out linked with a C library.
pub(super) fn cause(cgo: &Cgo) -> String {
    let (origin, compiler) = match cgo {
        Cgo::Recorded => return "cgo was on (CGO_ENABLED=1 in the binary's build information)".to_owned(),
        Cgo::Planned { from, compiler } => (from, compiler),
    };
    let from_cgo = from(origin);
    let Some(cc) = compiler else {
        return format!("cgo was on (CGO_ENABLED=1{from_cgo})");
    };
    let from_cc = from(&cc.origin);
    let from_cgo = if from_cgo == from_cc { "" } else { from_cgo.as_str() };
    let cc = &cc.value;
    format!("cgo was on and the C compiler was {cc} (CGO_ENABLED=1{from_cgo}, CC={cc}{from_cc})")
}

fn from(origin: &Origin) -> String {
    match origin {
        Origin::Environment(_) => " from the environment".to_owned(),
        Origin::Image(text) | Origin::Because(text) => format!(" since {text}"),
        Origin::Default => " by default".to_owned(),
        place => format!(" from {place}"),
    }
}

/// What the user would have to unset to leave the choice to gobuild: `unset both, or `.
pub(super) fn unset(unset: Unset) -> &'static str {
    match unset {
        Unset::Both => "unset both, or ",
        Unset::CgoEnabled => "unset CGO_ENABLED, or ",
        Unset::Cc => "unset CC, or ",
        Unset::Nothing => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::Sourced;

    fn environment(name: &str) -> Origin {
        Origin::Environment(name.to_owned())
    }

    fn planned(from: Origin, compiler: Option<&str>) -> Cgo {
        let compiler = compiler.map(|name| Sourced::new(name.to_owned(), environment("CC")));
        Cgo::Planned { from, compiler }
    }

    #[test]
    fn the_cause_names_both_settings_and_where_each_came_from() {
        let both = planned(environment("CGO_ENABLED"), Some("gcc"));
        assert_eq!(
            cause(&both),
            "cgo was on and the C compiler was gcc (CGO_ENABLED=1, CC=gcc from the environment)"
        );
        let because = planned(Origin::Because("net/sqlite has C code".to_owned()), Some("gcc"));
        assert_eq!(
            cause(&because),
            "cgo was on and the C compiler was gcc \
             (CGO_ENABLED=1 since net/sqlite has C code, CC=gcc from the environment)"
        );
        assert_eq!(
            cause(&planned(Origin::CommandLine("--cgo".to_owned()), None)),
            "cgo was on (CGO_ENABLED=1 from --cgo on the command line)"
        );
        assert_eq!(cause(&Cgo::Recorded), "cgo was on (CGO_ENABLED=1 in the binary's build information)");
    }
}
