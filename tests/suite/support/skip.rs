//! Skips that are seen.

use std::io::Write;

/// Says that a test was skipped and why; panics where `CI=true`, since there nothing may be missing.
///
/// Written to the descriptor itself: what the `eprintln!` macro writes is swallowed for a test that passes.
pub(crate) fn announce(test: &str, reason: &str) {
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "skipped in CI: {reason}");
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
