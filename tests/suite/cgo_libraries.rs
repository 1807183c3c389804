//! C libraries for another architecture and another C library: found in a sysroot by each compiler and by
//! pkg-config, linked, started; and what is said where one is missing.

use std::path::Path;
use std::process::Command;

use crate::support::machine::Machine;
use crate::support::project::{Project, copy};
use crate::support::root::{Ran, Root};
use crate::support::skip::skip;
use crate::support::tools;

/// A program that asks a library of its own for a number.
const FRUIT: &str = "package main\n\n// #cgo pkg-config: fruit\n// #include <stdio.h>\n// #include <fruit.h>\n\
                     import \"C\"\n\nfunc main() { println(C.fruit()) }\n";

/// The same, without pkg-config.
fn by_name() -> String {
    FRUIT.replace("pkg-config: fruit", "LDFLAGS: -lfruit")
}

const PC: &str = "prefix=/usr\nName: fruit\nDescription: fruit\nVersion: 1\nCflags: -I${prefix}/include\n\
                  Libs: -L${prefix}/lib -lfruit\n";

/// A module with a sysroot that holds the library for what `compiler` makes. Its own stdio.h must not be taken: the
/// C library is the compiler's.
fn fruit(main: &str, compiler: &[&str]) -> Project {
    let project = Project::empty()
        .file("go.mod", "module example.com/fruit\n\ngo 1.22\n")
        .file("main.go", main)
        .file("gobuild.toml", "[target.prod]\nimage = \"alpine:3.20\"\nsysroot = \"root\"\n")
        .file("fruit.c", "//go:build never\n\nint fruit(void) { return 7; }\n")
        .file("root/usr/include/fruit.h", "int fruit(void);\n")
        .file("root/usr/include/stdio.h", "#error this is the header of another C library\n")
        .file("root/usr/lib/pkgconfig/fruit.pc", PC);
    let zig = tools::fetched("zig/ziglang/zig");
    let (program, args) = compiler.split_first().expect("a compiler is named");
    let program = if *program == "zig" { zig.as_path() } else { Path::new(program) };
    let object = project.path("fruit.o");
    run(Command::new(program).args(args).arg("-c").arg(project.path("fruit.c")).arg("-o").arg(&object));
    let archive = project.path("root/usr/lib/libfruit.a");
    run(Command::new(&zig).args(["ar", "rcs"]).arg(archive).arg(&object));
    project
}

fn run(command: &mut Command) {
    let cache = tools::fetched("cache/gobuild/zig");
    let command = command.env("ZIG_GLOBAL_CACHE_DIR", &cache).env("ZIG_LOCAL_CACHE_DIR", &cache);
    let done = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
}

macro_rules! runs_in {
    ($roots:expr, $project:expr) => {
        for root in $roots {
            match Root::of(root).with("/fruit", &$project.path("fruit")).run("/fruit", &[]) {
                Ok(ran) => assert_eq!(ran, Ran::well(""), "{root}"),
                Err(reason) => skip!("{reason}"),
            }
        }
    };
}

const ZIG_MUSL: &[&str] = &["zig", "cc", "-target", "x86_64-linux-musl"];

#[test]
fn zig_and_pkg_config_take_a_library_from_the_sysroot() {
    if which::which("pkg-config").is_err() {
        skip!("pkg-config was not found");
    }
    let project = fruit(FRUIT, ZIG_MUSL);
    let machine = Machine::new(&project).zig().own("pkg-config");
    machine.gobuild(&project, &["-o", "fruit", "."]).stderr_has("static").check();
    runs_in!(["musl", "empty"], project);
}

#[test]
fn musl_gcc_takes_a_library_from_the_sysroot_with_the_users_own_flags_kept() {
    let project = fruit(&by_name(), &["gcc"]);
    let machine = Machine::new(&project).musl_gcc();
    machine
        .gobuild(&project, &["-o", "fruit", "."])
        .env("CGO_LDFLAGS", "-O1 -Wl,--defsym=of_the_user=7")
        .stderr_has("static")
        .check();
    let symbols = Command::new("nm").arg(project.path("fruit")).output().expect("binutils are here");
    assert!(String::from_utf8_lossy(&symbols.stdout).contains("of_the_user"), "the user's flag was lost");
    runs_in!(["musl", "empty"], project);
}

