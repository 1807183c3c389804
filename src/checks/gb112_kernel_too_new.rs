//! A C library that was made for newer kernels than clusters run stops at once on an older one.

use super::words::{line, noted, rebuild};
use super::{Check, Outcome, Subject};
use crate::diagnostics::{Message, catalog};

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
    Outcome::misfit(Message {
        title: format!("the binary starts on Linux {major}.{minor} and newer only"),
        evidence: vec![
            noted(
                format!("{} demands", subject.name),
                format!("Linux {major}.{minor}.{patch}"),
                "NT_GNU_ABI_TAG",
            ),
            line("the oldest supported is", format!("Linux {}.{}", OLDEST.0, OLDEST.1)),
        ],
        production: Some("FATAL: kernel too old".to_owned()),
        cause: Some("the C library that was linked in was configured with --enable-kernel".to_owned()),
        help: vec![format!("link no C library: CGO_ENABLED=0 {}", rebuild(subject))],
    })
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
