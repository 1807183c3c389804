//! `/etc/ld.so.conf` with its includes.
//!
//! Rules: glibc `elf/ldconfig.c`, `parse_conf`: `#` starts a comment, `include PATTERN` takes the files that
//! match in the order of their names, relative to the including file; `hwcap` lines are history; a folder
//! may carry a `=TYPE`.

use super::view::View;

const FILE: &str = "/etc/ld.so.conf";
/// Far above any real file.
const SIZE: u64 = 1 << 20;
const INCLUDES: usize = 1000;
/// Folders: each is compared with the others.
const FOLDERS: usize = 4096;

/// The folders, each once, in order.
pub(super) fn dirs(view: &View<'_>) -> Vec<String> {
    let mut reader = Reader { view, dirs: Vec::new(), left: INCLUDES };
    reader.read(FILE, 0);
    reader.dirs
}

struct Reader<'v, 'a> {
    view: &'v View<'a>,
    dirs: Vec<String>,
    left: usize,
}

impl Reader<'_, '_> {
    fn read(&mut self, path: &str, depth: usize) {
        // ldconfig itself has no limit and would not end where a file includes itself.
        if depth > 16 || self.left == 0 {
            self.view.note(format!("{FILE} includes too much; the rest was not read"));
            return;
        }
        self.left -= 1;
        let Some(text) = self.view.text(path, SIZE) else { return };
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            let mut words = line.split([' ', '\t']).filter(|word| !word.is_empty());
            match words.next() {
                None | Some("hwcap") => {}
                Some("include") => {
                    for pattern in words {
                        for file in self.matching(path, pattern) {
                            self.read(&file, depth + 1);
                        }
                    }
                }
                Some(_) => self.add(line),
            }
        }
    }

    fn add(&mut self, line: &str) {
        let folder = line.split('=').next().unwrap_or(line).trim_end();
        let folder = match folder.trim_end_matches('/') {
            "" => "/",
            trimmed => trimmed,
        };
        if self.dirs.len() == FOLDERS {
            self.left = 0;
        } else if folder.starts_with('/') && !self.dirs.iter().any(|known| known == folder) {
            self.dirs.push(folder.to_owned());
        }
    }

    /// The files that a pattern matches, sorted; wildcards in the last part, as everywhere in practice.
    fn matching(&self, from: &str, pattern: &str) -> Vec<String> {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let whole = if pattern.starts_with('/') { pattern.to_owned() } else { format!("{folder}/{pattern}") };
        let (folder, last) = whole.rsplit_once('/').unwrap_or(("", &whole));
        if folder.contains(['*', '?', '[']) {
            self.view.note(format!("{from} includes {pattern}, a pattern that is not read"));
            return Vec::new();
        }
        let names = self.view.names(if folder.is_empty() { "/" } else { folder });
        // A leading dot is matched by a dot alone (glob, POSIX).
        let visible = names.into_iter().filter(|name| !name.starts_with('.') || last.starts_with('.'));
        visible
            .filter(|name| matches(last.as_bytes(), name.as_bytes()))
            .map(|name| format!("{folder}/{name}"))
            .collect()
    }
}

/// `*`, `?` and `[a-z]`, as in glob(7).
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    // Where to go on after a failure: behind the last star, one more byte eaten by it.
    let (mut p, mut n, mut star) = (0, 0, None);
    while n < name.len() {
        let step = match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, n));
                p += 1;
                continue;
            }
            Some(b'?') => Some(1),
            Some(b'[') => class(&pattern[p..], name[n]),
            Some(byte) => (*byte == name[n]).then_some(1),
            None => None,
        };
        match (step, star) {
            (Some(step), _) => {
                p += step;
                n += 1;
            }
            (None, Some((at, eaten))) => {
                star = Some((at, eaten + 1));
                p = at + 1;
                n = eaten + 1;
            }
            (None, None) => return false,
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

/// The length of a bracket expression that takes this byte.
fn class(pattern: &[u8], byte: u8) -> Option<usize> {
    let negated = matches!(pattern.get(1), Some(b'!' | b'^'));
    let start = if negated { 2 } else { 1 };
    let end = start + 1 + pattern.get(start + 1..)?.iter().position(|byte| *byte == b']')?;
    let mut inside = false;
    let mut at = start;
    while at < end {
        if at + 2 < end && pattern[at + 1] == b'-' {
            inside |= (pattern[at]..=pattern[at + 2]).contains(&byte);
            at += 3;
        } else {
            inside |= pattern[at] == byte;
            at += 1;
        }
    }
    (inside != negated).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    #[test]
    fn includes_are_taken_in_the_order_of_their_names() {
        let tree = Memory::new()
            .file("/etc/ld.so.conf", b"# first\n/opt/first/ # why\ninclude ld.so.conf.d/*.conf\n/opt/last\n")
            .file("/etc/ld.so.conf.d/z.conf", b"/usr/local/lib\n/opt/first\n")
            .file("/etc/ld.so.conf.d/libc.conf", b"hwcap 0 nosegneg\n/lib/old=libc6\nrelative\n")
            .file("/etc/ld.so.conf.d/.hidden.conf", b"/hidden\n")
            .file("/etc/ld.so.conf.d/readme", b"/not\n");
        let view = View::of(&tree);
        assert_eq!(dirs(&view), ["/opt/first", "/lib/old", "/usr/local/lib", "/opt/last"]);
    }

    #[test]
    fn a_file_that_includes_itself_ends() {
        let tree = Memory::new().file("/etc/ld.so.conf", b"include /etc/ld.so.conf\n/lib\n");
        let view = View::of(&tree);
        assert_eq!(dirs(&view), ["/lib"]);
        assert!(view.notes()[0].contains("includes too much"));
        assert!(dirs(&View::of(&Memory::new())).is_empty());
    }

    #[test]
    fn patterns_match_as_in_a_shell() {
        for (pattern, name, expected) in [
            ("*.conf", "a.conf", true),
            ("*.conf", "a.confx", false),
            ("a*b*c", "aXbXbc", true),
            ("?.conf", "ab.conf", false),
            ("[0-9]*.conf", "10-x.conf", true),
            ("[!0-9]*", "10", false),
            ("[abc", "a", false),
            ("*", "", true),
        ] {
            assert_eq!(matches(pattern.as_bytes(), name.as_bytes()), expected, "{pattern} {name}");
        }
    }
}
