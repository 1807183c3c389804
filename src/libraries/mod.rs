//! Go packages around C code that are known to behave in a way that the package list does not show: they
//! build without cgo and fail when they are used, or they bring a compiled library for one C library only.
//!
//! The rows are data, `table.toml`, turned into code when the crate is built; each says where it was read.
//! What is not in there is judged by the package list alone.

/// What becomes of a package when cgo is off, beyond what the package list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    /// It builds and then fails with this message, in production.
    Stub(&'static str),
    /// It works, and cannot do what this says.
    Less(&'static str),
    /// What uses it does not compile.
    Broken,
}

/// What a static link with musl takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Musl {
    /// Nothing: it is compiled like any other C.
    Compiled,
    /// This build tag, which selects another compiled library.
    Tag(&'static str),
    /// It cannot be had: the compiled library that comes with it is made for glibc.
    Never,
    /// It links, but it loads a library when it runs, and a static program cannot: musl's `dlopen` answers
    /// `Dynamic loading not supported` there (`src/ldso/dlopen.c`).
    Loads,
}

/// One row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Library {
    /// The beginning of the import path, up to a slash or the end.
    pub path: &'static str,
    /// What was read, in which version.
    pub source: &'static str,
    /// Without cgo.
    pub without: Without,
    /// Functions that are there only where it was built without cgo.
    pub go_half: &'static [&'static str],
    /// Systems (`GOOS`) on which it is made of Go alone.
    pub go_on: &'static [&'static str],
    /// With musl.
    pub musl: Musl,
    /// Tags with which the user brings a compiled library of his own, and knows what it is made for.
    pub own: &'static [&'static str],
    /// One more thing that the tag takes.
    pub also: Option<&'static str>,
    /// A package without C that does the same, or most of it.
    pub pure: Option<&'static str>,
    /// The first version whose C compiles with musl 1.2.4 by itself.
    pub musl_since: Option<&'static str>,
}

include!(concat!(env!("OUT_DIR"), "/libraries.rs"));

/// The row of a package.
pub fn known(path: &str) -> Option<&'static Library> {
    LIBRARIES.iter().find(|library| {
        path.strip_prefix(library.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

impl Library {
    /// How Go's table of functions begins the names of the package's functions: the import path, the dots of
    /// its last element as `%2e`, and a dot (`cmd/internal/objabi.PathToPrefix`).
    pub fn prefix(&self) -> String {
        let (folders, last) = self.path.rsplit_once('/').unwrap_or(("", self.path));
        format!("{folders}/{}.", last.replace('.', "%2e"))
    }

    /// Whether a version's C asks musl for names that 1.2.4 and newer hide.
    pub fn needs_large_files(&self, version: &str) -> bool {
        self.musl_since.is_some_and(|since| number(version) < number(since))
    }
}

/// `v1.14.17` as three numbers; what stands behind them (`-0.20240306…`) is left out.
fn number(version: &str) -> [u64; 3] {
    let mut numbers = version.trim_start_matches('v').split(['.', '-', '+']).map(str::parse);
    [(); 3].map(|()| numbers.next().and_then(Result::ok).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_covers_the_packages_below_it_and_no_neighbour() {
        for path in ["github.com/mattn/go-sqlite3", "github.com/confluentinc/confluent-kafka-go/v2/kafka"] {
            assert!(known(path).is_some(), "{path}");
        }
        for path in ["github.com/mattn/go-sqlite3x", "github.com/mattn", "modernc.org/sqlite"] {
            assert_eq!(known(path), None, "{path}");
        }
    }

    #[test]
    fn no_row_is_hidden_by_another_and_each_says_where_it_was_read() {
        for (index, library) in LIBRARIES.iter().enumerate() {
            let first = LIBRARIES.iter().position(|other| known(library.path) == Some(other));
            assert_eq!(first, Some(index), "{}", library.path);
            assert!(library.source.contains(['v', '#']), "{}", library.path);
            assert!(library.also.is_none() || matches!(library.musl, Musl::Tag(_)), "{}", library.path);
            let own = |function: &&str| function.starts_with(&library.prefix());
            assert!(library.go_half.iter().all(own), "{}", library.path);
        }
    }

    #[test]
    fn a_prefix_is_what_go_writes() {
        let library = Library { path: "gopkg.in/x.v1", ..LIBRARIES[0] };
        assert_eq!(library.prefix(), "gopkg.in/x%2ev1.");
        assert_eq!(LIBRARIES[0].prefix(), "github.com/mattn/go-sqlite3.");
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        let sqlite = known("github.com/mattn/go-sqlite3").unwrap();
        for old in ["v1.14.9", "v1.14.18", "v1.9.0", "v0.0.0-20240306101548-573246063e52"] {
            assert!(sqlite.needs_large_files(old), "{old}");
        }
        for new in ["v1.14.19", "v1.14.100", "v1.15.0-rc1", "v2.0.0"] {
            assert!(!sqlite.needs_large_files(new), "{new}");
        }
        assert!(!known("github.com/DataDog/zstd").unwrap().needs_large_files("v1.0.0"));
    }
}
