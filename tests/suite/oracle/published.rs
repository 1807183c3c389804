//! Go binaries that nobody here made, as `scripts/fetch.sh matrix` brings them: read as go and `file` read them,
//! judged for their platform and for another, and started where this machine can.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use crate::support::project::Project;
use crate::support::skip::skip;
use crate::support::tools;

use super::kitchen::Kitchen;
use super::reality::{Enter, Question};

/// One file: where it is, the platform of its package, and how `file` begins to describe such files.
struct Published(&'static str, &'static str, &'static [&'static str]);

const PUBLISHED: &[Published] = &[
    Published("esbuild/linux-x64/bin/esbuild", "linux/amd64", &["ELF 64-bit LSB", "x86-64"]),
    Published("esbuild/linux-arm64/bin/esbuild", "linux/arm64", &["ELF 64-bit LSB", "ARM aarch64"]),
    Published("esbuild/linux-s390x/bin/esbuild", "linux/s390x", &["ELF 64-bit MSB", "IBM S/390"]),
    Published("esbuild/linux-ia32/bin/esbuild", "linux/386", &["ELF 32-bit LSB", "80386"]),
    Published("esbuild/win32-x64/esbuild.exe", "windows/amd64", &["PE32+", "x86-64"]),
    Published("esbuild/darwin-arm64/bin/esbuild", "darwin/arm64", &["Mach-O 64-bit", "arm64"]),
    Published("esbuild/freebsd-x64/bin/esbuild", "freebsd/amd64", &["ELF 64-bit LSB", "FreeBSD"]),
    Published("lefthook-linux-x64/bin/lefthook", "linux/amd64", &["ELF 64-bit LSB", "x86-64"]),
    Published("lefthook-linux-arm64/bin/lefthook", "linux/arm64", &["ELF 64-bit LSB", "ARM aarch64"]),
    Published("lefthook-windows-arm64/bin/lefthook.exe", "windows/arm64", &["PE32+", "Aarch64"]),
    Published("lefthook-openbsd-x64/bin/lefthook", "openbsd/amd64", &["ELF 64-bit LSB", "x86-64"]),
    Published("lefthook-darwin-arm64/bin/lefthook", "darwin/arm64", &["Mach-O 64-bit", "arm64"]),
];

impl Published {
    fn path(&self) -> PathBuf {
        let path = tools::fetched("cache/published").join(self.0);
        assert!(path.is_file(), "{} is missing: run make test-matrix", path.display());
        path
    }

    fn verify(&self, project: &Project, platform: &str) -> i32 {
        let path = self.path();
        // An image that nobody has described takes whatever fits the platform and asks for nothing.
        let words = ["verify", "--target", "registry.corp/base:7", "--platform", platform];
        let words = words.iter().map(OsString::from).chain([path.into_os_string()]);
        project.gobuild(words).output().status
    }
}

#[test]
#[ignore = "fetched binaries: make test-matrix"]
fn published_binaries_fit_their_own_platform_and_no_other() {
    let project = Project::empty();
    for file in PUBLISHED {
        assert_eq!(file.verify(&project, file.1), 0, "{} for {}", file.0, file.1);
        for other in ["linux/riscv64", "linux/arm/v7"] {
            assert_eq!(file.verify(&project, other), 3, "{} for {other}", file.0);
        }
        if !file.1.starts_with("linux/") {
            let (_, arch) = file.1.split_once('/').unwrap();
            let linux = format!("linux/{arch}");
            assert_eq!(file.verify(&project, &linux), 3, "{} for {linux}", file.0);
        }
    }
}

#[test]
#[ignore = "fetched binaries: make test-matrix"]
fn go_reads_the_same_build_information_in_published_binaries() {
    let mut with = 0;
    for file in PUBLISHED {
        let path = file.path();
        let binary = gobuild::binary::read(&std::fs::read(&path).unwrap()[..]).unwrap();
        let said = Command::new(tools::go())
            .args(["version", "-m"])
            .arg(&path)
            .envs(tools::go_environment())
            .output()
            .unwrap();
        let text = String::from_utf8(said.stdout).unwrap();
        let Some(info) = binary.build_info() else {
            assert!(text.is_empty(), "{} has none for gobuild, and for go\n{text}", file.0);
            continue;
        };
        with += 1;
        assert!(
            text.lines().next().unwrap().ends_with(&info.version),
            "{}: {}\n{text}",
            file.0,
            info.version
        );
        let theirs = text.lines().filter_map(|line| line.strip_prefix("\tbuild\t")?.split_once('='));
        let theirs: Vec<_> = theirs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        let quoted = |value: &str| value.contains([' ', '\t', '"', '`', '=']);
        let ours = info.settings.iter().map(|(key, value)| {
            (key.clone(), if quoted(value) { format!("{value:?}") } else { value.clone() })
        });
        assert_eq!(ours.collect::<Vec<_>>(), theirs, "{}", file.0);
    }
    assert!(with >= 4, "{with} of them have build information");
}

#[test]
#[ignore = "fetched binaries: make test-matrix"]
fn file_sees_the_same_in_published_binaries() {
    let Ok(program) = which::which("file") else {
        skip!("the program file was not found");
    };
    for Published(name, platform, words) in PUBLISHED {
        let path = tools::fetched("cache/published").join(name);
        let said = Command::new(&program).arg("-b").arg(&path).output().unwrap();
        let text = String::from_utf8(said.stdout).unwrap();
        assert!(words.iter().all(|word| text.contains(word)), "{name} for {platform}: {text}");
        let binary = gobuild::binary::read(&std::fs::read(&path).unwrap()[..]).unwrap();
        assert_eq!(binary.elf().is_some(), text.starts_with("ELF "), "{name}");
        if let Some(elf) = binary.elf() {
            assert_eq!(elf.interpreter.is_none(), text.contains("statically linked"), "{name}: {text}");
        }
    }
}

#[test]
#[ignore = "fetched binaries: make test-matrix"]
fn published_binaries_start_where_they_are_accepted() {
    let enter = Enter::new(&Kitchen::open());
    let qemu = tools::fetched("cache/packages/bookworm/amd64/qemu-user-static/usr/bin");
    for (Published(name, ..), emulator, word) in [
        (&PUBLISHED[0], None, "--version"),
        (&PUBLISHED[1], Some("qemu-aarch64-static"), "--version"),
        (&PUBLISHED[2], Some("qemu-s390x-static"), "--version"),
        (&PUBLISHED[3], None, "--version"),
        (&PUBLISHED[7], None, "version"),
        (&PUBLISHED[8], Some("qemu-aarch64-static"), "version"),
    ] {
        let root = tempfile::TempDir::new().unwrap();
        std::fs::copy(tools::fetched("cache/published").join(name), root.path().join("app")).unwrap();
        let mut argv = vec!["/app".to_owned(), word.to_owned()];
        if let Some(emulator) = emulator {
            std::fs::copy(qemu.join(emulator), root.path().join("qemu-static")).unwrap();
            argv.insert(0, "/qemu-static".to_owned());
        }
        let happened = enter.ask(&[Question { root: root.path(), argv }]).remove(0);
        if happened.could_not_be_tried() {
            skip!("this machine cannot start programs in a root: {happened}");
        }
        // Each prints its version, and the versions are those that were fetched.
        assert!(happened.printed_a_version(), "{name}: {happened}");
    }
}
