//! Tests of GB202.

use super::*;
use crate::checks::fixtures::{self as fix, Case, lines};

#[test]
fn libraries_that_are_there_fit_and_so_does_needing_none() {
    Case::new(fix::glibc_go(&["libc.so.6", "libm.so.6", "libstdc++.so.6"])).image(fix::debian()).fits(&CHECK);
    for image in [fix::scratch(), fix::alpine(), fix::undescribed()] {
        Case::new(fix::static_go()).image(image.clone()).fits(&CHECK);
        Case::new(fix::pie_without_cgo()).image(image).fits(&CHECK);
    }
    Case::new(fix::glibc_go(&["libvips.so.42"])).fits(&CHECK);
}

#[test]
fn a_library_that_is_known_to_be_absent_does_not_fit() {
    let mut binary = fix::glibc_go(&["libvips.so.42", "libc.so.6"]);
    fix::dynamic_mut(&mut binary).runpath = vec!["/go/pkg/mod/x".to_owned(), "$ORIGIN".to_owned()];
    let details = Case::new(binary).image(fix::debian()).misfit(&CHECK);
    assert_eq!(details.title, "the image lacks a shared library of this binary");
    assert_eq!(
        lines(&details),
        ["rpc needs libvips.so.42 (not in debian:12)", "rpc searches /go/pkg/mod/x:$ORIGIN"]
    );
    assert_eq!(
        details.production.unwrap(),
        "/app/rpc: error while loading shared libraries: libvips.so.42: \
         cannot open shared object file: No such file or directory"
    );
    assert!(details.help[1].ends_with("--allow GB202"));
}

#[test]
fn musl_says_it_in_its_own_words_and_the_compilers_libraries_can_be_linked_in() {
    let needed = ["libstdc++.so.6", "libgcc_s.so.1", "libc.musl-x86_64.so.1"];
    let binary = fix::dynamic_go("/lib/ld-musl-x86_64.so.1", &needed);
    let details = Case::new(binary).image(fix::alpine()).misfit(&CHECK);
    assert_eq!(details.title, "the image lacks shared libraries of this binary");
    assert_eq!(
        details.production.unwrap(),
        "Error loading shared library libstdc++.so.6: No such file or directory (needed by /app/rpc)"
    );
    assert!(details.help[0].contains("-static-libstdc++"), "{:?}", details.help);
}

#[test]
fn a_wrong_loader_speaks_for_its_own_library_and_for_no_other() {
    let binary = || fix::glibc_go(&["libstdc++.so.6", "libm.so.6", "libc.so.6"]);
    let details = Case::new(binary()).image(fix::alpine()).misfit(&CHECK);
    assert_eq!(lines(&details), ["rpc needs libstdc++.so.6 (not in alpine:3.20)"]);
    let details = Case::new(binary()).image(fix::undescribed()).cannot_tell(&CHECK);
    assert_eq!(lines(&details), ["rpc needs libstdc++.so.6 (not known of registry.corp/base:7)"]);
    Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::alpine()).fits(&CHECK);
}

#[test]
fn a_shared_library_has_no_loader_to_speak_for_it() {
    let case = Case::new(fix::c_shared(&["libc.so.6"])).image(fix::alpine());
    assert_eq!(lines(&case.cannot_tell(&CHECK)), ["rpc needs libc.so.6 (not known of alpine:3.20)"]);
    Case::new(fix::c_shared(&["libc.musl-x86_64.so.1"])).image(fix::alpine()).fits(&CHECK);
}

#[test]
fn a_library_that_nobody_looked_for_cannot_be_judged() {
    let case = Case::new(fix::glibc_go(&["libicuuc.so.76", "libc.so.6"])).image(fix::debian());
    let details = case.cannot_tell(&CHECK);
    assert_eq!(lines(&details), ["rpc needs libicuuc.so.76 (not known of debian:12)"]);
    let mixed = Case::new(fix::glibc_go(&["libicuuc.so.76", "libvips.so.42"])).image(fix::debian());
    assert_eq!(mixed.misfit(&CHECK).evidence.len(), 2);
}

