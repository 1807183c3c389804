//! Tests of GB203.

use super::*;
use crate::binary::Binary;
use crate::checks::fixtures::{self as fix, Case, lines};
use crate::image::{Root, Version};
use crate::origin::Origin;

fn asks(names: &[&str]) -> Binary {
    fix::asks(fix::glibc_go(&["libc.so.6"]), "libc.so.6", names)
}

#[test]
fn versions_that_the_image_has_fit() {
    Case::new(asks(&["GLIBC_2.2.5", "GLIBC_2.34", "GLIBC_2.36"])).image(fix::debian()).fits(&CHECK);
    let cxx = fix::asks(asks(&["GLIBC_2.34"]), "libstdc++.so.6", &["GLIBCXX_3.4.30"]);
    Case::new(cxx).image(fix::debian()).fits(&CHECK);
    let foreign = fix::asks(asks(&[]), "libcrypto.so.3", &["OPENSSL_3.0.0"]);
    Case::new(foreign).image(fix::debian()).fits(&CHECK);
}

#[test]
fn without_glibc_or_without_an_image_there_is_no_question() {
    for image in [fix::alpine(), fix::scratch(), fix::uclibc()] {
        Case::new(asks(&["GLIBC_2.99"])).image(image).fits(&CHECK);
    }
    Case::new(asks(&["GLIBC_2.99"])).fits(&CHECK);
    Case::new(fix::static_go()).image(fix::some_glibc()).fits(&CHECK);
}

#[test]
fn a_newer_glibc_does_not_fit() {
    let case = Case::new(asks(&["GLIBC_2.41", "GLIBC_2.34", "GLIBC_2.38"])).image(fix::debian());
    let details =
        case.cgo(true, Origin::Default).cc("gcc", Origin::Environment("CC".to_owned())).misfit(&CHECK);
    assert_eq!(details.title, "the binary needs another glibc than the image has");
    assert_eq!(
        lines(&details),
        ["rpc asks for GLIBC_2.38, GLIBC_2.41 (libc.so.6)", "debian:12 has glibc 2.36"]
    );
    assert_eq!(
        details.production.unwrap(),
        "/app/rpc: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by /app/rpc)"
    );
    assert_eq!(
        details.help,
        [
            "unset CC, or link against the image's glibc 2.36: pip install ziglang",
            "or take an image with glibc 2.41 or newer: gobuild image list",
            "or build without cgo: CGO_ENABLED=0 gobuild --target debian:12 --platform linux/amd64",
        ]
    );
}

#[test]
fn a_weak_version_is_not_asked_for() {
    let mut binary = asks(&["GLIBC_2.99"]);
    fix::dynamic_mut(&mut binary).verneed[0].versions[0].weak = true;
    Case::new(binary).image(fix::debian()).fits(&CHECK);
}

#[test]
fn private_symbols_never_fit_a_glibc_image() {
    let details = Case::new(asks(&["GLIBC_PRIVATE"])).image(fix::debian()).misfit(&CHECK);
    assert_eq!(lines(&details)[1], "debian:12 has another build of glibc than the one this was linked with");
    Case::new(asks(&["GLIBC_PRIVATE"])).image(fix::some_glibc()).misfit(&CHECK);
}

#[test]
fn a_newer_runtime_does_not_fit_and_one_that_is_absent_is_left_to_its_own_check() {
    let binary = || fix::asks(asks(&["GLIBC_2.34"]), "libstdc++.so.6", &["GLIBCXX_3.4.33"]);
    let details = Case::new(binary()).image(fix::debian()).misfit(&CHECK);
    assert_eq!(details.title, "the binary needs a newer C++ or GCC runtime than the image has");
    assert_eq!(lines(&details)[1], "debian:12 has GLIBCXX_3.4.30");
    assert!(details.help[0].contains("-static-libstdc++"), "{:?}", details.help);

    let mut without = fix::debian();
    without.libraries = crate::image::facts::Libraries { complete: true, ..Default::default() };
    Case::new(binary()).image(without).fits(&CHECK);
}

#[test]
fn packed_relocations_need_their_node() {
    let relr = |names: &[&str]| {
        let mut binary = asks(names);
        fix::dynamic_mut(&mut binary).relr = true;
        Case::new(binary).image(fix::debian())
    };
    relr(&["GLIBC_2.34", "GLIBC_ABI_DT_RELR"]).fits(&CHECK);
    let details = relr(&["GLIBC_2.34"]).misfit(&CHECK);
    assert_eq!(details.production.unwrap(), "/app/rpc: DT_RELR without GLIBC_ABI_DT_RELR dependency");
    let mut old = fix::debian();
    old.libc = Fact::Known(Libc::Glibc(Fact::Known(Version(2, 35, 0))));
    let details = Case::new(asks(&["GLIBC_ABI_DT_RELR"])).image(old).misfit(&CHECK);
    assert_eq!(details.help[1], "or take an image with glibc 2.36 or newer: gobuild image list");
}

#[test]
fn an_unknown_release_cannot_be_judged() {
    for image in [fix::some_glibc(), fix::undescribed()] {
        let details = Case::new(asks(&["GLIBC_2.34"])).image(image).cannot_tell(&CHECK);
        assert!(lines(&details)[0].starts_with("rpc asks for GLIBC_2.34 (libc.so.6, not known of "));
        assert!(details.help[0].ends_with("libc = \"glibc 2.34\""), "{:?}", details.help);
    }
    let node = Case::new(asks(&["GLIBC_ABI_GNU2_TLS"])).image(fix::debian());
    assert_eq!(node.cannot_tell(&CHECK).evidence.len(), 1);
    let abi = fix::asks(asks(&[]), "libstdc++.so.6", &["CXXABI_1.3.9"]);
    Case::new(abi).image(fix::debian()).cannot_tell(&CHECK);
}

