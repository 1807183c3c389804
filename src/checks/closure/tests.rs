//! Tests of the closure: each order, each exception, both loaders.

use super::*;
use crate::binary::Binary;
use crate::checks::fixtures::{self as fix, Case};
use crate::image::{Image, Root};

const LIBS: &str = "/usr/lib/x86_64-linux-gnu";

/// `liba.so > /path`, in the order of loading, then `- libb.so < asker`.
fn told(binary: Binary, image: Image, root: Root, platform: &str) -> Vec<String> {
    let case = Case::new(binary).image(fix::rooted(image, root)).platform(platform);
    let subject = case.subject();
    let closure = of(&subject).expect("a root was read");
    let found = closure.found.iter().skip(1).map(|found| format!("{} > {}", found.name(), found.path));
    let missing = closure.missing.iter().map(|one| {
        let doubt = if one.doubt.is_some() { "? " } else { "- " };
        let foreign = one.foreign.as_ref().map_or_else(String::new, |path| format!(" ({path})"));
        format!("{doubt}{} < {}{foreign}", one.name, closure.asker(one.by, "rpc"))
    });
    found.chain(missing).collect()
}

fn glibc(needed: &[&str], change: impl FnOnce(&mut Binary, &mut Root)) -> Vec<String> {
    let mut binary = fix::glibc_go(needed);
    let mut root = fix::debian_root();
    change(&mut binary, &mut root);
    told(binary, fix::debian(), root, "linux/amd64")
}

fn musl(needed: &[&str], change: impl FnOnce(&mut Binary, &mut Root)) -> Vec<String> {
    let mut binary = fix::dynamic_go("/lib/ld-musl-x86_64.so.1", needed);
    let mut root = fix::alpine_root();
    change(&mut binary, &mut root);
    told(binary, fix::alpine(), root, "linux/amd64")
}

fn owned(folders: &[&str]) -> Vec<String> {
    folders.iter().map(|&folder| folder.to_owned()).collect()
}

fn put(root: &mut Root, path: &str, needed: &[&str]) {
    let soname = path.rsplit('/').next().unwrap();
    fix::put(root, path, fix::library(soname, needed));
}

#[test]
fn the_system_folders_are_the_loaders_own() {
    let libc = "libc.so.6 > /lib/x86_64-linux-gnu/libc.so.6";
    assert_eq!(glibc(&["libc.so.6"], |_, _| ()), [libc]);
    let elsewhere = glibc(&["libz.so.1"], |_, root| put(root, "/usr/lib64/libz.so.1", &[]));
    assert_eq!(elsewhere, ["- libz.so.1 < rpc"]);
    let unread = glibc(&["libz.so.1"], |_, root| root.system_dirs.clear());
    assert_eq!(unread, ["? libz.so.1 < rpc"]);
}

#[test]
fn libraries_ask_too_and_nothing_is_loaded_twice() {
    let told = glibc(&["liba.so", "libb.so"], |_, root| {
        put(root, &format!("{LIBS}/liba.so"), &["libb.so", "libgone.so", "libc.so.6"]);
        put(root, &format!("{LIBS}/libb.so"), &["liba.so", "libgone.so"]);
    });
    assert_eq!(
        told,
        [
            "liba.so > /lib/x86_64-linux-gnu/liba.so",
            "libb.so > /lib/x86_64-linux-gnu/libb.so",
            "libc.so.6 > /lib/x86_64-linux-gnu/libc.so.6",
            "- libgone.so < liba.so",
        ]
    );
}

