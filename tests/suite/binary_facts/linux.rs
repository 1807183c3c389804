//! ELF: every architecture that Go has, and every way of linking.

use super::functions::present;
use super::oracle::{agrees_with_go, agrees_with_readelf, read, symbols_agree_with_readelf};
use super::programs::{Program, gcc, go};
use gobuild::binary::elf::Linkage;
use gobuild::binary::{Format, GoInfo};
use std::path::Path;

/// Header fields behind which the section headers are found: zero, as `strip --strip-section-headers`
/// leaves them.
pub(super) fn without_section_headers(path: &Path) -> Vec<u8> {
    let mut bytes = std::fs::read(path).unwrap();
    let (offset, numbers) = if bytes[4] == 2 { (40..48, 60..64) } else { (32..36, 48..52) };
    bytes[offset].fill(0);
    bytes[numbers].fill(0);
    bytes
}

/// The same facts with and without section headers, but for the extent.
#[track_caller]
fn needs_no_section_headers(path: &Path) {
    let whole = read(path);
    let mut bare = gobuild::binary::read(&without_section_headers(path)[..]).unwrap();
    assert_eq!(bare.go, whole.go, "{}", path.display());
    if let (Format::Elf(bare), Some(whole)) = (&mut bare.format, whole.elf()) {
        bare.extent = whole.extent.clone();
    }
    assert_eq!(bare.format, whole.format, "{}", path.display());
}

#[test]
fn every_architecture() {
    let program = Program::hello();
    let list = go(&[], &["tool", "dist", "list"]).read().unwrap();
    let architectures: Vec<_> = list.lines().filter_map(|line| line.strip_prefix("linux/")).collect();
    assert!(architectures.len() >= 13, "{architectures:?}");
    for arch in architectures {
        let path = program.build_pure(arch, "linux", arch, &[]);
        let elf = agrees_with_readelf(&path);
        assert_eq!(elf.linkage(), Linkage::Static, "{arch}");
        assert_eq!(symbols_agree_with_readelf(&path), []);
        let functions = present(&std::fs::read(&path).unwrap(), &["main.main", "runtime.", "net."]);
        assert_eq!(functions, ["main.main", "runtime."], "{arch}");
        let info = agrees_with_go(&path);
        assert_eq!(info.setting("GOARCH"), Some(arch));
        assert_eq!(info.path, "example.com/hello");
        needs_no_section_headers(&path);
    }
}

/// No library is needed, and yet the kernel needs a loader.
#[test]
fn position_independent_without_cgo() {
    let program = Program::hello();
    let version = go(&[], &["env", "GOVERSION"]).read().unwrap();
    // s390x, whose hash tables have words of their own, can do it without a C compiler since Go 1.27.
    let old = version
        .strip_prefix("go1.")
        .and_then(|rest| rest[..2].parse::<u32>().ok())
        .is_some_and(|minor| minor < 27);
    for arch in ["amd64", "arm64", "ppc64le"].into_iter().chain((!old).then_some("s390x")) {
        let path = program.build_pure(arch, "linux", arch, &["-buildmode=pie"]);
        let elf = agrees_with_readelf(&path);
        assert_eq!(elf.linkage(), Linkage::Dynamic, "{arch}");
        assert_eq!(elf.dynamic.unwrap().needed, [""; 0], "{arch}");
        assert_eq!(agrees_with_go(&path).setting("-buildmode"), Some("pie"));
        symbols_agree_with_readelf(&path);
        needs_no_section_headers(&path);
    }
}

#[test]
fn position_independent_and_broken() {
    let program = Program::hello();
    let path = program.build("out", &[("CGO_ENABLED", "0")], &["-buildmode=pie", "-ldflags=-d"]);
    assert_eq!(agrees_with_readelf(&path).linkage(), Linkage::Broken);
}