#[test]
fn the_plan_shows_each_value_with_where_it_came_from() {
    let project = fruit(FRUIT, ZIG_MUSL);
    let machine = Machine::new(&project).zig().own("pkg-config");
    let plan = machine
        .gobuild(&project, &["plan"])
        .env("CGO_CPPFLAGS", "-DMINE=1")
        .env("PKG_CONFIG_LIBDIR", "/own")
        .stdout_any()
        .check();
    let root = project.path("root").display().to_string();
    for part in [
        format!("CGO_CPPFLAGS=-DMINE=1 -idirafter {root}/usr/include -D_LARGEFILE64_SOURCE"),
        format!("CGO_LDFLAGS=-O2 -g -L{root}/usr/lib"),
        format!("PKG_CONFIG_LIBDIR=/own:{root}/usr/lib/pkgconfig"),
        format!("PKG_CONFIG_SYSROOT_DIR={root}"),
    ] {
        let row = plan.stdout.lines().find(|line| line.starts_with(&format!("# {part} ")));
        let row = row.unwrap_or_else(|| panic!("no {part:?} in\n{}", plan.stdout));
        assert!(row.ends_with("gobuild.toml:3 target.prod.sysroot"), "{row}");
    }
    assert!(plan.stdout.contains("CGO_CPPFLAGS in the environment, then gobuild.toml:3"), "{}", plan.stdout);
}

#[test]
fn pkg_config_never_names_the_libraries_of_this_machine_for_another_c_library() {
    let project = fruit(FRUIT, ZIG_MUSL).file("gobuild.toml", "");
    let machine = Machine::new(&project).zig().own("pkg-config");
    machine
        .gobuild(&project, &["--target", "alpine:3.20", "."])
        .status(2)
        .stderr(
            "error: pkg-config would name libraries of this machine for linux/amd64 with musl
  example.com/fruit asks pkg-config for fruit
    example.com/fruit
  help: name a folder with the image's libraries, in gobuild.toml: sysroot = \"sysroot\"
  help: or only the folders of their .pc files: PKG_CONFIG_LIBDIR=…/usr/lib/pkgconfig
",
        )
        .check();
    let plan = |name, value| {
        let args = ["plan", "--target", "alpine:3.20", "."];
        machine.gobuild(&project, &args).env(name, value).stdout_any().check().stdout
    };
    // What the user's folders lack, this machine's must not supply.
    let path = plan("PKG_CONFIG_PATH", "/own/pkgconfig");
    assert!(path.contains("# PKG_CONFIG_LIBDIR=/own/pkgconfig "), "{path}");
    let root = plan("PKG_CONFIG_SYSROOT_DIR", "/own");
    assert!(root.contains("# PKG_CONFIG_LIBDIR=/own/usr/local/lib/pkgconfig:"), "{root}");
    let own = plan("PKG_CONFIG", "x86_64-linux-musl-pkg-config");
    assert!(!own.contains("PKG_CONFIG_LIBDIR"), "{own}");
    // For this machine's own C library they are the right ones.
    let native = machine.own("gcc").own("as").own("ld");
    let here = native.gobuild(&project, &["plan", "--target", "debian:13", "."]).stdout_any().check().stdout;
    assert!(here.contains("CC=gcc") && !here.contains("PKG_CONFIG"), "{here}");
}

/// Two folders of Debian packages in one.
fn unpacked(project: &Project, to: &str, packages: &[&str]) -> bool {
    let from = tools::fetched("cache/packages");
    packages.iter().all(|package| {
        let folder = from.join(package);
        folder.is_dir() && {
            copy(&folder, &project.path(to));
            true
        }
    })
}

const ZLIB: &str = "package main\n\n// #cgo pkg-config: zlib\n// #include <zlib.h>\nimport \"C\"\n\nimport \"fmt\"\n\n\
                    func main() { fmt.Println(C.GoString(C.zlibVersion())) }\n";

