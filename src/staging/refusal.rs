//! What go refuses to write over, in go's words: staged, go never sees the user's path.
//!
//! Source: `checkDstOverwrite` in cmd/go/internal/work/shell.go, `isObject` in exec.go and `runBuild` in
//! build.go; the same in Go 1.26 and 1.27. go puts the package's import path in front, which is not known
//! before go has run.

use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::Path;

use super::output::Output;

/// The exit status that goes with it, go's own.
pub const STATUS: u8 = 1;

/// Why go would not write: the line to print as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub String);

/// Several packages into one file.
pub fn several(output: &Output) -> Refusal {
    Refusal(format!("go: cannot write multiple packages to non-directory {}", output.shown.display()))
}

/// Whether go would refuse to write this file; none where it would write.
pub fn file(output: &Output) -> Option<Refusal> {
    let quoted = quoted(&output.shown.to_string_lossy());
    match fs::metadata(&output.path) {
        Ok(found) if found.is_dir() => {
            Some(Refusal(format!("go: build output {quoted} already exists and is a directory")))
        }
        Ok(found) if found.is_file() && found.len() != 0 && !is_object(&output.path) => {
            Some(Refusal(format!("go: build output {quoted} already exists and is not an object file")))
        }
        Ok(_) => None,
        Err(_) => parent(output),
    }
}

/// Whether go would refuse to write into this folder, missing or not.
pub fn folder(output: &Output) -> Option<Refusal> {
    parent(&output.inside("x".as_ref()))
}

/// A file where a folder would have to be made.
fn parent(output: &Output) -> Option<Refusal> {
    let above = output.path.ancestors().skip(1).zip(output.shown.ancestors().skip(1));
    for (number, (path, shown)) in above.enumerate() {
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => return None,
            Ok(_) if number == 0 => {
                return Some(Refusal(format!("go: mkdir {}/: file exists", shown.display())));
            }
            Ok(_) => return Some(Refusal(format!("go: mkdir {}: not a directory", shown.display()))),
            Err(_) => {}
        }
    }
    None
}

/// `objectMagic`: whatever starts like this go takes for its own work and replaces.
const MAGIC: &[&[u8]] = &[
    b"!<arch>\n",
    b"<bigaf>\n",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"MZ\x90\x00\x03\x00",
    b"MZ\x78\x00\x01\x00",
    b"\x00\x00\x01\xeb",
    b"\x00\x00\x8a\x97",
    b"\x00\x00\x06\x47",
    b"\x00asm",
    b"\x01\xdf",
    b"\x01\xf7",
];

fn is_object(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(8).read_to_end(&mut start));
    read.is_ok() && MAGIC.iter().any(|magic| start.starts_with(magic))
}

/// Go's `%q`.
fn quoted(text: &str) -> String {
    let mut shown = String::from('"');
    for char in text.chars() {
        // Writing to a String does not fail.
        let _ = match char {
            '"' | '\\' => write!(shown, "\\{char}"),
            '\n' => write!(shown, "\\n"),
            '\t' => write!(shown, "\\t"),
            '\r' => write!(shown, "\\r"),
            _ if char.is_ascii_control() => write!(shown, "\\x{:02x}", u32::from(char)),
            _ if char.is_control() => write!(shown, "\\u{:04x}", u32::from(char)),
            _ => write!(shown, "{char}"),
        };
    }
    shown + "\""
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    fn refused(typed: &str, dir: &Path) -> Option<String> {
        file(&Output::new(OsStr::new(typed), dir)).map(|refusal| refusal.0)
    }

    #[test]
    fn go_writes_over_nothing_and_over_programs_only() {
        let root = tempfile::tempdir().unwrap();
        let dir = root.path();
        fs::write(dir.join("empty"), "").unwrap();
        fs::write(dir.join("elf"), b"\x7fELF and more").unwrap();
        fs::write(dir.join("pe"), b"MZ\x90\x00\x03\x00\x00").unwrap();
        fs::write(dir.join("notes"), "hello").unwrap();
        fs::create_dir(dir.join("bin")).unwrap();
        std::os::unix::fs::symlink("notes", dir.join("link")).unwrap();
        std::os::unix::fs::symlink("nowhere", dir.join("dangling")).unwrap();
        for fine in ["missing", "empty", "elf", "pe", "new/deep/x", "dangling", "bin/x"] {
            assert_eq!(refused(fine, dir), None, "{fine}");
        }
        let text = "go: build output \"notes\" already exists and is not an object file";
        assert_eq!(refused("notes", dir).as_deref(), Some(text));
        assert_eq!(refused("link", dir).unwrap(), text.replace("notes", "link"));
        let text = "go: build output \"bin\" already exists and is a directory";
        assert_eq!(refused("bin", dir).as_deref(), Some(text));
        assert_eq!(refused("notes/x", dir).as_deref(), Some("go: mkdir notes/: file exists"));
        assert_eq!(refused("notes/a/x", dir).as_deref(), Some("go: mkdir notes: not a directory"));
        let folder = |typed: &str| folder(&Output::new(OsStr::new(typed), dir)).map(|refusal| refusal.0);
        assert_eq!(folder("notes/").as_deref(), Some("go: mkdir notes/: file exists"));
        assert_eq!((folder("bin/"), folder("new/deep/")), (None, None));
    }

    #[test]
    fn names_are_quoted_as_go_does() {
        assert_eq!(quoted("o\"\u{e9}\nx\\\u{1}"), "\"o\\\"\u{e9}\\nx\\\\\\x01\"");
    }
}
