//! The part of a Go file from which go learns what belongs to a build.

/// From the start of the file to the end of its imports: build constraints, the package clause, imports, and what
/// cgo is told in the comments above them. `go list` reads no more of a file (`readGoInfo` in go/build/read.go),
/// but for the patterns of `go:embed`. None where it is not such a start, or does not end.
pub(super) fn header(text: &[u8]) -> Option<&[u8]> {
    let mut rest =
        Rest { text, at: if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 } };
    rest.skip()?;
    rest.keyword(b"package").then_some(())?;
    rest.skip()?;
    rest.name().then_some(())?;
    let mut end = rest.at;
    loop {
        rest.skip()?;
        if !rest.keyword(b"import") {
            break;
        }
        rest.skip()?;
        if rest.byte(b'(') {
            loop {
                rest.skip()?;
                if rest.byte(b')') {
                    break;
                }
                rest.import()?;
            }
        } else {
            rest.import()?;
        }
        end = rest.at;
    }
    // Go reads as far as the byte that ends it, and nothing where one is 0.
    let read = text.iter().take(rest.at + 1);
    (!read.copied().any(|byte| byte == 0)).then_some(&text[..end])
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

struct Rest<'a> {
    text: &'a [u8],
    at: usize,
}

impl Rest<'_> {
    fn left(&self) -> &[u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Past white space, semicolons and comments; none where a comment does not end.
    fn skip(&mut self) -> Option<()> {
        loop {
            let left = self.left();
            let past = match left {
                [b' ' | b'\t' | b'\r' | b'\n' | b'\x0c' | b';', ..] => 1,
                [b'/', b'/', ..] => left.iter().position(|byte| *byte == b'\n').unwrap_or(left.len()),
                [b'/', b'*', more @ ..] => more.windows(2).position(|pair| pair == b"*/")? + 4,
                _ => return Some(()),
            };
            self.at += past;
        }
    }

    fn byte(&mut self, byte: u8) -> bool {
        let found = self.left().first() == Some(&byte);
        self.at += usize::from(found);
        found
    }

    fn keyword(&mut self, word: &[u8]) -> bool {
        let rest = self.left().strip_prefix(word);
        let found = rest.is_some_and(|rest| !rest.first().copied().is_some_and(is_of_name));
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn name(&mut self) -> bool {
        let length = self.left().iter().take_while(|byte| is_of_name(**byte)).count();
        self.at += length;
        length > 0
    }

    /// `"fmt"`, `f "fmt"`, `. "fmt"` or `_ "fmt"`.
    fn import(&mut self) -> Option<()> {
        if !self.byte(b'.') {
            self.name();
        }
        self.skip()?;
        let quote = [b'"', b'`'].into_iter().find(|quote| self.byte(*quote))?;
        let left = self.left();
        // An import path holds no quote and no backslash, so none is looked for.
        let end = left.iter().position(|byte| *byte == quote || *byte == b'\n')?;
        (left[end] == quote).then_some(())?;
        self.at += end + 1;
        Some(())
    }
}

/// Of a name, letters outside ASCII included.
fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_with_the_last_import() {
        for (start, rest) in [
            ("package main", "\n\nfunc main() {}\n"),
            ("// Copyright\n\n//go:build linux\n\npackage main", ""),
            ("\u{feff}package main; import \"fmt\"; import `os`", "; var imported = 1"),
            (
                "package größe\nimport f \"fmt\"\nimport (\n\t. \"a\" // why\n\t_ \"b\"; c \"c\"\n)",
                "\n// import \"d\"\nvar x",
            ),
            (
                "/* a */ package /* b */ a\n\n// #cgo LDFLAGS: -lz\n// int one();\nimport \"C\"",
                "\n\nvar importer = 1",
            ),
            ("package a\nimport ()", "\nconst c = `import \"C\"`"),
        ] {
            let text = format!("{start}{rest}");
            assert_eq!(
                header(text.as_bytes()).map(String::from_utf8_lossy).as_deref(),
                Some(start),
                "{text}"
            );
        }
    }

    #[test]
    fn what_go_cannot_read_has_none() {
        for text in [
            "",
            "func main() {}",
            "packages main",
            "package",
            "package main\nimport fmt",
            "package main\nimport \"fmt\n\"",
            "package main\nimport (\n\t\"fmt\"\n",
            "package main\n/* import \"C\"",
            "package main\n\0\nimport \"C\"",
        ] {
            assert_eq!(header(text.as_bytes()), None, "{text:?}");
        }
    }
}