#[test]
fn rpath_is_inherited_and_runpath_is_not() {
    let tree = |root: &mut Root| {
        put(root, "/opt/liba.so", &["libb.so"]);
        put(root, "/opt/libb.so", &[]);
    };
    let told = glibc(&["liba.so"], |binary, root| {
        tree(root);
        fix::dynamic_mut(binary).rpath = owned(&["/opt"]);
    });
    assert_eq!(told, ["liba.so > /opt/liba.so", "libb.so > /opt/libb.so"]);
    let told = glibc(&["liba.so"], |binary, root| {
        tree(root);
        fix::dynamic_mut(binary).runpath = owned(&["/opt"]);
    });
    assert_eq!(told, ["liba.so > /opt/liba.so", "- libb.so < liba.so"]);
    // A RUNPATH of its own switches every RPATH off for what that library needs.
    let told = glibc(&["liba.so"], |binary, root| {
        tree(root);
        fix::dynamic_mut(binary).rpath = owned(&["/opt"]);
        root.elf.get_mut("/opt/liba.so").unwrap().runpath = owned(&["/nowhere"]);
    });
    assert_eq!(told, ["liba.so > /opt/liba.so", "- libb.so < liba.so"]);
}

#[test]
fn the_order_is_rpath_environment_runpath_cache_system() {
    let place = |folder: &str| format!("{folder}/libz.so.1");
    let all = |binary: &mut Binary, root: &mut Root| {
        for folder in ["/env", "/run", "/cached", LIBS] {
            put(root, &place(folder), &[]);
        }
        fix::dynamic_mut(binary).runpath = owned(&["/run"]);
        root.library_path = owned(&["/env"]);
        root.cache = Some(vec![("libz.so.1".to_owned(), place("/cached"))]);
    };
    let without = |gone: &[&str]| {
        let told = glibc(&["libz.so.1"], |binary, root| {
            all(binary, root);
            for folder in gone {
                root.elf.remove(&place(folder));
            }
        });
        told[0].clone()
    };
    assert_eq!(without(&[]), "libz.so.1 > /env/libz.so.1");
    assert_eq!(without(&["/env"]), "libz.so.1 > /run/libz.so.1");
    assert_eq!(without(&["/env", "/run"]), "libz.so.1 > /cached/libz.so.1");
    assert_eq!(without(&["/env", "/run", "/cached"]), "libz.so.1 > /lib/x86_64-linux-gnu/libz.so.1");
}

#[test]
fn folders_of_ld_so_conf_count_in_the_cache_alone() {
    let told = glibc(&["libz.so.1"], |_, root| {
        root.conf_dirs = owned(&["/opt"]);
        put(root, "/opt/libz.so.1", &[]);
    });
    assert_eq!(told, ["- libz.so.1 < rpc"]);
}

#[test]
fn nodeflib_leaves_the_system_out_in_the_cache_too() {
    let told = glibc(&["libz.so.1", "liby.so.1"], |binary, root| {
        fix::dynamic_mut(binary).flags_1 = 0x800;
        put(root, &format!("{LIBS}/libz.so.1"), &[]);
        put(root, "/opt/liby.so.1", &[]);
        let entry = |name: &str, folder: &str| (name.to_owned(), format!("{folder}/{name}"));
        root.cache = Some(vec![entry("libz.so.1", "/lib/x86_64-linux-gnu"), entry("liby.so.1", "/opt")]);
    });
    assert_eq!(told, ["liby.so.1 > /opt/liby.so.1", "- libz.so.1 < rpc"]);
}

#[test]
fn variants_for_newer_processors_count_where_the_platform_promises_them() {
    let path = |level: &str| format!("{LIBS}/glibc-hwcaps/x86-64-{level}/libz.so.1");
    let ask = |platform: &str| {
        let mut root = fix::debian_root();
        put(&mut root, &path("v3"), &[]);
        root.cache = Some(vec![("libz.so.1".to_owned(), path("v3"))]);
        told(fix::glibc_go(&["libz.so.1"]), fix::debian(), root, platform)
    };
    assert_eq!(ask("linux/amd64"), ["- libz.so.1 < rpc"]);
    assert_eq!(ask("linux/amd64/v2"), ["- libz.so.1 < rpc"]);
    assert_eq!(ask("linux/amd64/v3"), [format!("libz.so.1 > {}", path("v3"))]);
}

