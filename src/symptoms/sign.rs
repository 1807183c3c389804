//! What a binary has to be for a cause: one word of the table, one question to the facts.

use crate::binary::elf::{Elf, Linkage};
use crate::binary::{Binary, Format, GoInfo};

/// A sign that asks for a module among the dependencies.
const MODULE: &str = "module:";
/// Folders of machines that build; no image has them.
const BUILDER: &[&str] = &["/go/pkg/mod", "/root/", "/home/", "/nix/store/", "/builds/", "/github/"];
const STORES: &[&str] = &["/nix/store/", "/gnu/store/"];

/// Every sign but those that begin with `module:`.
pub const SIGNS: &[&str] = &[
    "amd64",
    "archive",
    "arm",
    "boringcrypto",
    "builder-path",
    "cgo-off",
    "cgo-on",
    "dynamic",
    "glibc",
    "libraries",
    "mips",
    "musl",
    "no-go-record",
    "no-libraries",
    "race",
    "script",
    "static",
    "store-interpreter",
];

/// Whether a binary has a sign. None where the facts do not say; a sign with `!` in front holds unless the
/// facts speak against it.
pub fn holds(sign: &str, binary: &Binary) -> Option<bool> {
    if let Some(not) = sign.strip_prefix('!') {
        return Some(holds(not, binary) != Some(true));
    }
    if let Some(path) = sign.strip_prefix(MODULE) {
        let info = binary.build_info()?;
        return Some(info.dependencies.iter().any(|module| module.path == path));
    }
    let setting = |key: &str| binary.build_info().and_then(|info| info.setting(key));
    let elf = |ask: fn(&Elf) -> bool| Some(binary.elf().is_some_and(ask));
    match sign {
        "amd64" | "arm" => Some(crate::checks::arch_of(binary) == Some(sign)),
        "mips" => Some(crate::checks::arch_of(binary).is_some_and(|arch| arch.starts_with("mips"))),
        "archive" => Some(matches!(binary.format, Format::Archive)),
        "script" => Some(matches!(binary.format, Format::Script { .. })),
        "dynamic" => elf(|elf| elf.linkage() == Linkage::Dynamic),
        "static" => elf(|elf| matches!(elf.linkage(), Linkage::Static | Linkage::StaticPie)),
        "libraries" => elf(|elf| elf.linkage() == Linkage::Dynamic && !needed(elf).is_empty()),
        "no-libraries" => elf(|elf| elf.linkage() == Linkage::Dynamic && needed(elf).is_empty()),
        "glibc" => elf(|elf| {
            elf.interpreter
                .as_deref()
                .is_some_and(|path| path.contains("/ld-linux") || path.contains("/ld64.so"))
        }),
        "musl" => elf(|elf| {
            let loader = elf.interpreter.as_deref().is_some_and(|path| path.contains("/ld-musl-"));
            loader || needed(elf).iter().any(|name| name.starts_with("libc.musl-"))
        }),
        "store-interpreter" => elf(|elf| {
            elf.interpreter.as_deref().is_some_and(|path| STORES.iter().any(|at| path.starts_with(at)))
        }),
        "builder-path" => elf(|elf| {
            let paths = elf.dynamic.iter().flat_map(|dynamic| dynamic.rpath.iter().chain(&dynamic.runpath));
            paths.into_iter().any(|path| BUILDER.iter().any(|at| path.starts_with(at)))
        }),
        "no-go-record" => Some(matches!(binary.go, GoInfo::Absent)),
        "cgo-on" => setting("CGO_ENABLED").map(|value| value == "1"),
        "cgo-off" => setting("CGO_ENABLED").map(|value| value == "0"),
        "race" => {
            binary.build_info()?;
            Some(["-race", "-msan", "-asan"].iter().any(|flag| setting(flag) == Some("true")))
        }
        "boringcrypto" => {
            binary.build_info()?;
            Some(
                setting("GOEXPERIMENT")
                    .is_some_and(|value| value.split(',').any(|word| word == "boringcrypto")),
            )
        }
        _ => None,
    }
}

fn needed(elf: &Elf) -> &[String] {
    elf.dynamic.as_ref().map(|dynamic| &dynamic.needed[..]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::Module;
    use crate::checks::fixtures as fix;

    fn samples() -> Vec<Binary> {
        let mut host = fix::glibc_go(&["libwasmvm.so"]);
        fix::dynamic_mut(&mut host).runpath.push("/go/pkg/mod/github.com/x".to_owned());
        let mut mips = fix::static_go();
        fix::elf_mut(&mut mips).machine = 8;
        fix::elf_mut(&mut mips).class = crate::binary::elf::Class::Elf32;
        let mut arm = fix::static_go();
        fix::elf_mut(&mut arm).machine = 40;
        fix::elf_mut(&mut arm).class = crate::binary::elf::Class::Elf32;
        vec![
            fix::static_go(),
            fix::static_c(),
            fix::glibc_go(&["libc.so.6"]),
            fix::pie_without_cgo(),
            fix::dynamic_go("/lib/ld-musl-x86_64.so.1", &["libc.musl-x86_64.so.1"]),
            fix::dynamic_go("/nix/store/x-glibc/lib/ld-linux-x86-64.so.2", &["libc.so.6"]),
            fix::of(Format::Archive),
            fix::of(Format::Script { interpreter: "/bin/sh".to_owned() }),
            Binary { go: fix::go(&[("-race", "true")]), ..fix::glibc_go(&["libc.so.6"]) },
            Binary { go: fix::go(&[("GOEXPERIMENT", "boringcrypto")]), ..fix::static_go() },
            host,
            mips,
            arm,
        ]
    }

    #[test]
    fn every_sign_holds_for_one_sample_and_not_for_another() {
        for sign in SIGNS {
            let answers: Vec<_> = samples().iter().map(|binary| holds(sign, binary)).collect();
            assert!(answers.contains(&Some(true)) && answers.contains(&Some(false)), "{sign}: {answers:?}");
        }
    }

    #[test]
    fn without_gos_record_a_setting_is_not_known_and_its_denial_stands() {
        assert_eq!(holds("race", &fix::static_c()), None);
        assert_eq!(holds("!race", &fix::static_c()), Some(true));
        assert_eq!(holds("!static", &fix::static_c()), Some(false));
        assert_eq!(holds("cgo-on", &fix::static_c()), None);
    }

    #[test]
    fn a_module_is_looked_for_among_the_dependencies() {
        let sqlite = "github.com/mattn/go-sqlite3";
        let mut binary = fix::static_go();
        let sign = format!("module:{sqlite}");
        assert_eq!(holds(&sign, &binary), Some(false));
        if let GoInfo::Present(info) = &mut binary.go {
            info.dependencies.push(Module { path: sqlite.to_owned(), version: "v1.14.22".to_owned() });
        }
        assert_eq!(holds(&sign, &binary), Some(true));
        assert_eq!(holds(&sign, &fix::static_c()), None);
    }
}
