//! The flags of `go build`, and which of them take the next word as their value.
//!
//! Source: `AddBuildFlags` and `AddCoverFlags` in Go's `cmd/go/internal/work/build.go` and `base/flag.go`
//! (1.27), with what older releases had. A flag that is not here goes through to go all the same, but
//! without a word behind it.

/// Whether a flag takes a value from the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// `-o x` or `-o=x`.
    Value,
    /// `-race` or `-race=0`; the next word is never its own.
    Nothing,
}

/// Name without dashes, and what it takes. Sorted as go's own help is: the command, then the alphabet.
pub const FLAGS: &[(&str, Takes)] = &[
    ("C", Takes::Value),
    ("o", Takes::Value),
    ("a", Takes::Nothing),
    ("asan", Takes::Nothing),
    ("asmflags", Takes::Value),
    ("buildmode", Takes::Value),
    // Bare, true, false or auto: go declares it boolean, so `-buildvcs auto` is a package `auto`.
    ("buildvcs", Takes::Nothing),
    ("compiler", Takes::Value),
    ("cover", Takes::Nothing),
    ("covermode", Takes::Value),
    ("coverpkg", Takes::Value),
    ("gccgoflags", Takes::Value),
    ("gcflags", Takes::Value),
    ("installsuffix", Takes::Value),
    ("json", Takes::Nothing),
    ("ldflags", Takes::Value),
    ("linkshared", Takes::Nothing),
    ("mod", Takes::Value),
    ("modcacherw", Takes::Nothing),
    ("modfile", Takes::Value),
    ("msan", Takes::Nothing),
    ("n", Takes::Nothing),
    ("overlay", Takes::Value),
    ("p", Takes::Value),
    ("pgo", Takes::Value),
    ("pkgdir", Takes::Value),
    ("race", Takes::Nothing),
    ("tags", Takes::Value),
    ("toolexec", Takes::Value),
    ("trimpath", Takes::Nothing),
    ("v", Takes::Nothing),
    ("work", Takes::Nothing),
    ("x", Takes::Nothing),
    // Undocumented.
    ("debug-actiongraph", Takes::Value),
    ("debug-runtime-trace", Takes::Value),
    ("debug-trace", Takes::Value),
    // Until Go 1.19.
    ("i", Takes::Nothing),
];

/// What a flag takes, by its name without dashes; none for a flag that is not in the table.
pub fn lookup(name: &str) -> Option<Takes> {
    FLAGS.iter().find(|(known, _)| *known == name).map(|(_, takes)| *takes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_flag_is_listed_twice() {
        let mut names: Vec<_> = FLAGS.iter().map(|(name, _)| name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), FLAGS.len());
    }

    #[test]
    fn buildvcs_is_boolean_though_it_takes_auto() {
        assert_eq!(lookup("buildvcs"), Some(Takes::Nothing));
        assert_eq!(lookup("buildmode"), Some(Takes::Value));
        assert_eq!(lookup("coverprofile"), None, "a flag of go test, not of go build");
    }
}