#[test]
fn another_architecture_is_passed_over_by_glibc() {
    let told = glibc(&["libz.so.1", "liby.so.1"], |_, root| {
        for name in ["libz.so.1", "liby.so.1"] {
            put(root, &format!("{LIBS}/{name}"), &[]);
            root.elf.get_mut(&format!("{LIBS}/{name}")).unwrap().machine = 183;
        }
        put(root, "/usr/lib/libz.so.1", &[]);
    });
    let foreign = "- liby.so.1 < rpc (/lib/x86_64-linux-gnu/liby.so.1)";
    assert_eq!(told, ["libz.so.1 > /lib/libz.so.1", foreign]);
}

#[test]
fn tokens_stand_for_the_place_where_a_file_was_found() {
    let told = glibc(&["liba.so", "libd.so", "libe.so"], |binary, root| {
        fix::dynamic_mut(binary).rpath = owned(&["$ORIGIN/lib", "/opt/${LIB}", "/x/$PLATFORM"]);
        fix::link(root, "/app/lib", "/opt/real");
        put(root, "/opt/real/liba.so", &["libb.so"]);
        root.elf.get_mut("/opt/real/liba.so").unwrap().rpath = owned(&["$ORIGIN/deep"]);
        put(root, "/opt/real/deep/libb.so", &[]);
        put(root, "/opt/lib/x86_64-linux-gnu/libd.so", &[]);
        put(root, "/x/x86_64/libe.so", &[]);
    });
    assert_eq!(
        told,
        [
            "liba.so > /app/lib/liba.so",
            "libd.so > /opt/lib/x86_64-linux-gnu/libd.so",
            "libe.so > /x/x86_64/libe.so",
            "libb.so > /app/lib/deep/libb.so",
        ]
    );
    let elsewhere = {
        let mut binary = fix::glibc_go(&["liba.so"]);
        fix::dynamic_mut(&mut binary).runpath = owned(&["$ORIGIN"]);
        let mut root = fix::debian_root();
        put(&mut root, "/srv/liba.so", &[]);
        let case = Case::new(binary).image(fix::rooted(fix::debian(), root));
        let subject = crate::checks::Subject { place: Some("/srv/rpc"), ..case.subject() };
        of(&subject).unwrap().missing.len()
    };
    assert_eq!(elsewhere, 0);
}

#[test]
fn what_depends_on_the_working_folder_is_in_doubt() {
    for folders in [&["lib"][..], &[""], &["/lib/$PLATFORM/x", "."]] {
        let told = glibc(&["libz.so.1"], |binary, _| fix::dynamic_mut(binary).rpath = owned(folders));
        assert_eq!(told, ["? libz.so.1 < rpc"], "{folders:?}");
    }
    assert_eq!(glibc(&["./libz.so"], |_, _| ()), ["? ./libz.so < rpc"]);
    assert_eq!(musl(&["./libz.so"], |_, _| ()), ["? ./libz.so < rpc"]);
}

#[test]
fn a_wanted_path_is_opened_as_it_is() {
    let told = glibc(&["/opt/libz.so.1", "/opt/liby.so.1"], |_, root| put(root, "/opt/libz.so.1", &[]));
    assert_eq!(told, ["libz.so.1 > /opt/libz.so.1", "- /opt/liby.so.1 < rpc"]);
}

#[test]
fn a_name_that_is_loaded_already_wins() {
    let told = glibc(&["/opt/liba.so", "libz.so.1", "ld-linux-x86-64.so.2"], |_, root| {
        fix::put(root, "/opt/liba.so", fix::library("libz.so.1", &[]));
        put(root, &format!("{LIBS}/libz.so.1"), &[]);
    });
    assert_eq!(told, ["liba.so > /opt/liba.so"]);
}

#[test]
fn musl_is_its_own_library_under_every_name_of_a_c_library() {
    let names = ["libc.so", "libc.musl-x86_64.so.1", "libc.so.6", "libpthread.so.0", "libm.so.6"];
    assert_eq!(musl(&names, |_, _| ()), [] as [&str; 0]);
    assert_eq!(musl(&["libresolv.so.2"], |_, _| ()), ["- libresolv.so.2 < rpc"]);
    let second = musl(&["libc6.so"], |_, root| {
        let libc = fix::exporting(fix::library("libc.so.6", &[]), &["__libc_start_main", "stdin"]);
        fix::put(root, "/lib/libc6.so", libc);
    });
    assert_eq!(second, [] as [&str; 0]);
}

