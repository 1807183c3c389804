//! What this machine has, and what can be built with it: `gobuild doctor`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::json::VERSION;
use crate::image::Fact;
use crate::plan::compiler::{self, Compiler, Makes, Need};
use crate::plan::linking::Linking;
use crate::plan::no_compiler;
use crate::platform::Platform;

/// A program that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// `go`
    pub name: String,
    /// Its version and its path; none where it was not found.
    pub found: Option<(String, String)>,
}

/// C compilers for one platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The platform.
    pub platform: Platform,
    /// The compilers that were found for it, the one that is wanted most first.
    pub compilers: Vec<Compiler>,
}

const LINKS: [(Linking, &str); 2] = [(Linking::Musl, "static"), (Linking::Glibc(None), "glibc")];

/// What makes C for a platform in one way of linking, or the command that would bring it.
fn answer(row: &Row, linking: Linking) -> Result<String, String> {
    let platform = &row.platform;
    let need = Need { platform, linking, cxx: false, pie: false, libstdcxx: Fact::Unknown };
    match compiler::choose(&row.compilers, &need) {
        Some(found) if compiler::unfit(found, &need).is_none() => Ok(named(found)),
        _ => Err(no_compiler::command(&need).unwrap_or_else(|| "nothing that gobuild knows".to_owned())),
    }
}

fn named(compiler: &Compiler) -> String {
    let name = compiler.path.file_name().unwrap_or_default().to_string_lossy();
    format!("{name} {}", compiler.version)
}

fn makes(compiler: &Compiler) -> String {
    match &compiler.makes {
        None => "cannot compile anything".to_owned(),
        Some(Makes::Anything) => "every platform below".to_owned(),
        Some(Makes::For { platform, libc }) => format!("{platform}, {libc}"),
    }
}

/// For people.
pub fn human(tools: &[Tool], rows: &[Row]) -> String {
    let mut text = String::new();
    for tool in tools {
        let _ = match &tool.found {
            Some((version, path)) => writeln!(text, "{:<22} {version:<12} {path}", tool.name),
            None => writeln!(text, "{:<22} not found", tool.name),
        };
    }
    for found in distinct(rows) {
        let name = found.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let _ =
            writeln!(text, "{name:<22} {:<12} {}   ({})", found.version, found.path.display(), makes(found));
    }
    text.push_str("\nC code\n");
    for row in rows {
        for (linking, shown) in LINKS {
            let place = format!("{} {shown}", row.platform);
            let _ = match answer(row, linking) {
                Ok(compiler) => writeln!(text, "{place:<22} {compiler}"),
                Err(command) => writeln!(text, "{place:<22} no compiler; {command}"),
            };
        }
    }
    text
}

/// Each compiler once.
fn distinct(rows: &[Row]) -> Vec<&Compiler> {
    let mut all: Vec<&Compiler> = Vec::new();
    for compiler in rows.iter().flat_map(|row| &row.compilers) {
        if !all.iter().any(|known| known.path == compiler.path) {
            all.push(compiler);
        }
    }
    all
}

/// The object for `--message-format json`.
pub fn json(tools: &[Tool], rows: &[Row]) -> Value {
    let tool = |tool: &Tool| {
        json!({
            "name": tool.name,
            "version": tool.found.as_ref().map(|(version, _)| version),
            "path": tool.found.as_ref().map(|(_, path)| path),
        })
    };
    let compiler = |found: &Compiler| json!({ "path": found.path.to_string_lossy(), "version": found.version, "makes": makes(found) });
    let c = rows.iter().flat_map(|row| {
        LINKS.map(|(linking, shown)| {
            let answer = answer(row, linking);
            json!({
                "platform": row.platform,
                "link": shown,
                "compiler": answer.as_ref().ok(),
                "missing": answer.as_ref().err(),
            })
        })
    });
    json!({
        "reason": "doctor",
        "version": VERSION,
        "tools": tools.iter().map(tool).collect::<Vec<_>>(),
        "compilers": distinct(rows).into_iter().map(compiler).collect::<Vec<_>>(),
        "c": c.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::compiler::Kind;

    fn zig() -> Compiler {
        Compiler {
            kind: Kind::Zig,
            cc: "/opt/zig".to_owned(),
            cxx: None,
            path: "/opt/zig".into(),
            version: "0.17.1".to_owned(),
            native: false,
            takes_sysroot: false,
            pkg_config: None,
            makes: Some(Makes::Anything),
        }
    }

    #[test]
    fn what_is_there_is_named_and_what_is_missing_has_its_command() {
        let rows = |compilers: &[Compiler]| {
            let row = |name: &str| Row { platform: name.parse().unwrap(), compilers: compilers.to_vec() };
            [row("linux/amd64"), row("linux/arm/v5")]
        };
        let tools = [
            Tool { name: "go".to_owned(), found: Some(("go1.27.3".to_owned(), "/go".to_owned())) },
            Tool { name: "docker".to_owned(), found: None },
        ];
        let with = human(&tools, &rows(&[zig()]));
        assert!(with.contains("linux/amd64 static     zig 0.17.1\n"), "{with}");
        assert!(with.contains("docker                 not found\n"), "{with}");
        let missing = "linux/arm/v5 glibc     no compiler; apt-get install gcc-arm-linux-gnueabi\n";
        assert!(with.contains(missing), "{with}");
        let without = human(&tools, &rows(&[]));
        assert!(without.contains("linux/amd64 static     no compiler; pip install ziglang\n"), "{without}");
        assert_eq!(json(&tools, &rows(&[zig()]))["c"][0]["compiler"], "zig 0.17.1");
    }
}
