//! Tests of GB201, which has more answers than the others.

use super::*;
use crate::checks::fixtures::{self as fix, Case, lines};
use crate::origin::Origin;

fn environment(name: &str) -> Origin {
    Origin::Environment(name.to_owned())
}

fn needs_glibc() -> Case {
    Case::new(fix::glibc_go(&["libc.so.6"]))
}

#[test]
fn the_images_own_loader_fits() {
    needs_glibc().image(fix::debian()).fits(&CHECK);
    let musl = fix::dynamic_go("/lib/ld-musl-x86_64.so.1", &["libc.musl-x86_64.so.1"]);
    Case::new(musl).image(fix::alpine()).fits(&CHECK);
}

#[test]
fn what_needs_no_loader_fits_everywhere_even_where_nothing_is_known() {
    for image in [fix::scratch(), fix::alpine(), fix::uclibc(), fix::undescribed()] {
        Case::new(fix::static_go()).image(image.clone()).fits(&CHECK);
        Case::new(fix::c_shared(&["libc.so.6"])).image(image).build_mode("c-shared").fits(&CHECK);
    }
    needs_glibc().fits(&CHECK);
}

#[test]
fn glibc_on_alpine_reads_as_the_design_shows_it() {
    let case = needs_glibc().image(fix::alpine());
    let details = case.cgo(true, environment("CGO_ENABLED")).cc("gcc", environment("CC")).misfit(&CHECK);
    assert_eq!(details.title, "the image has no loader for this binary");
    assert_eq!(
        lines(&details),
        [
            "rpc asks for /lib64/ld-linux-x86-64.so.2 (glibc)",
            "alpine:3.20 has /lib/ld-musl-x86_64.so.1 (musl 1.2.5)",
        ]
    );
    assert_eq!(details.production.unwrap(), "exec /app/rpc: no such file or directory");
    assert_eq!(
        details.cause.unwrap(),
        "cgo was on and the C compiler was gcc (CGO_ENABLED=1, CC=gcc from the environment)"
    );
    assert_eq!(details.help, ["unset both, or give a musl compiler: pip install ziglang"]);
}

#[test]
fn scratch_has_no_loader_at_all() {
    let because = Origin::Because("net has C code".to_owned());
    let details = needs_glibc().image(fix::scratch()).cgo(true, because).misfit(&CHECK);
    assert_eq!(lines(&details)[1], "scratch has no loader (no libc)");
    assert_eq!(
        details.help,
        [
            "give a musl compiler: pip install ziglang",
            "or build without cgo: CGO_ENABLED=0 gobuild --target scratch --platform linux/amd64",
        ]
    );
}

#[test]
fn verify_knows_no_plan_and_offers_one() {
    let details = needs_glibc().image(fix::alpine()).misfit(&CHECK);
    assert_eq!(details.cause.unwrap(), "cgo was on (CGO_ENABLED=1 in the binary's build information)");
    let help = "build it for this image: gobuild --target alpine:3.20 --platform linux/amd64";
    assert_eq!(details.help, [help]);
}

#[test]
fn a_pie_without_cgo_is_told_to_stop_being_one() {
    let details = Case::new(fix::pie_without_cgo()).image(fix::alpine()).misfit(&CHECK);
    assert_eq!(details.cause.unwrap(), "-buildmode=pie writes a loader into the file even without cgo");
    assert!(details.help[0].ends_with("-buildmode=exe"), "{:?}", details.help);
    assert_eq!(details.help[1], "or name the image's loader: -ldflags=-I=/lib/ld-musl-x86_64.so.1");
    let details = Case::new(fix::pie_without_cgo()).image(fix::scratch()).misfit(&CHECK);
    assert_eq!(details.help.len(), 1);
}

#[test]
fn the_race_detector_is_the_reason_where_it_was_on() {
    let mut binary = fix::glibc_go(&["libc.so.6"]);
    binary.go = fix::go(&[("-race", "true"), ("CGO_ENABLED", "1")]);
    let details = Case::new(binary).image(fix::alpine()).misfit(&CHECK);
    assert!(details.help[0].starts_with("leave out -race"));
}

#[test]
fn a_loader_in_a_package_store_is_nowhere_else() {
    let path = "/nix/store/abc-glibc-2.40/lib/ld-linux-x86-64.so.2";
    let details = Case::new(fix::dynamic_go(path, &["libc.so.6"])).image(fix::debian()).misfit(&CHECK);
    assert!(details.cause.unwrap().contains("package store"));
}

#[test]
fn libraries_that_are_loaded_without_cgo_are_no_compilers_business() {
    let details = needs_glibc().image(fix::alpine()).cgo(false, Origin::Default).misfit(&CHECK);
    assert_eq!(details.cause, None);
    assert_eq!(details.help, ["take an image that has this loader: gobuild image list"]);
}

#[test]
fn the_right_libc_of_another_architecture_is_another_loader() {
    let case = needs_glibc().image(fix::debian()).platform("linux/arm64");
    let details = case.cgo(true, Origin::Default).misfit(&CHECK);
    assert_eq!(lines(&details)[1], "debian:12 has /lib/ld-linux-aarch64.so.1 (glibc 2.36)");
    assert_eq!(details.help[0], "give a compiler for linux/arm64: pip install ziglang");
}

#[test]
fn musl_on_glibc_and_glibc_on_uclibc_do_not_fit() {
    let musl = || Case::new(fix::dynamic_go("/lib/ld-musl-x86_64.so.1", &["libc.so"]));
    let details = musl().image(fix::debian()).cgo(true, Origin::Default).misfit(&CHECK);
    assert_eq!(details.help[0], "give a compiler for glibc: pip install ziglang");
    needs_glibc().image(fix::uclibc()).misfit(&CHECK);
}

