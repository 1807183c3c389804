//! Which packages a pattern stands for: `./...` names no output, and go writes one only if it is alone.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::PathBuf;

use crate::error::Result;
use crate::gocmd::{Console, Invocation, Status, Written, capture};

/// A main package that go would build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Main {
    /// `example.org/app/cmd/rpc`.
    pub import_path: String,
    /// The name that go gives the program, without `.exe`.
    pub name: String,
    /// Its folder, absolute.
    pub folder: PathBuf,
}

/// What `go list` answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// The packages that the patterns stand for.
    Matched {
        /// How many, libraries included.
        packages: usize,
        /// How many of them have anything but tests: `go build` leaves the others out once it has
        /// decided whether to write a program (`omitTestOnly` in cmd/go/internal/work/build.go).
        compiled: usize,
        /// Those that become programs, in go's order.
        mains: Vec<Main>,
    },
    /// go could not say, and would refuse to build as well: in words that may be others, and with `-json`
    /// in another form. So nothing of it has been shown.
    Failed {
        /// How it ended.
        status: Status,
        /// Why.
        messages: String,
    },
}

const FORMAT: &str = "{{.Name}}\t{{.ImportPath}}\t{{.Dir}}\t{{if or .GoFiles .CgoFiles}}compiled{{end}}";

/// Runs `go list` for patterns. `flags` are those of the build that decide what is compiled (`-tags`,
/// `-mod`, `-modfile`, `-overlay`, …), behind `-C` if there is one; `base` gives program, environment and
/// directory.
pub fn mains(
    base: &Invocation,
    flags: &[OsString],
    patterns: &[OsString],
    console: Console<'_>,
) -> Result<Listed> {
    let (change_dir, flags): (Vec<_>, Vec<_>) =
        flags.iter().cloned().partition(|flag| flag.as_encoded_bytes().starts_with(b"-C="));
    let mut args: Vec<OsString> = vec!["list".into()];
    args.extend(change_dir);
    args.extend(flags);
    args.extend(["-f".into(), FORMAT.into(), "--".into()]);
    args.extend(patterns.iter().cloned());
    let (ended, Written { stdout, stderr }) = capture(&Invocation { args, ..base.clone() }, console)?;
    Ok(if ended.success() {
        read(&stdout)
    } else {
        Listed::Failed { status: ended.status, messages: stderr }
    })
}

/// The import paths of everything that goes into a build; none where go cannot say.
pub fn dependencies(
    base: &Invocation,
    flags: &[OsString],
    patterns: &[OsString],
    console: Console<'_>,
) -> Result<Option<BTreeSet<String>>> {
    let mut args: Vec<OsString> = vec!["list".into(), "-deps".into()];
    args.extend(flags.iter().cloned());
    args.extend(["-f".into(), "{{.ImportPath}}".into(), "--".into()]);
    args.extend(patterns.iter().cloned());
    let (ended, written) = capture(&Invocation { args, ..base.clone() }, console)?;
    Ok(ended.success().then(|| written.stdout.lines().map(str::to_owned).collect()))
}

fn read(text: &str) -> Listed {
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    let mains = rows.iter().filter_map(|row| match row[..] {
        ["main", import_path, folder, "compiled"] => Some(Main {
            import_path: import_path.to_owned(),
            name: program_name(import_path),
            folder: folder.into(),
        }),
        _ => None,
    });
    let compiled = rows.iter().filter(|row| row.last() == Some(&"compiled")).count();
    Listed::Matched { packages: rows.len(), compiled, mains: mains.collect() }
}

/// The last element of an import path that is not a major version (`exeFromImportPath` in
/// cmd/go/internal/load/pkg.go): `example.org/app/v2` becomes `app`.
fn program_name(import_path: &str) -> String {
    let mut elements = import_path.rsplit('/');
    let last = elements.next().unwrap_or(import_path);
    let name = if is_major(last) { elements.next().unwrap_or(last) } else { last };
    name.to_owned()
}

fn is_major(element: &str) -> bool {
    let digits = element.strip_prefix('v').unwrap_or_default();
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0')
        && digits != "1"
}

impl Listed {
    /// The program that `go build` writes when no output is named: there is one only where a single
    /// package was matched and it is main.
    pub fn written(&self) -> Option<&Main> {
        match self {
            Self::Matched { packages: 1, mains, .. } => mains.first(),
            _ => None,
        }
    }

    /// Names that several main packages share, with their import paths: into one folder go writes them
    /// over each other and says nothing.
    pub fn collisions(&self) -> BTreeMap<&str, Vec<&str>> {
        let Self::Matched { mains, .. } = self else { return BTreeMap::new() };
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for main in mains {
            by_name.entry(&main.name).or_default().push(&main.import_path);
        }
        by_name.retain(|_, paths| paths.len() > 1);
        by_name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(rows: &[(&str, &str)]) -> Listed {
        let rows: Vec<String> =
            rows.iter().map(|(name, path)| format!("{name}\t{path}\t/m\tcompiled")).collect();
        read(&rows.join("\n"))
    }

    #[test]
    fn go_writes_a_program_only_for_a_single_package() {
        assert_eq!(listed(&[("main", "ex.org/a")]).written().unwrap().name, "a");
        assert_eq!(listed(&[("main", "ex.org/a"), ("lib", "ex.org/l")]).written(), None);
        assert_eq!(listed(&[("lib", "ex.org/l")]).written(), None);
        assert_eq!(listed(&[]).written(), None);
    }

    #[test]
    fn a_package_of_tests_counts_where_go_counts_it() {
        let listed = read("main\tex.org/a\t/m/a\tcompiled\nlib\tex.org/t\t/m/t\t\n");
        assert_eq!(listed.written(), None);
        assert!(matches!(listed, Listed::Matched { packages: 2, compiled: 1, .. }));
    }

    #[test]
    fn names_are_those_that_go_gives() {
        for (path, name) in [("ex.org/app/v2", "app"), ("ex.org/v1", "v1"), ("ex.org/v02", "v02"), ("a", "a")]
        {
            assert_eq!(program_name(path), name, "{path}");
        }
    }

    #[test]
    fn mains_of_one_name_are_told() {
        let listed = listed(&[("main", "ex.org/x/run"), ("main", "ex.org/y/run"), ("main", "ex.org/z")]);
        assert_eq!(listed.collisions(), BTreeMap::from([("run", vec!["ex.org/x/run", "ex.org/y/run"])]));
    }
}
