//! Go packages around C code that are known to behave in a way that the package list does not show: they
//! build without cgo and fail when they are used, or they bring a compiled library for one C library only.
//!
//! Each row says where it was read. What is not in here is judged by the package list alone.

use super::code::Package;

/// What becomes of a package when cgo is off, beyond what the package list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    /// It builds and then fails with this message, in production.
    Stub(&'static str),
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
}

/// One row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Library {
    /// The beginning of the import path, up to a slash or the end.
    pub path: &'static str,
    /// Without cgo.
    pub without: Without,
    /// With musl.
    pub musl: Musl,
    /// Tags with which the user brings a compiled library of his own, and knows what it is made for.
    pub own: &'static [&'static str],
    /// A package without C that does the same, or most of it.
    pub pure: Option<&'static str>,
}

const fn row(path: &'static str, without: Without, musl: Musl, pure: Option<&'static str>) -> Library {
    Library { path, without, musl, own: &[], pure }
}

const DUCKDB: &[&str] = &["duckdb_use_lib", "duckdb_use_static_lib"];

const fn glibc_alone(path: &'static str, own: &'static [&'static str]) -> Library {
    Library { path, without: Without::Broken, musl: Musl::Never, own, pure: None }
}

/// The rows. Sources: each project's build files (`static_mock.go` of go-sqlite3, `build_musl_*.go` of
/// confluent-kafka-go, `internal/api/link_*.go` of wasmvm), and the issues named.
pub static LIBRARIES: &[Library] = &[
    row(
        "github.com/mattn/go-sqlite3",
        Without::Stub(
            "Binary was compiled with 'CGO_ENABLED=0', go-sqlite3 requires cgo to work. This is a stub",
        ),
        Musl::Compiled,
        Some("modernc.org/sqlite"),
    ),
    // confluent-kafka-go#454, #595, #786
    Library {
        path: "github.com/confluentinc/confluent-kafka-go",
        without: Without::Broken,
        musl: Musl::Tag("musl"),
        own: &["dynamic"],
        pure: Some("github.com/twmb/franz-go"),
    },
    Library {
        path: "github.com/CosmWasm/wasmvm",
        without: Without::Broken,
        musl: Musl::Tag("muslc"),
        own: &["sys_wasmvm"],
        pure: None,
    },
    row(
        "github.com/DataDog/zstd",
        Without::Broken,
        Musl::Compiled,
        Some("github.com/klauspost/compress/zstd"),
    ),
    row(
        "github.com/valyala/gozstd",
        Without::Broken,
        Musl::Compiled,
        Some("github.com/klauspost/compress/zstd"),
    ),
    // tursodatabase/go-libsql#31
    glibc_alone("github.com/tursodatabase/go-libsql", &[]),
    // marcboeker/go-duckdb#256, duckdb/duckdb-go-bindings#72
    glibc_alone("github.com/marcboeker/go-duckdb", DUCKDB),
    glibc_alone("github.com/duckdb/duckdb-go", DUCKDB),
    glibc_alone("github.com/duckdb/duckdb-go-bindings", DUCKDB),
    row("github.com/godror/godror", Without::Broken, Musl::Compiled, Some("github.com/sijms/go-ora/v2")),
];

/// The row of a package.
pub fn known(path: &str) -> Option<&'static Library> {
    LIBRARIES.iter().find(|library| {
        path.strip_prefix(library.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// The message with which a package fails in production when it was built without cgo.
pub fn stub(package: &Package) -> Option<&'static str> {
    match known(&package.path)?.without {
        Without::Stub(message) => Some(message),
        Without::Broken => None,
    }
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
    fn no_row_is_hidden_by_another() {
        for (index, library) in LIBRARIES.iter().enumerate() {
            let first = LIBRARIES.iter().position(|other| known(library.path) == Some(other));
            assert_eq!(first, Some(index), "{}", library.path);
        }
    }
}
