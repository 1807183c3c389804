//! Tests of GB203.

use super::*;
use crate::binary::Binary;
use crate::checks::fixtures::{self as fix, Case, lines};
use crate::config::origin::Origin;

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
