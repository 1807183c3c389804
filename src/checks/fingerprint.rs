//! What a remembered verdict is worth: nothing under another set of checks.

use super::CHECKS;

/// Names the set of checks and the version that they belong to. A remembered verdict is worth nothing
/// under another fingerprint.
pub fn fingerprint() -> String {
    let ids: Vec<&str> = CHECKS.iter().map(|check| check.diagnostic.id).collect();
    format!("{} {}", env!("CARGO_PKG_VERSION"), ids.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_names_the_version_and_every_check() {
        let text = fingerprint();
        assert!(text.starts_with(env!("CARGO_PKG_VERSION")));
        assert!(CHECKS.iter().all(|check| text.contains(check.diagnostic.id)), "{text}");
    }
}
