//! The names that are looked for.

use std::collections::BTreeSet;

/// Names, and which of them were seen.
pub(super) struct Wanted<'a> {
    left: BTreeSet<&'a [u8]>,
    /// Bytes of the longest.
    pub(super) longest: usize,
    packages: bool,
    /// Those that were seen.
    pub(super) found: BTreeSet<String>,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(names: &[&'a str]) -> Self {
        Self {
            left: names.iter().map(|name| name.as_bytes()).collect(),
            longest: names.iter().map(|name| name.len()).max().unwrap_or_default(),
            packages: names.iter().any(|name| name.ends_with('.')),
            found: BTreeSet::new(),
        }
    }

    /// Names that were not seen yet.
    pub(super) fn names(&self) -> Vec<&'a [u8]> {
        self.left.iter().copied().collect()
    }

    /// Whether there is nothing more to look for.
    pub(super) fn complete(&self) -> bool {
        self.left.is_empty()
    }

    /// Takes note of a name of the table. Of a name that is longer than [`Self::longest`] that many bytes
    /// and one more are enough.
    pub(super) fn see(&mut self, name: &[u8]) {
        if name.len() <= self.longest {
            self.take(name);
        }
        if self.packages {
            self.take(package(name));
        }
    }

    fn take(&mut self, name: &[u8]) {
        if let Some(name) = self.left.take(name) {
            self.found.insert(String::from_utf8_lossy(name).into_owned());
        }
    }
}

/// The package of a function, with the dot behind it: `runtime/cgo.` of `runtime/cgo.(*Handle).Delete`.
/// Slashes and dots of type arguments are not those of the path, whose last element has no dot (it is
/// written `%2e` there).
fn package(name: &[u8]) -> &[u8] {
    let path = name.split(|byte| matches!(byte, b'[' | b'(')).next().unwrap_or_default();
    let last = path.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    let dot = path[last..].iter().position(|byte| *byte == b'.');
    dot.map_or(&[], |dot| &path[..=last + dot])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_whole() {
        let mut wanted = Wanted::new(&["time.LoadLocation", "os.Open"]);
        for name in ["time.LoadLocationFromTZData", "time.loadLocation", "ime.LoadLocation", "time.", ""] {
            wanted.see(name.as_bytes());
        }
        assert!(wanted.found.is_empty());
        wanted.see(b"os.Open");
        assert!(!wanted.complete());
        wanted.see(b"time.LoadLocation");
        assert!(wanted.complete());
        assert_eq!(wanted.found.into_iter().collect::<Vec<_>>(), ["os.Open", "time.LoadLocation"]);
    }

    #[test]
    fn a_dot_at_the_end_is_a_package() {
        let seen = |name: &str| {
            let mut wanted = Wanted::new(&["runtime/cgo.", "gopkg.in/yaml%2ev3.", "cgo."]);
            wanted.see(name.as_bytes());
            wanted.found.into_iter().next()
        };
        assert_eq!(seen("runtime/cgo.(*Handle).Delete").as_deref(), Some("runtime/cgo."));
        assert_eq!(seen("runtime/cgo.init.0").as_deref(), Some("runtime/cgo."));
        assert_eq!(seen("gopkg.in/yaml%2ev3.Marshal").as_deref(), Some("gopkg.in/yaml%2ev3."));
        assert_eq!(seen("cgo.F[go.shape.*example.com/a/b.T]").as_deref(), Some("cgo."));
        for other in ["runtime/cgocall.x", "x/runtime/cgo.x", "slices.Sort[runtime/cgo.T]", "runtime/cgo"] {
            assert_eq!(seen(other), None, "{other}");
        }
    }
}
