//! The other systems that go builds for.

use super::functions::present;
use super::oracle::{agrees_with_go, read};
use super::programs::{Program, go};
use gobuild::binary::macho::MinimumOs;
use gobuild::binary::{Format, GoInfo};

#[test]
fn windows() {
    let program = Program::hello();
    for (arch, machine) in [("amd64", 0x8664), ("386", 0x14c), ("arm64", 0xaa64)] {
        let path =
            program.build("out.exe", &[("CGO_ENABLED", "0"), ("GOOS", "windows"), ("GOARCH", arch)], &[]);
        let binary = read(&path);
        let Format::Pe { machine: found, image } = &binary.format else { panic!("{binary:?}") };
        assert_eq!((*found, image.subsystem), (machine, 3));
        assert_eq!(image.imports, ["kernel32.dll"]);
        assert_eq!(image.inconsistencies, [""; 0]);
        // Go's linker pads the last part.
        assert!(image.extent.end <= binary.size, "{:?} of {}", image.extent, binary.size);
        assert_eq!(agrees_with_go(&path).setting("GOOS"), Some("windows"));
        let whole = std::fs::read(&path).unwrap();
        assert_eq!(present(&whole, &["main.main", "net."]), ["main.main"], "{arch}");
        for cut in (64..whole.len()).step_by(whole.len() / 50) {
            let binary = gobuild::binary::read(&whole[..cut]).unwrap();
            assert!(binary.extent().unwrap().end > cut as u64, "{arch} {cut}: {binary:?}");
        }
    }
}

#[test]
fn macos_and_a_universal_file() {
    let program = Program::hello();
    let mut files = Vec::new();
    for (arch, cpu) in [("amd64", 0x0100_0007_u32), ("arm64", 0x0100_000c)] {
        let path = program.build_pure(arch, "darwin", arch, &[]);
        let binary = read(&path);
        let Format::MachO { cpu: found, image } = &binary.format else { panic!("{binary:?}") };
        assert_eq!((*found, &image.architectures[..]), (cpu, &[cpu][..]));
        assert!(
            matches!(image.minimum_os, Some(MinimumOs { platform: 1, version: (11.., _, _) })),
            "{image:?}"
        );
        assert_eq!(image.inconsistencies, [""; 0]);
        assert!(image.extent.end <= binary.size, "{:?} of {}", image.extent, binary.size);
        assert_eq!(agrees_with_go(&path).setting("GOARCH"), Some(arch));
        files.push((cpu, std::fs::read(&path).unwrap()));
    }
    let mut universal = [0xcafe_babe_u32, 2].map(u32::to_be_bytes).concat();
    let mut offset = 0x4000_u32;
    for (cpu, bytes) in &files {
        let size = u32::try_from(bytes.len()).unwrap();
        universal.extend([*cpu, 0, offset, size, 14].map(u32::to_be_bytes).concat());
        offset += size.next_multiple_of(0x4000);
    }
    for (_, bytes) in &files {
        universal.resize(universal.len().next_multiple_of(0x4000), 0);
        universal.extend(bytes);
    }
    let path = program.path("universal");
    std::fs::write(&path, &universal).unwrap();
    let binary = read(&path);
    let Format::MachO { cpu, image } = &binary.format else { panic!("{binary:?}") };
    assert_eq!((*cpu, &image.architectures[..]), (0x0100_0007, &[0x0100_0007, 0x0100_000c][..]));
    assert_eq!((image.extent.end, &image.extent.part[..]), (binary.size, "architecture 1"));
    assert_eq!(agrees_with_go(&path).setting("GOARCH"), Some("amd64"));
    assert_eq!(present(&universal, &["main.main", "net."]), ["main.main"]);
    for cut in (64..universal.len()).step_by(universal.len() / 50) {
        let binary = gobuild::binary::read(&universal[..cut]).unwrap();
        assert!(binary.extent().unwrap().end > cut as u64, "{cut}: {binary:?}");
    }
}

#[test]
fn web_assembly_and_packages() {
    let program = Program::hello();
    let path = program.build_pure("out.wasm", "js", "wasm", &[]);
    assert_eq!(read(&path).format, Format::Wasm);
    program.write("lib/lib.go", "package lib\n");
    let path = program.build_pure("lib.a", "linux", "amd64", &["./lib"]);
    assert_eq!((read(&path).format, read(&path).go), (Format::Archive, GoInfo::Absent));
    // ELF on another system: the record tells which.
    let path = program.build_pure("out", "freebsd", "amd64", &[]);
    assert_eq!(read(&path).elf().unwrap().osabi, 9);
    assert_eq!(agrees_with_go(&path).setting("GOOS"), Some("freebsd"));
    assert!(go(&[], &["version"]).read().unwrap().starts_with("go version"));
}
