//! Where things are.

use std::ffi::OsString;
use std::path::PathBuf;

/// The checkout.
pub(crate) fn checkout() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Something that `scripts/tools.sh` fetched or made.
pub(crate) fn fetched(path: &str) -> PathBuf {
    checkout().join(".tools").join(path)
}

/// `PATH` of everything that is started here: the machine's own, then the fetched tools.
pub(crate) fn path() -> OsString {
    let own = std::env::var_os("PATH").unwrap_or_default();
    let all = std::env::split_paths(&own).chain([fetched("go/bin")]);
    std::env::join_paths(all).expect("no folder of PATH has a colon")
}

/// The go that the tests run.
///
/// # Panics
/// Where there is none: every test that needs go would be pointless without it.
pub(crate) fn go() -> PathBuf {
    which::which_in("go", Some(path()), "/").expect("go is on PATH, or was fetched by scripts/tools.sh")
}

/// Variables that make every run of go quick and offline: caches that all tests share.
pub(crate) fn go_environment() -> Vec<(&'static str, OsString)> {
    vec![
        ("GOCACHE", fetched("cache/build").into()),
        ("GOMODCACHE", fetched("cache/mod").into()),
        ("GOPATH", fetched("cache/path").into()),
        ("GOPROXY", "off".into()),
        ("GOTOOLCHAIN", "local".into()),
        ("GOTELEMETRY", "off".into()),
        ("GOENV", "off".into()),
        ("GOFLAGS", "".into()),
    ]
}
