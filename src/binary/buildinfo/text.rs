//! The lines of the record (`runtime/debug.ParseBuildInfo`): a word, a tab, columns.

use super::super::{BuildInfo, Module};
use super::quote::literal;

/// Which module a replacement line belongs to: the one on the line before.
enum Last {
    None,
    Main,
    Dependency,
}

/// Reads all lines. Unknown ones are for later releases of Go and are skipped; what follows the last
/// newline is not a line. An error says which line, and why.
pub(super) fn parse(text: &str) -> Result<BuildInfo, String> {
    let mut info = BuildInfo::default();
    let mut last = Last::None;
    let lines = text.rsplit_once('\n').map_or("", |(lines, _)| lines);
    for (index, line) in lines.split('\n').enumerate() {
        let read = match line.split_once('\t') {
            Some(("path", path)) => {
                path.clone_into(&mut info.path);
                Ok(())
            }
            Some(("mod", columns)) => module(columns).map(|module| {
                info.module = Some(module);
                last = Last::Main;
            }),
            Some(("dep", columns)) => module(columns).map(|module| {
                info.dependencies.push(module);
                last = Last::Dependency;
            }),
            Some(("=>", columns)) => replacement(columns).and_then(|module| {
                let replaced = match last {
                    Last::Main => info.module.as_mut(),
                    Last::Dependency => info.dependencies.last_mut(),
                    Last::None => None,
                };
                *replaced.ok_or("a replacement of no module")? = module;
                last = Last::None;
                Ok(())
            }),
            Some(("build", pair)) => setting(pair).map(|setting| info.settings.push(setting)),
            _ => Ok(()),
        };
        read.map_err(|why| format!("line {}: {why}", index + 1))?;
    }
    Ok(info)
}

fn module(columns: &str) -> Result<Module, &'static str> {
    let mut columns = columns.split('\t');
    // The third is its checksum; a fourth is one too many.
    match (columns.next(), columns.next(), columns.nth(1)) {
        (Some(path), Some(version), None) => {
            Ok(Module { path: path.to_owned(), version: version.to_owned() })
        }
        _ => Err("a module has two or three columns"),
    }
}

fn replacement(columns: &str) -> Result<Module, &'static str> {
    if columns.split('\t').count() == 3 { module(columns) } else { Err("a replacement has three columns") }
}

fn setting(pair: &str) -> Result<(String, String), &'static str> {
    let (key, value) = if pair.starts_with(['"', '`']) {
        let (key, rest) = literal(pair).ok_or("a quoted key does not end")?;
        (key, rest.strip_prefix('=').ok_or("no `=` behind a quoted key")?)
    } else {
        let (key, value) = pair.split_once('=').ok_or("a setting without `=`")?;
        if key.is_empty() {
            return Err("a setting without a key");
        }
        if key.contains([' ', '\t', '\r', '"', '`']) {
            return Err("a key that has to be quoted is not");
        }
        (key.to_owned(), value)
    };
    let value = if value.starts_with(['"', '`']) {
        match literal(value) {
            Some((value, "")) => value,
            _ => return Err("a quoted value does not end where its line does"),
        }
    } else if value.contains([' ', '\t', '\r', '"', '`']) {
        return Err("a value that has to be quoted is not");
    } else {
        value.to_owned()
    };
    Ok((key, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line() {
        let info = parse(concat!(
            "path\texample.com/cmd/rpc\n",
            "mod\texample.com\tv1.2.3\th1:abc=\n",
            "dep\ta.com/x\tv1.0.0\th1:def=\n",
            "dep\tb.com/y\tv2.0.0\n",
            "=>\tb.com/fork\tv2.0.1\th1:ghi=\n",
            "future\tline\n",
            "build\t-compiler=gc\n",
            "build\t-ldflags=\"-s -w -X main.v=\\\"1\\\"\"\n",
            "build\tCGO_CFLAGS=\n",
            "build\t\"odd key\"=`raw value`\n",
            "build\tcut=off, because no newline follows",
        ))
        .unwrap();
        let module =
            |path: &str, version: &str| Module { path: path.to_owned(), version: version.to_owned() };
        assert_eq!(info.path, "example.com/cmd/rpc");
        assert_eq!(info.module, Some(module("example.com", "v1.2.3")));
        assert_eq!(info.dependencies, [module("a.com/x", "v1.0.0"), module("b.com/fork", "v2.0.1")]);
        assert_eq!(info.setting("-ldflags"), Some("-s -w -X main.v=\"1\""));
        assert_eq!(info.setting("CGO_CFLAGS"), Some(""));
        assert_eq!(info.setting("odd key"), Some("raw value"));
        assert_eq!(info.settings.len(), 4);
    }

    #[test]
    fn no_lines_are_no_error() {
        assert_eq!(parse("").unwrap(), BuildInfo::default());
        assert_eq!(parse("path\ta").unwrap(), BuildInfo::default());
    }

    #[test]
    fn a_bad_line_is_named() {
        for (text, message) in [
            ("path\ta\nmod\ta\n", "line 2: a module has two or three columns"),
            ("dep\ta\tb\tc\td\n", "line 1: a module has"),
            ("=>\ta\tb\tc\n", "line 1: a replacement of no module"),
            ("dep\ta\tb\n=>\ta\tb\n", "line 2: a replacement has three"),
            ("dep\ta\tb\n=>\ta\tb\tc\n=>\ta\tb\tc\n", "line 3: a replacement of no module"),
            ("build\tGOOS\n", "without `=`"),
            ("build\t=linux\n", "without a key"),
            ("build\ta b=c\n", "a key that has to be quoted"),
            ("build\t\"a b=c\n", "a quoted key does not end"),
            ("build\t\"a b\"c\n", "behind a quoted key"),
            ("build\ta=b c\n", "a value that has to be quoted"),
            ("build\ta=\"b\"c\n", "a quoted value does not end"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(message), "{text:?}: {error}");
        }
    }
}