#[test]
fn a_library_of_debian_is_linked_for_another_architecture_and_runs_there() {
    if which::which("pkg-config").is_err() {
        skip!("pkg-config was not found");
    }
    let project =
        Project::empty().file("go.mod", "module example.com/zip\n\ngo 1.22\n").file("main.go", ZLIB).file(
            "gobuild.toml",
            "[target.prod]\nimage = \"own:1\"\nplatforms = [\"linux/386\"]\nsysroot = \"root\"\n\
             [image.\"own:1\"]\nfrom = \"debian:12\"\nlibraries = [\"libz.so.1\"]\n",
        );
    if !unpacked(&project, "root", &["bookworm/i386/zlib1g", "bookworm/i386/zlib1g-dev"]) {
        skip!("Debian's packages for i386 are not here: scripts/fetch.sh i386");
    }
    let machine = Machine::new(&project).zig().own("pkg-config").gcc();
    machine.gobuild(&project, &["-o", "zip", "."]).stderr_has("dynamic").check();
    let root = Root::of("empty").with("/zip", &project.path("zip"));
    for package in ["libc6", "zlib1g"] {
        copy(&tools::fetched("cache/packages/bookworm/i386").join(package), root.path());
    }
    match root.run("/zip", &[]) {
        Ok(ran) => assert_eq!(ran, Ran::well("1.2.13\n")),
        Err(reason) => skip!("{reason}"),
    }
}

/// Links that begin with a slash, made to lead to the same place in a root.
fn make_relative(folder: &Path, root: &Path) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let Ok(to) = std::fs::read_link(&path) else { continue };
        let Ok(inside) = to.strip_prefix("/") else { continue };
        let depth =
            path.parent().and_then(|up| up.strip_prefix(root).ok()).expect("it is below").iter().count();
        std::fs::remove_file(&path).expect("it can be removed");
        let up = "../".repeat(depth);
        std::os::unix::fs::symlink(Path::new(&up).join(inside), &path).expect("a link can be made");
    }
}

#[test]
fn gcc_takes_the_c_library_of_an_older_image_from_its_sysroot() {
    let project = Project::example("cgo").file(
        "gobuild.toml",
        "[target.prod]\nimage = \"debian:11\"\nplatforms = [\"linux/amd64\"]\nsysroot = \"root\"\n",
    );
    let packages = ["libc6", "libc6-dev", "linux-libc-dev"].map(|name| format!("bullseye/amd64/{name}"));
    if !unpacked(&project, "root", &packages.each_ref().map(String::as_str)) {
        skip!("Debian's packages of bullseye are not here: scripts/fetch.sh headers");
    }
    let machine = Machine::new(&project).gcc();
    // Taken as they are, they lead out of a folder that stands elsewhere.
    machine
        .gobuild(&project, &["plan"])
        .stdout_has("of the links to libraries in ")
        .stdout_has("-> /lib/x86_64-linux-gnu/")
        .check();
    for folder in ["root/lib64", "root/usr/lib/x86_64-linux-gnu"] {
        make_relative(&project.path(folder), &project.path("root"));
    }
    machine.gobuild(&project, &["plan"]).stdout_has("--sysroot=").stdout_has("CC=gcc").check();
    machine.gobuild(&project, &["-o", "c", "."]).stderr_has("dynamic").check();
    match Root::of("debian").with("/c", &project.path("c")).run("/c", &[]) {
        Ok(ran) => assert_eq!(ran, Ran::well("27 needs 111 steps\n")),
        Err(reason) => skip!("{reason}"),
    }
}

#[test]
fn a_sysroot_that_is_not_there_is_said() {
    let project = fruit(FRUIT, ZIG_MUSL)
        .file("gobuild.toml", "[target.prod]\nimage = \"alpine:3.20\"\nsysroot = \"nowhere\"\n");
    Machine::new(&project)
        .zig()
        .gobuild(&project, &["."])
        .status(2)
        .stderr_has("error: there is no sysroot at ")
        .stderr_has("set by gobuild.toml:3 target.prod.sysroot")
        .check();
}
