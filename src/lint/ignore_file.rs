//! `.dockerignore`: the patterns of moby's `patternmatcher`. The last pattern that fits decides, `!` takes
//! back, `**` goes through folders, and what is below a folder that fits is gone with it.

use regex_lite::Regex;

/// The patterns of a file.
#[derive(Debug, Clone, Default)]
pub struct IgnoreFile {
    patterns: Vec<(bool, Regex)>,
}

impl IgnoreFile {
    /// Reads the file; a pattern that is none is left out, as a build would stop at it anyway.
    pub fn parse(text: &str) -> Self {
        let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let patterns = lines.filter_map(|line| {
            let (kept, pattern) = match line.strip_prefix('!') {
                Some(rest) => (true, rest.trim()),
                None => (false, line),
            };
            Some((kept, Regex::new(&expression(&cleaned(pattern)?)).ok()?))
        });
        Self { patterns: patterns.collect() }
    }

    /// Whether a path (relative, with `/`) stays behind.
    pub fn is_ignored(&self, path: &str) -> bool {
        let mut ignored = false;
        for (kept, pattern) in &self.patterns {
            let parents = path.match_indices('/').map(|(at, _)| &path[..at]);
            if pattern.is_match(path) || parents.into_iter().any(|parent| pattern.is_match(parent)) {
                ignored = !kept;
            }
        }
        ignored
    }
}

/// The pattern as `filepath.Clean` leaves it, without its leading slash; none for the context itself.
fn cleaned(pattern: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in pattern.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_some() => {}
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

fn expression(pattern: &str) -> String {
    let mut out = String::from("^");
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '*' if letters.peek() == Some(&'*') => {
                letters.next();
                if letters.peek() == Some(&'/') {
                    letters.next();
                }
                // `**` at the end takes everything; in front of a name it takes folders, or none.
                out.push_str(if letters.peek().is_none() { ".*" } else { "(.*/)?" });
            }
            '*' => out.push_str("[^/]*"),
            '?' => out.push_str("[^/]"),
            '\\' => {
                if let Some(next) = letters.next() {
                    out.push_str(&regex_lite::escape(&next.to_string()));
                }
            }
            '[' | ']' => out.push(letter),
            letter => out.push_str(&regex_lite::escape(&letter.to_string())),
        }
    }
    out.push('$');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ignored(text: &str, path: &str) -> bool {
        IgnoreFile::parse(text).is_ignored(path)
    }

    #[test]
    fn a_pattern_is_rooted_and_takes_what_is_below() {
        assert!(ignored("bin\n", "bin/app"));
        assert!(ignored("/bin/\n", "bin"));
        assert!(!ignored("bin\n", "cmd/bin"));
        assert!(!ignored("bin\n", "binary"));
        assert!(ignored("*.md", "README.md"));
        assert!(!ignored("*.md", "docs/README.md"));
        assert!(ignored("*/temp*", "a/tempx/y"));
        assert!(ignored("temp?", "tempa"));
        assert!(!ignored("# bin\n\n", "bin"));
        assert!(!ignored(".", "bin"));
        assert!(ignored("./a/../bin", "bin"));
    }

    #[test]
    fn two_stars_go_through_folders() {
        assert!(ignored("**/*.go", "main.go"));
        assert!(ignored("**/*.go", "a/b/main.go"));
        assert!(ignored("**", "a/b"));
        assert!(ignored("docs/**/x", "docs/x"));
        assert!(ignored("docs/**/x", "docs/a/b/x"));
        assert!(ignored("docs/**", "docs/a"));
        assert!(!ignored("docs/**", "doc"));
    }

    #[test]
    fn the_last_pattern_decides_and_an_exclamation_mark_takes_back() {
        let text = "*\n!cmd\n!go.*\ncmd/secret\n";
        assert!(ignored(text, "README.md"));
        assert!(!ignored(text, "cmd/rpc/main.go"));
        assert!(!ignored(text, "go.mod"));
        assert!(ignored(text, "cmd/secret/key"));
    }
}
