//! A C library that was made for newer kernels than clusters run stops at once on an older one.

use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb112::KernelTooNew;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB112, run };

/// The oldest kernel of a distribution that is still supported: Red Hat Enterprise Linux 8, until 2029.
const OLDEST: (u32, u32) = (4, 18);

fn run(subject: &Subject<'_>) -> Outcome {
    let Some((major, minor, patch)) = subject.traits.and_then(|traits| traits.kernel) else {
        return Outcome::Fits;
    };
    if subject.platform.os != "linux" || (major, minor) <= OLDEST {
        return Outcome::Fits;
    }
    Outcome::misfit(KernelTooNew { demanded: (major, minor, patch), oldest: OLDEST })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Traits;
    use crate::checks::fixtures::{self as fix, Case, lines};

    fn demands(kernel: Option<(u32, u32, u32)>) -> Case {
        Case::new(fix::static_c()).traits(Traits { kernel, ..Traits::default() })
    }

    #[test]
    fn an_old_kernel_fits() {
        demands(Some((3, 2, 0))).fits(&CHECK);
        demands(Some((4, 18, 0))).fits(&CHECK);
    }

    #[test]
    fn a_newer_one_is_said() {
        let details = demands(Some((5, 10, 0))).misfit(&CHECK);
        assert_eq!(details.title, "the binary starts on Linux 5.10 and newer only");
        assert_eq!(lines(&details)[0], "rpc demands Linux 5.10.0 (NT_GNU_ABI_TAG)");
    }

    #[test]
    fn no_note_is_no_news_because_this_is_advice() {
        demands(None).fits(&CHECK);
        Case::new(fix::static_c()).fits(&CHECK);
    }
}
