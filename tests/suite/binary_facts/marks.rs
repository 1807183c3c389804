//! What compilers say a file needs of the processor and of the kernel, held against readelf.

use super::oracle::read;
use super::programs::{Program, gcc};
use gobuild::binary::elf::{Kernel, Marks};
use std::path::Path;

fn marks(path: &Path) -> Marks {
    let binary = read(path);
    assert_eq!(binary.inconsistencies(), [""; 0], "{}", path.display());
    binary.elf().unwrap().marks.clone()
}

/// The level and the oldest kernel, as readelf has them.
fn by_readelf(path: &Path) -> (Option<u32>, Option<Kernel>) {
    let text = duct::cmd!("readelf", "-nW", path).env("LC_ALL", "C").read().unwrap();
    let levels = text.lines().filter_map(|line| line.split_once("x86 ISA needed: "));
    let bits = levels.flat_map(|(_, levels)| levels.split(", ")).map(|level| match level.trim() {
        "x86-64-baseline" => 1,
        "x86-64-v2" => 2,
        "x86-64-v3" => 4,
        "x86-64-v4" => 8,
        other => panic!("level {other}"),
    });
    let kernel = text.lines().find_map(|line| line.split_once("OS: Linux, ABI: ")).map(|(_, version)| {
        let numbers: Vec<u32> = version.trim().split('.').map(|number| number.parse().unwrap()).collect();
        Kernel { system: 0, version: (numbers[0], numbers[1], numbers[2]) }
    });
    (bits.reduce(|all, bit| all | bit), kernel)
}

#[test]
fn by_a_c_compiler() {
    let folder = tempfile::tempdir().unwrap();
    let text = "int main() { return 0; }";
    for arguments in [
        &[][..],
        &["-static"],
        &["-static-pie"],
        &["-Wl,-z,x86-64-v3"],
        &["-Wl,-z,x86-64-v2", "-Wl,-z,stack-size=1048576"],
        &["-shared", "-fPIC"],
    ] {
        // Levels are a matter of one architecture alone.
        if !cfg!(target_arch = "x86_64") && arguments.iter().any(|word| word.contains("x86")) {
            continue;
        }
        let path = gcc(folder.path(), "run", text, arguments);
        let found = marks(&path);
        let level = |level: &str| arguments.iter().any(|word| word.ends_with(level));
        assert_eq!((found.isa_needed, found.kernel), by_readelf(&path), "{arguments:?}");
        assert_eq!(found.kernel.is_some(), !level("-fPIC"), "{arguments:?}");
        if level("v3") {
            assert_eq!(found.isa_needed.map(|bits| bits & 4), Some(4));
        }
        assert_eq!(found.stack_size, Some(if level("1048576") { 1 << 20 } else { 0 }), "{arguments:?}");
        assert!(!found.upx && found.arm.is_none() && found.mips_float.is_none());
    }
}

/// Go's linker says nothing of the processor, but for the floats of 32-bit MIPS.
#[test]
fn by_gos_linker() {
    let program = Program::hello();
    for (arch, name, value, float) in [
        ("amd64", "GOAMD64", "v3", None),
        ("arm", "GOARM", "7", None),
        ("mips", "GOMIPS", "softfloat", Some(3)),
        ("mipsle", "GOMIPS", "hardfloat", Some(1)),
        ("mips64le", "GOMIPS64", "softfloat", None),
    ] {
        let variables = [("CGO_ENABLED", "0"), ("GOOS", "linux"), ("GOARCH", arch), (name, value)];
        let found = marks(&program.build("out", &variables, &["-trimpath"]));
        let expected = Marks { stack_size: found.stack_size, mips_float: float, ..Marks::default() };
        assert_eq!(found, expected, "{arch}");
    }
}
