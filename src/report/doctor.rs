//! What this machine has, and what can be built with it: `gobuild doctor`.

use std::fmt::Write as _;

use serde::Serialize;

use super::version::ShapeVersion;
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

/// What this machine has.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DoctorObject<'a> {
    version: ShapeVersion,
    /// Programs that were looked for.
    tools: Vec<ToolOfMachine<'a>>,
    /// C compilers that were found.
    compilers: Vec<CompilerOfMachine<'a>>,
    /// A row for each platform and way of linking.
    c: Vec<CAnswer<'a>>,
}

/// A program that was looked for.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ToolOfMachine<'a> {
    /// `go`
    name: &'a str,
    /// Its version; null where it was not found.
    version: Option<&'a str>,
    /// Its path; null where it was not found.
    path: Option<&'a str>,
}

/// A C compiler that was found.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CompilerOfMachine<'a> {
    /// Its path.
    path: String,
    /// What it calls its version.
    version: &'a str,
    /// What it makes, in words.
    makes: String,
}

/// What makes C for a platform in one way of linking.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CAnswer<'a> {
    /// The platform.
    platform: &'a Platform,
    /// `static` with musl, or `glibc`.
    link: &'static str,
    /// The compiler with its version; null where there is none.
    compiler: Option<String>,
    /// The command that brings one; null where there is one.
    missing: Option<String>,
}

impl<'a> DoctorObject<'a> {
    pub(super) fn of(tools: &'a [Tool], rows: &'a [Row]) -> Self {
        let tool = |tool: &'a Tool| ToolOfMachine {
            name: &tool.name,
            version: tool.found.as_ref().map(|(version, _)| version.as_str()),
            path: tool.found.as_ref().map(|(_, path)| path.as_str()),
        };
        let compiler = |found: &'a Compiler| CompilerOfMachine {
            path: found.path.to_string_lossy().into_owned(),
            version: &found.version,
            makes: makes(found),
        };
        let answers = rows.iter().flat_map(|row| {
            LINKS.map(|(linking, link)| {
                let (compiler, missing) = match answer(row, linking) {
                    Ok(compiler) => (Some(compiler), None),
                    Err(command) => (None, Some(command)),
                };
                CAnswer { platform: &row.platform, link, compiler, missing }
            })
        });
        Self {
            version: ShapeVersion,
            tools: tools.iter().map(tool).collect(),
            compilers: distinct(rows).into_iter().map(compiler).collect(),
            c: answers.collect(),
        }
    }
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
        let rows = rows(&[zig()]);
        let object = serde_json::to_value(DoctorObject::of(&tools, &rows)).unwrap();
        assert_eq!(object["c"][0]["compiler"], "zig 0.17.1");
    }
}