#[test]
fn musl_inherits_runpath_and_reads_its_own_list_of_folders() {
    let told = musl(&["liba.so"], |binary, root| {
        fix::dynamic_mut(binary).runpath = owned(&["/opt"]);
        put(root, "/opt/liba.so", &["libb.so"]);
        put(root, "/opt/libb.so", &[]);
    });
    assert_eq!(told, ["liba.so > /opt/liba.so", "libb.so > /opt/libb.so"]);

    let local = |root: &mut Root| put(root, "/usr/local/lib/libz.so.1", &[]);
    assert_eq!(musl(&["libz.so.1"], |_, root| local(root)), ["libz.so.1 > /usr/local/lib/libz.so.1"]);
    let told = musl(&["libz.so.1"], |_, root| {
        local(root);
        root.musl_path = Some(owned(&["/lib"]));
    });
    assert_eq!(told, ["- libz.so.1 < rpc"]);
    let dropped = musl(&["libz.so.1"], |binary, root| {
        fix::dynamic_mut(binary).rpath = owned(&["/opt", "/$LIB"]);
        put(root, "/opt/libz.so.1", &[]);
    });
    assert_eq!(dropped, ["- libz.so.1 < rpc"]);
}

#[test]
fn musl_takes_the_first_file_whatever_it_is_for() {
    let told = musl(&["libz.so.1"], |_, root| {
        put(root, "/lib/libz.so.1", &[]);
        root.elf.get_mut("/lib/libz.so.1").unwrap().machine = 183;
        put(root, "/usr/lib/libz.so.1", &[]);
    });
    assert_eq!(told, ["- libz.so.1 < rpc (/lib/libz.so.1)"]);
}

#[test]
fn the_loader_in_the_root_decides_whose_rules_hold() {
    let rules = |binary: Binary, image: Image, root: Root| {
        let case = Case::new(binary).image(fix::rooted(image, root));
        of(&case.subject()).map(|closure| closure.rules)
    };
    let mut both = fix::debian_root();
    let musl = fix::library("libc.so", &[]);
    fix::put(&mut both, "/usr/lib/musl/libc.so", musl);
    fix::link(&mut both, "/usr/lib/ld-musl-x86_64.so.1", "/usr/lib/musl/libc.so");
    let for_musl = || fix::dynamic_go("/lib/ld-musl-x86_64.so.1", &["libc.so"]);
    assert_eq!(rules(for_musl(), fix::debian(), both.clone()), Some(Rules::Musl));
    assert_eq!(rules(fix::glibc_go(&[]), fix::debian(), both), Some(Rules::Glibc));
    // What names a loader that is not there is judged by the image's own.
    assert_eq!(rules(fix::glibc_go(&[]), fix::alpine(), fix::alpine_root()), Some(Rules::Musl));
    assert_eq!(rules(fix::glibc_go(&[]), fix::scratch(), Root::default()), Some(Rules::Glibc));
    assert_eq!(rules(fix::glibc_go(&[]), fix::uclibc(), Root::default()), None);
    assert_eq!(rules(fix::static_go(), fix::debian(), fix::debian_root()), None);

    let mut gcompat = fix::alpine_root();
    let stub = fix::library("", &["libc.musl-x86_64.so.1"]);
    fix::put(
        &mut gcompat,
        "/lib64/ld-linux-x86-64.so.2",
        crate::image::root::Library { soname: None, ..stub },
    );
    let case = Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::rooted(fix::alpine(), gcompat));
    let closure_of_stub = of(&case.subject()).unwrap();
    assert_eq!(closure_of_stub.rules, Rules::Musl);
    assert_eq!(closure_of_stub.missing[0].name, "libgcompat.so.0");
}
