//! Which build a Go file belongs to, by its name and its `//go:build` line.
//!
//! Source: `go/build/constraint`, and `goodOSArchFile` in `go/build`.

use crate::platform::{ARCHITECTURES, SYSTEMS};

/// Systems and architectures that go builds nothing for, and that a file's name may end in all the same
/// (`internal/syslist`).
const OTHER_SYSTEMS: &[&str] = &["hurd", "nacl", "zos"];
const OTHER_ARCHITECTURES: &[&str] = &["sparc64"];

/// Whether a file is in a build; none where only the build knows. `has` tells whether a tag is set.
pub(super) fn is_in(path: &str, text: &str, has: &dyn Fn(&str) -> Option<bool>) -> Option<bool> {
    both(by_name(path, has), by_line(text, has))
}

fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    both(one.map(|is| !is), other.map(|is| !is)).map(|is| !is)
}

/// `x_linux_amd64.go`, `x_arm64.go`, `x_windows.go`.
fn by_name(path: &str, has: &dyn Fn(&str) -> Option<bool>) -> Option<bool> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let name = name.strip_suffix(".go").unwrap_or(name);
    // What stands in front of the first `_` is no such word.
    let parts: Vec<&str> = name.split('_').skip(1).collect();
    let is_system = |part: &str| SYSTEMS.contains(&part) || OTHER_SYSTEMS.contains(&part);
    let is_architecture = |part: &str| ARCHITECTURES.contains(&part) || OTHER_ARCHITECTURES.contains(&part);
    match parts[..] {
        [.., system, architecture] if is_system(system) && is_architecture(architecture) => {
            both(has(system), has(architecture))
        }
        [.., last] if is_system(last) || is_architecture(last) => has(last),
        _ => Some(true),
    }
}

/// The `//go:build` line in front of the package clause.
fn by_line(text: &str, has: &dyn Fn(&str) -> Option<bool>) -> Option<bool> {
    let mut head = text.lines().map(str::trim).take_while(|line| !line.starts_with("package "));
    let Some(line) = head.find_map(|line| line.strip_prefix("//go:build ")) else {
        return Some(true);
    };
    let mut words = Vec::new();
    let mut rest = line.trim();
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '(' | ')' | '!' => 1,
            '&' | '|' => 2.min(rest.len()),
            _ => rest.find(['(', ')', '!', '&', '|', ' ', '\t']).unwrap_or(rest.len()),
        };
        words.push(rest.get(..end)?);
        rest = rest[end..].trim_start();
    }
    let mut reader = Reader { words: &words, at: 0, depth: 0, has };
    let found = reader.any();
    // What nobody can read nobody knows.
    if reader.at == words.len() { found } else { None }
}

/// Deeper parentheses are not followed.
const DEEPEST: usize = 64;

struct Reader<'a> {
    words: &'a [&'a str],
    at: usize,
    depth: usize,
    has: &'a dyn Fn(&str) -> Option<bool>,
}

impl Reader<'_> {
    fn take(&mut self, word: &str) -> bool {
        let found = self.words.get(self.at) == Some(&word);
        self.at += usize::from(found);
        found
    }

    fn any(&mut self) -> Option<bool> {
        let mut found = self.all();
        while self.take("||") {
            found = either(found, self.all());
        }
        found
    }

    fn all(&mut self) -> Option<bool> {
        let mut found = self.one();
        while self.take("&&") {
            found = both(found, self.one());
        }
        found
    }

    fn one(&mut self) -> Option<bool> {
        let mut negated = false;
        while self.take("!") {
            negated = !negated;
        }
        let found = if self.depth < DEEPEST && self.take("(") {
            self.depth += 1;
            let found = self.any();
            self.depth -= 1;
            if self.take(")") { found } else { None }
        } else {
            let tag = self.words.get(self.at).filter(|word| !matches!(**word, ")" | "&&" | "||"))?;
            self.at += 1;
            (self.has)(tag)
        };
        found.map(|is| is != negated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A build of linux for an architecture that nobody knows, with the tag `own`.
    fn has(tag: &str) -> Option<bool> {
        match tag {
            "linux" | "unix" | "own" => Some(true),
            tag if ARCHITECTURES.contains(&tag) => None,
            _ => Some(false),
        }
    }

    #[test]
    fn a_name_says_for_what_a_file_is() {
        for (path, expected) in [
            ("a/x.go", Some(true)),
            ("x_linux.go", Some(true)),
            ("x_windows.go", Some(false)),
            ("x_windows_amd64.go", Some(false)),
            ("x_linux_amd64.go", None),
            ("linux.go", Some(true)),
            ("windows.go", Some(true)),
            ("x_linux_other.go", Some(true)),
        ] {
            assert_eq!(is_in(path, "package x\n", &has), expected, "{path}");
        }
    }

    #[test]
    fn a_line_says_for_what_a_file_is() {
        for (line, expected) in [
            ("linux", Some(true)),
            ("!linux", Some(false)),
            ("ignore", Some(false)),
            ("own && (darwin || linux)", Some(true)),
            ("darwin || !own", Some(false)),
            ("amd64", None),
            ("amd64 || linux", Some(true)),
            ("amd64 && windows", Some(false)),
            ("own &&", None),
            (")", None),
        ] {
            assert_eq!(
                is_in("x.go", &format!("// x\n\n//go:build {line}\n\npackage x\n"), &has),
                expected,
                "{line}"
            );
        }
        assert_eq!(is_in("x.go", "package x\n\n//go:build ignore\n", &has), Some(true));
    }
}