#[test]
fn outside_debians_family_the_directory_is_left_open() {
    let mut ubi = fix::debian();
    ubi.name = "ubi9".to_owned();
    let details = Case::new(asks(&["GLIBC_2.38"])).image(ubi).misfit(&CHECK);
    assert!(details.production.unwrap().starts_with("/app/rpc: …/libc.so.6: version `GLIBC_2.38' not found"));
}

fn in_root(binary: Binary, change: impl FnOnce(&mut Root)) -> Case {
    let mut root = fix::debian_root();
    change(&mut root);
    Case::new(binary).image(fix::rooted(fix::debian(), root))
}

fn asked(file: &str, version: &str, weak: bool) -> crate::image::root::Asked {
    crate::image::root::Asked { file: file.to_owned(), version: version.to_owned(), weak }
}

const LIBS: &str = "/usr/lib/x86_64-linux-gnu";

#[test]
fn in_a_root_names_are_compared_and_not_numbers() {
    in_root(asks(&["GLIBC_2.2.5", "GLIBC_2.34"]), |_| ()).fits(&CHECK);
    // 2.35 is below the newest name, and still not there.
    let case = in_root(asks(&["GLIBC_2.34", "GLIBC_2.35"]), |_| ());
    let case = case.symbols(&[
        ("__libc_start_main", Some(("libc.so.6", "GLIBC_2.34"))),
        ("hypot", Some(("libc.so.6", "GLIBC_2.35"))),
        ("epoll_pwait2", Some(("libc.so.6", "GLIBC_2.35"))),
    ]);
    let details = case.misfit(&CHECK);
    assert_eq!(
        lines(&details),
        [
            "rpc asks for GLIBC_2.35 (libc.so.6)",
            "GLIBC_2.35 is for epoll_pwait2, hypot",
            "debian:12 has GLIBC_2.36 at most",
        ]
    );
    assert_eq!(
        details.production.unwrap(),
        "/app/rpc: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.35' not found (required by /app/rpc)"
    );
    in_root(asks(&["GLIBC_PRIVATE"]), |_| ()).misfit(&CHECK);
}

#[test]
fn a_library_of_the_image_is_asked_as_the_binary_is() {
    let with = |version: &'static str, weak: bool| {
        in_root(fix::glibc_go(&["liba.so"]), move |root| {
            let mut library = fix::library("liba.so", &["libc.so.6"]);
            library.verneed = vec![asked("libc.so.6", version, weak)];
            fix::put(root, &format!("{LIBS}/liba.so"), library);
        })
    };
    with("GLIBC_2.34", false).fits(&CHECK);
    with("GLIBC_PRIVATE", false).fits(&CHECK);
    with("GLIBC_2.38", true).fits(&CHECK);
    let details = with("GLIBC_2.38", false).misfit(&CHECK);
    assert_eq!(lines(&details)[0], "liba.so asks for GLIBC_2.38 (libc.so.6)");
    assert!(
        details.production.unwrap().ends_with("(required by /lib/x86_64-linux-gnu/liba.so)"),
        "the library is to blame"
    );
}

#[test]
fn a_library_without_versions_is_taken_and_one_that_is_missing_is_left_to_its_own_check() {
    let cxx = || fix::asks(fix::glibc_go(&["libstdc++.so.6"]), "libstdc++.so.6", &["GLIBCXX_3.4.99"]);
    let put = |library| move |root: &mut Root| fix::put(root, &format!("{LIBS}/libstdc++.so.6"), library);
    let library = fix::library("libstdc++.so.6", &[]);
    in_root(cxx(), put(library.clone())).fits(&CHECK);
    in_root(cxx(), |_| ()).fits(&CHECK);
    let versions = ["GLIBCXX_3.4", "GLIBCXX_3.4.9", "GLIBCXX_3.4.30", "CXXABI_1.3"];
    let details = in_root(cxx(), put(fix::defining(library.clone(), &versions))).misfit(&CHECK);
    assert_eq!(lines(&details)[1], "debian:12 has GLIBCXX_3.4.30 at most");
    assert!(details.help.iter().any(|help| help.contains("-static-libstdc++")), "{:?}", details.help);

    let unread = crate::image::root::Library { inconsistencies: vec!["x".to_owned()], ..library };
    in_root(cxx(), put(unread)).cannot_tell(&CHECK);
}

#[test]
fn packed_relocations_of_a_library_need_their_node_too() {
    let details = in_root(fix::glibc_go(&["liba.so"]), |root| {
        let mut library = fix::library("liba.so", &["libc.so.6"]);
        library.relr = true;
        library.verneed = vec![asked("libc.so.6", "GLIBC_2.34", false)];
        fix::put(root, &format!("{LIBS}/liba.so"), library);
    })
    .misfit(&CHECK);
    assert_eq!(lines(&details), ["liba.so has DT_RELR (without GLIBC_ABI_DT_RELR)"]);
}

#[test]
fn in_a_root_with_musl_there_are_no_versions() {
    let musl =
        fix::asks(fix::dynamic_go("/lib/ld-musl-x86_64.so.1", &["libc.so"]), "libc.so", &["GLIBC_2.99"]);
    Case::new(musl).image(fix::rooted(fix::alpine(), fix::alpine_root())).fits(&CHECK);
}