const LIBS: &str = "/usr/lib/x86_64-linux-gnu";

#[test]
fn in_a_root_every_library_of_the_chain_is_looked_for() {
    let root = |gone: &[&str]| {
        let mut root = fix::debian_root();
        for (name, needed) in
            [("liba.so", &["libb.so"][..]), ("libb.so", &["libc.so", "libc.so.6"]), ("libc.so", &[])]
        {
            if !gone.contains(&name) {
                fix::put(&mut root, &format!("{LIBS}/{name}"), fix::library(name, needed));
            }
        }
        Case::new(fix::glibc_go(&["liba.so", "libc.so.6"])).image(fix::rooted(fix::debian(), root))
    };
    root(&[]).fits(&CHECK);
    let details = root(&["libc.so"]).misfit(&CHECK);
    let through = "libb.so needs libc.so (not in debian:12, asked for through liba.so)";
    assert_eq!(lines(&details), [through]);
    assert!(
        details.production.unwrap().starts_with("/app/rpc: error while loading shared libraries: libc.so:")
    );
    assert_eq!(lines(&root(&["libb.so"]).misfit(&CHECK)), ["liba.so needs libb.so (not in debian:12)"]);
    assert_eq!(lines(&root(&["liba.so"]).misfit(&CHECK)), ["rpc needs liba.so (not in debian:12)"]);
}

#[test]
fn in_a_root_a_missing_c_library_is_missing_and_another_architecture_does_not_count() {
    let mut root = fix::debian_root();
    root.elf.get_mut(&format!("{LIBS}/libc.so.6")).unwrap().machine = 183;
    let case = Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::rooted(fix::debian(), root));
    let foreign = "rpc needs libc.so.6 (/lib/x86_64-linux-gnu/libc.so.6 is for another architecture)";
    assert_eq!(lines(&case.misfit(&CHECK)), [foreign]);
}

#[test]
fn musl_names_the_library_that_asks() {
    let mut root = fix::alpine_root();
    fix::put(&mut root, "/usr/lib/libstdc++.so.6", fix::library("libstdc++.so.6", &["libgcc_s.so.1"]));
    let binary = fix::dynamic_go("/lib/ld-musl-x86_64.so.1", &["libstdc++.so.6"]);
    let details = Case::new(binary).image(fix::rooted(fix::alpine(), root)).misfit(&CHECK);
    assert_eq!(
        details.production.unwrap(),
        "Error loading shared library libgcc_s.so.1: No such file or directory (needed by /usr/lib/libstdc++.so.6)"
    );
}

#[test]
fn in_a_root_a_wrong_loader_still_speaks_for_its_own_library_alone() {
    let case = |image, root| {
        Case::new(fix::glibc_go(&["libvips.so.42", "libc.so.6"])).image(fix::rooted(image, root))
    };
    let musl = case(fix::alpine(), fix::alpine_root()).misfit(&CHECK);
    assert_eq!(lines(&musl), ["rpc needs libvips.so.42 (not in alpine:3.20)"]);
    let empty = case(fix::scratch(), crate::image::Root::default()).misfit(&CHECK);
    assert_eq!(lines(&empty), ["rpc needs libvips.so.42 (not in scratch)"]);
    assert_eq!(empty.production, None);
}

#[test]
fn what_depends_on_the_place_or_cannot_be_read_cannot_be_judged() {
    let mut binary = fix::glibc_go(&["libz.so.1"]);
    fix::dynamic_mut(&mut binary).rpath = vec!["lib".to_owned()];
    let details = Case::new(binary).image(fix::rooted(fix::debian(), fix::debian_root())).cannot_tell(&CHECK);
    assert!(lines(&details)[0].contains("depends on where the binary is started"), "{details:?}");

    let mut root = fix::debian_root();
    let fault = vec!["DT_NEEDED outside DT_STRTAB".to_owned()];
    root.elf.get_mut(&format!("{LIBS}/libc.so.6")).unwrap().inconsistencies = fault;
    let case = Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::rooted(fix::debian(), root));
    assert!(lines(&case.cannot_tell(&CHECK))[0].starts_with("libc.so.6 cannot be read"));
}
