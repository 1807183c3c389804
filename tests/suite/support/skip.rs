//! Skips that are seen.

use std::io::Write;

/// Says that a test was skipped and why; panics where `CI=true`, since there nothing may be missing but what
/// `GOBUILD_TESTS_WITHOUT` excuses: `.ci/run` sets it, loudly, to `container engine` where none can run.
///
/// Written to the descriptor itself: what the `eprintln!` macro writes is swallowed for a test that passes.
pub(crate) fn announce(test: &str, reason: &str) {
    let excused =
        std::env::var("GOBUILD_TESTS_WITHOUT").is_ok_and(|what| !what.is_empty() && reason.contains(&what));
    let ci = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(excused || !ci, "skipped in CI: {reason}");
    writeln!(std::io::stderr(), "SKIPPED {test}: {reason}").expect("standard error takes a line");
}

/// Leaves the current test: `skip!("no container engine answers")`.
macro_rules! skip {
    ($($reason:tt)+) => {{
        let name = std::thread::current().name().unwrap_or("a test").to_owned();
        $crate::support::skip::announce(&name, &format!($($reason)+));
        return;
    }};
}

pub(crate) use skip;