#[test]
fn cgo_in_every_build_mode() {
    let program = Program::cgo();
    let cgo = [("CGO_ENABLED", "1")];
    for (output, mode, linkage) in [
        ("exe", "exe", Linkage::Dynamic),
        ("pie", "pie", Linkage::Dynamic),
        ("lib.so", "c-shared", Linkage::SharedLibrary),
        ("plugin.so", "plugin", Linkage::SharedLibrary),
    ] {
        let path = program.build(output, &cgo, &[&format!("-buildmode={mode}")]);
        let elf = agrees_with_readelf(&path);
        assert_eq!(elf.linkage(), linkage, "{mode}");
        let dynamic = elf.dynamic.unwrap();
        assert!(dynamic.needed.iter().any(|name| name.starts_with("libc.so")), "{mode}: {dynamic:?}");
        assert!(!dynamic.verneed.is_empty(), "{mode}");
        let symbols = symbols_agree_with_readelf(&path);
        assert!(
            symbols.iter().any(|symbol| symbol.name == "puts" && symbol.version.is_some()),
            "{symbols:?}"
        );
        let info = agrees_with_go(&path);
        assert_eq!((info.setting("-buildmode"), info.setting("CGO_ENABLED")), (Some(mode), Some("1")));
        needs_no_section_headers(&path);
    }
    let path = program.build("lib.a", &cgo, &["-buildmode=c-archive"]);
    assert_eq!(read(&path).format, Format::Archive);
    let path = program.build("static", &cgo, &["-ldflags=-linkmode=external -extldflags=-static"]);
    assert_eq!(agrees_with_readelf(&path).linkage(), Linkage::Static);
    agrees_with_go(&path);
    needs_no_section_headers(&path);
    let path = program.build(
        "static-pie",
        &cgo,
        &["-buildmode=pie", "-ldflags=-linkmode=external -extldflags=-static-pie"],
    );
    assert_eq!(agrees_with_readelf(&path).linkage(), Linkage::StaticPie);
}

/// A program whose only C is in the standard library is linked by Go itself, which writes its own version
/// tables.
#[test]
fn dynamic_by_gos_own_linker() {
    let program = Program::new(&[(
        "main.go",
        "package main\n\nimport \"os/user\"\n\nfunc main() { user.Lookup(\"x\") }\n",
    )]);
    let path = program.build("out", &[("CGO_ENABLED", "1")], &["-trimpath"]);
    let elf = agrees_with_readelf(&path);
    assert_eq!(elf.linkage(), Linkage::Dynamic);
    assert!(!elf.dynamic.unwrap().verneed.is_empty());
    assert!(!symbols_agree_with_readelf(&path).is_empty());
    agrees_with_go(&path);
    needs_no_section_headers(&path);
}

/// What has to be quoted in the record, and modules that are replaced.
#[test]
fn every_kind_of_setting() {
    let program = Program::new(&[
        ("main.go", "package main\n\nimport \"example.com/dep\"\n\nfunc main() { println(dep.Word) }\n"),
        (
            "go.mod",
            "module example.com/hello\n\ngo 1.24\n\nrequire example.com/dep v1.2.3\n\nreplace example.com/dep => ./dep\n",
        ),
        ("dep/go.mod", "module example.com/dep\n\ngo 1.24\n"),
        ("dep/dep.go", "package dep\n\nvar Word = \"word\"\n"),
    ]);
    let variables = [("CGO_ENABLED", "0"), ("GOOS", "linux"), ("GOARCH", "arm"), ("GOARM", "6,softfloat")];
    let flags = "-s -w -X 'main.a=\"b\tc\"'";
    let path = program.build("out", &variables, &["-tags=one,two", "-ldflags", flags]);
    let info = agrees_with_go(&path);
    assert_eq!(info.setting("-ldflags"), Some(flags));
    assert_eq!(info.setting("-tags"), Some("one,two"));
    assert_eq!(info.setting("GOARM"), Some("6,softfloat"));
    assert_eq!(info.dependencies[0].path, "./dep");
}

/// The libraries of this system define versions, the compiler's object files are not linked yet.
#[test]
fn libraries_and_object_files() {
    for name in ["libc.so.6", "libm.so.6", "libgcc_s.so.1"] {
        let path = duct::cmd!("gcc", format!("-print-file-name={name}")).read().unwrap();
        let elf = agrees_with_readelf(Path::new(&path));
        assert!(!elf.dynamic.unwrap().verdef.is_empty(), "{name}");
        assert_eq!(read(Path::new(&path)).go, GoInfo::Absent);
        needs_no_section_headers(Path::new(&path));
        symbols_agree_with_readelf(Path::new(&path));
    }
    let folder = tempfile::tempdir().unwrap();
    let object = gcc(folder.path(), "c.o", "int x;", &["-c"]);
    assert_eq!(agrees_with_readelf(&object).linkage(), Linkage::Relocatable);
    let search = ["-Wl,-rpath,/opt/lib:$ORIGIN", "-Wl,--enable-new-dtags", "-Wl,-z,pack-relative-relocs"];
    let path = gcc(folder.path(), "run", "int main() { return 0; }", &search);
    let dynamic = agrees_with_readelf(&path).dynamic.unwrap();
    assert_eq!(dynamic.runpath, ["/opt/lib", "$ORIGIN"]);
    assert!(dynamic.relr);
    assert!(!symbols_agree_with_readelf(&path).is_empty());
    let search = ["-Wl,-rpath,/opt/lib", "-Wl,--disable-new-dtags"];
    let path = gcc(folder.path(), "run", "int main() { return 0; }", &search);
    assert_eq!(agrees_with_readelf(&path).dynamic.unwrap().rpath, ["/opt/lib"]);
}