#[test]
fn an_image_that_nobody_has_described_cannot_be_judged_and_says_how_to_describe_it() {
    let details = needs_glibc().image(fix::undescribed()).cannot_tell(&CHECK);
    assert_eq!(
        lines(&details)[1],
        "registry.corp/base:7 has an unknown C library (nobody has described this image)"
    );
    assert!(details.help[0].ends_with("[image.\"registry.corp/base:7\"]\nlibc = \"glibc 2.36\""));
    let asks = fix::asks(fix::glibc_go(&["libc.so.6"]), "libc.so.6", &["GLIBC_2.34", "GLIBC_2.4"]);
    let details = Case::new(asks).image(fix::undescribed()).cannot_tell(&CHECK);
    assert!(details.help[0].ends_with("libc = \"glibc 2.34\""), "{:?}", details.help);
    let pie = Case::new(fix::pie_without_cgo()).image(fix::undescribed()).cannot_tell(&CHECK);
    assert!(pie.help[1].ends_with("-buildmode=exe"), "{:?}", pie.help);
}

#[test]
fn a_loader_that_nobody_may_execute_does_not_fit() {
    let with = |mode| {
        let mut root = fix::debian_root();
        root.elf.values_mut().for_each(|library| library.mode = Some(mode));
        Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::rooted(fix::debian(), root))
    };
    with(0o755).fits(&CHECK);
    assert_eq!(with(0o644).misfit(&CHECK).production.unwrap(), "exec /app/rpc: permission denied");
}

#[test]
fn the_same_loader_at_another_place_cannot_be_judged() {
    let elsewhere = fix::dynamic_go("/usr/lib64/ld-linux-x86-64.so.2", &["libc.so.6"]);
    let details = Case::new(elsewhere).image(fix::debian()).cannot_tell(&CHECK);
    assert!(details.help[1].ends_with("--allow GB201"), "{:?}", details.help);
    let own = fix::dynamic_go("/lib/ld-uClibc.so.0", &["libc.so.0"]);
    Case::new(own).image(fix::uclibc()).cannot_tell(&CHECK);
}

#[test]
fn in_a_root_the_path_itself_is_looked_up() {
    needs_glibc().image(fix::rooted(fix::debian(), fix::debian_root())).fits(&CHECK);
    // Not where it usually stands, and a link leads there.
    let elsewhere = || Case::new(fix::dynamic_go("/usr/lib64/ld-linux-x86-64.so.2", &["libc.so.6"]));
    elsewhere().image(fix::rooted(fix::debian(), fix::debian_root())).fits(&CHECK);
    let mut unlinked = fix::debian_root();
    unlinked.links.remove("/usr/lib64/ld-linux-x86-64.so.2");
    let details = elsewhere().image(fix::rooted(fix::debian(), unlinked)).misfit(&CHECK);
    assert_eq!(details.title, "the image has no loader for this binary");
    let there = "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2";
    assert_eq!(lines(&details)[1], format!("debian:12 has {there} (glibc 2.36)"));

    let musl = || Case::new(fix::dynamic_go("/lib/ld-musl-x86_64.so.1", &["libc.so"]));
    musl().image(fix::rooted(fix::alpine(), fix::alpine_root())).fits(&CHECK);
    // A second C library beside the image's own is as good.
    let mut both = fix::debian_root();
    fix::put(&mut both, "/usr/lib/ld-musl-x86_64.so.1", fix::library("libc.so", &[]));
    musl().image(fix::rooted(fix::debian(), both)).fits(&CHECK);
    let empty = needs_glibc().image(fix::rooted(fix::scratch(), Root::default()));
    assert_eq!(lines(&empty.misfit(&CHECK))[1], "scratch has no loader (no libc)");
}

#[test]
fn a_loader_of_another_architecture_is_said_as_such() {
    let mut root = fix::debian_root();
    root.elf.values_mut().for_each(|library| library.machine = 183);
    let details = needs_glibc().image(fix::rooted(fix::debian(), root)).misfit(&CHECK);
    assert_eq!(details.title, "the image's loader is for another architecture");
    assert_eq!(
        lines(&details),
        [
            "rpc asks for /lib64/ld-linux-x86-64.so.2 (amd64)",
            "debian:12 has /usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 (arm64)",
        ]
    );
    assert_eq!(details.production.unwrap(), "exec /app/rpc: accessing a corrupted shared library");
}

#[test]
fn musl_under_the_name_of_glibcs_loader_is_accepted_by_choice_alone() {
    let mut root = fix::alpine_root();
    fix::link(&mut root, "/lib64/ld-linux-x86-64.so.2", "/lib/libc.musl-x86_64.so.1");
    let details = needs_glibc().image(fix::rooted(fix::alpine(), root)).misfit(&CHECK);
    assert_eq!(details.title, "another C library answers for the loader of this binary");
    assert_eq!(lines(&details)[1], "alpine:3.20 has /lib/ld-musl-x86_64.so.1 (under that name)");
    assert!(details.help.last().unwrap().ends_with("--allow GB201"), "{:?}", details.help);
}

#[test]
fn a_loader_that_cannot_be_read_cannot_be_judged() {
    let mut root = fix::debian_root();
    let fault = "DT_STRTAB outside every segment".to_owned();
    root.elf.values_mut().for_each(|library| library.inconsistencies = vec![fault.clone()]);
    let details = needs_glibc().image(fix::rooted(fix::debian(), root)).cannot_tell(&CHECK);
    assert!(lines(&details)[1].contains("which cannot be read: DT_STRTAB"), "{details:?}");
    let relative = Case::new(fix::dynamic_go("ld-linux.so.2", &[]));
    relative.image(fix::rooted(fix::debian(), fix::debian_root())).cannot_tell(&CHECK);
}
