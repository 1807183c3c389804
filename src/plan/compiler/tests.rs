//! Machines with one compiler each, and images.

use super::*;
use crate::image::Version;

fn compiler(kind: Kind, name: &str, platform: &str, libc: Libc) -> Compiler {
    Compiler {
        kind,
        cc: name.to_owned(),
        cxx: Some(name.replace("gcc", "g++")),
        path: name.into(),
        version: "12.2.0".to_owned(),
        native: false,
        takes_sysroot: false,
        pkg_config: None,
        makes: Some(Makes::For { platform: platform.parse().unwrap(), libc }),
    }
}

fn gcc() -> Compiler {
    compiler(Kind::Host, "gcc", "linux/amd64", Libc::Glibc(Fact::Known(Version(2, 36, 0))))
}

fn musl_gcc() -> Compiler {
    Compiler { cxx: None, ..compiler(Kind::MuslGcc, "musl-gcc", "linux/amd64", Libc::Musl(Fact::Unknown)) }
}

fn zig() -> Compiler {
    Compiler {
        path: "/zig".into(),
        version: "0.17.1".to_owned(),
        makes: Some(Makes::Anything),
        ..compiler(Kind::Zig, "zig", "linux/amd64", Libc::None)
    }
}

fn chosen(compilers: &[Compiler], platform: &str, linking: Linking, cxx: bool) -> Option<Kind> {
    let platform = platform.parse().unwrap();
    let need = Need { platform: &platform, linking, cxx, pie: false, libstdcxx: Fact::Unknown };
    choose(compilers, &need).map(|compiler| compiler.kind)
}

const BOOKWORM: Linking = Linking::Glibc(Some(Version(2, 36, 0)));
const BULLSEYE: Linking = Linking::Glibc(Some(Version(2, 31, 0)));

#[test]
fn each_machine_does_what_it_can() {
    let all = [gcc(), zig(), musl_gcc()];
    for (compilers, platform, linking, expected) in [
        (&all[..], "linux/amd64", BOOKWORM, Some(Kind::Host)),
        (&all, "linux/amd64", BULLSEYE, Some(Kind::Zig)),
        (&all, "linux/amd64", Linking::Musl, Some(Kind::Zig)),
        (&all, "linux/arm64", BOOKWORM, Some(Kind::Zig)),
        (&all[..1], "linux/amd64", Linking::Musl, None),
        (&all[..1], "linux/amd64", BULLSEYE, None),
        (&all[..1], "linux/arm64", BOOKWORM, None),
        (&all[2..], "linux/amd64", Linking::Musl, Some(Kind::MuslGcc)),
        (&all[2..], "linux/amd64", BOOKWORM, None),
        (&all[2..], "linux/arm64", Linking::Musl, None),
        (&all[1..2], "linux/arm/v5", Linking::Musl, None),
        (&[], "linux/amd64", Linking::Musl, None),
    ] {
        assert_eq!(chosen(compilers, platform, linking, false), expected, "{platform} {linking}");
    }
}

#[test]
fn c_plus_plus_needs_its_compiler_and_its_library() {
    assert_eq!(chosen(&[musl_gcc()], "linux/amd64", Linking::Musl, true), None);
    assert_eq!(chosen(&[gcc()], "linux/amd64", BOOKWORM, true), Some(Kind::Host));
    let platform = Platform::linux("amd64");
    let need =
        Need { platform: &platform, linking: BOOKWORM, cxx: true, pie: false, libstdcxx: Fact::Known(false) };
    assert_eq!(choose(&[gcc(), zig()], &need).map(|compiler| compiler.kind), Some(Kind::Zig));
}

#[test]
fn the_users_compiler_counts_even_where_it_does_not_fit() {
    let user = Compiler { kind: Kind::User, makes: None, ..gcc() };
    assert_eq!(chosen(&[user, zig()], "linux/arm64", Linking::Musl, true), Some(Kind::User));
}

#[test]
fn a_compiler_for_a_lower_arm_is_no_harm_and_one_for_a_higher_is() {
    let libc = Libc::Glibc(Fact::Known(Version(2, 36, 0)));
    let v7 = || compiler(Kind::Cross, "arm-linux-gnueabihf-gcc", "linux/arm/v7", libc);
    let v5 = || compiler(Kind::Cross, "arm-linux-gnueabi-gcc", "linux/arm/v5", libc);
    assert_eq!(chosen(&[v7()], "linux/arm/v7", BOOKWORM, false), Some(Kind::Cross));
    assert_eq!(chosen(&[v7()], "linux/arm", BOOKWORM, false), Some(Kind::Cross));
    assert_eq!(chosen(&[v7()], "linux/arm/v6", BOOKWORM, false), None);
    assert_eq!(chosen(&[v5()], "linux/arm/v5", BOOKWORM, false), Some(Kind::Cross));
    assert_eq!(chosen(&[v5()], "linux/arm/v7", BOOKWORM, false), None);
}

#[test]
fn zig_is_told_to_go_by_a_program_of_its_own_and_gcc_by_its_name() {
    let platform = Platform::linux("amd64");
    let need = Need {
        platform: &platform,
        linking: Linking::Musl,
        cxx: false,
        pie: false,
        libstdcxx: Fact::Unknown,
    };
    let by_zig = tool(&zig(), &need, Path::new("/my cache")).unwrap();
    assert!(by_zig.cc.starts_with("'/my cache/cc/x86_64-linux-musl-"), "{}", by_zig.cc);
    assert!(by_zig.musl && by_zig.wrapper.is_some());
    let by_gcc = tool(&gcc(), &need, Path::new("/c")).unwrap();
    assert_eq!((by_gcc.cc.as_str(), by_gcc.musl, by_gcc.wrapper), ("gcc", false, None));
}

#[test]
fn where_nobody_knows_of_a_cxx_library_the_compiler_that_brings_its_own_is_taken() {
    assert_eq!(chosen(&[gcc(), zig()], "linux/amd64", BOOKWORM, true), Some(Kind::Zig));
    assert_eq!(chosen(&[gcc()], "linux/amd64", BOOKWORM, true), Some(Kind::Host));
    assert_eq!(chosen(&[gcc(), zig()], "linux/amd64", BOOKWORM, false), Some(Kind::Host));
}
