//! What C compilers, linkers, pkg-config and go say where the C half goes wrong: said by the real ones, shown whole,
//! followed by cause and fix, for people and as JSON.

use crate::support::machine::Machine;
use crate::support::project::Project;
use crate::support::run::{Output, Run};
use crate::support::schema::Schema;
use crate::support::skip::skip;
use crate::support::tools;

fn c(head: &str) -> Project {
    let main = format!("package main\n\n{head}import \"C\"\n\nfunc main() {{ println(C.int(1)) }}\n");
    Project::empty().file("go.mod", "module example.com/app\n\ngo 1.22\n").file("main.go", main)
}

fn zig_cc(target: &str) -> String {
    format!("\"{}\" cc -target {target}", tools::fetched("zig/ziglang/zig").display())
}

fn with_zig_cache(run: Run) -> Run {
    let cache = tools::fetched("cache/gobuild/zig");
    run.env("ZIG_GLOBAL_CACHE_DIR", &cache).env("ZIG_LOCAL_CACHE_DIR", &cache)
}

/// A build as `told` wants it: these words, behind more of them.
fn line<'a, const N: usize>(
    machine: &'a Machine,
    project: &'a Project,
    words: [&'a str; N],
) -> impl Fn(&[&str]) -> Run + 'a {
    move |more| machine.gobuild(project, &[more, &words].concat())
}

/// Go's own status, the compiler's own words, then cause and fix: on standard error, and as an object.
fn told(run: impl Fn(&[&str]) -> Run, own_words: &str, because: &str, help: &str) -> Output {
    let output = run(&[]).status(1).stderr_has(own_words).stderr_any().check();
    let advice = format!("  because: {because}\n  help: {help}");
    let (before, after) = output.stderr.split_once(&advice).unwrap_or_else(|| {
        panic!("no {advice:?} in\n{}", output.stderr);
    });
    assert!(before.contains(own_words) && !after.contains("because:"), "{}", output.stderr);
    let json = run(&["--message-format", "json"]).status(1).stdout_any().stderr_any().check();
    let objects = Schema::of_objects().lines(&json.stdout);
    let error = objects.iter().find(|object| object["reason"] == "c-error").expect("there is an object");
    assert_eq!(error["because"], because);
    assert!(error["help"][0].as_str().unwrap().starts_with(help), "{error}");
    assert!(error["line"].as_str().unwrap().contains(own_words), "{error}");
    assert_eq!(objects.last().unwrap()["status"], 1);
    output
}

#[test]
fn a_link_of_gos_own_with_a_static_c_library() {
    let project = Project::empty().file("go.mod", "module example.com/app\n\ngo 1.22\n").file(
        "main.go",
        "package main\n\nimport \"net\"\n\nfunc main() { println(net.ParseIP(\"::1\").String()) }\n",
    );
    // It does not say what it makes, so nothing is known of it but that it compiles.
    let script =
        format!("case \"$*\" in *features.h*) exit 1 ;; esac\nexec {} \"$@\"\n", zig_cc("x86_64-linux-musl"));
    let machine = Machine::new(&project).script("own-cc", &script);
    let run = |more: &[&str]| {
        let mut args = more.to_vec();
        args.extend(["--target", "debian:12", "-o", "app", "."]);
        with_zig_cache(machine.gobuild(&project, &args).env("CC", "own-cc").env("CGO_ENABLED", "1"))
    };
    told(
        run,
        "): relocation target ",
        "go linked by itself, which it cannot do with a static C library (golang/go#44695)",
        "add -linkmode=external to -ldflags, or leave CC to gobuild",
    );
}

#[test]
fn a_static_link_with_zigs_glibc() {
    let project = Project::example("cgo");
    let machine = Machine::new(&project);
    let run = |more: &[&str]| {
        let mut args = more.to_vec();
        args.extend(["--target", "debian:12", "-ldflags=-extldflags=-static", "-o", "c", "."]);
        with_zig_cache(machine.gobuild(&project, &args).env("CC", zig_cc("x86_64-linux-gnu.2.31")))
    };
    told(
        run,
        "libc of the specified target requires dynamic linking",
        "zig has glibc as a shared library only",
        "leave -static out for an image with glibc",
    );
}

#[test]
fn a_compiler_that_is_not_there() {
    let project = c("");
    let machine = Machine::new(&project);
    for cc in ["gcc", "no-such-cc -O1"] {
        let run = |more: &[&str]| {
            let mut args = more.to_vec();
            args.extend(["--target", "debian:12", "-o", "app", "."]);
            machine.gobuild(&project, &args).env("CC", cc).env("CGO_ENABLED", "1")
        };
        let name = cc.split(' ').next().unwrap();
        told(
            run,
            &format!("C compiler \"{name}\" not found"),
            "cgo is on, and the C compiler that was named is not there",
            "leave it to gobuild: unset CC",
        );
    }
}

#[test]
fn a_package_without_a_file_for_the_platform() {
    let project = Project::hello()
        .file("main.go", "package main\n\nimport _ \"example.com/shop/win\"\n\nfunc main() {}\n")
        .file("win/win_windows.go", "package win\n");
    let machine = Machine::new(&project);
    let run = line(&machine, &project, ["--target", "scratch", "-o", "app", "."]);
    told(
        run,
        "build constraints exclude all Go files",
        "every file of that package needs cgo, another platform, or a tag",
        "leave cgo to gobuild: unset CGO_ENABLED",
    );
}

const FOLDER: &str = "put it into a folder that gobuild.toml names: sysroot = \"sysroot\"";

#[test]
fn a_library_that_the_linker_does_not_find() {
    let project = c("// #cgo LDFLAGS: -lpcap\n");
    let who = "example.com/app asks for it (example.com/app)";
    for (machine, image, words, packages) in [
        (Machine::zig as fn(Machine) -> Machine, "alpine:3.20", "unable to find ", "libpcap-dev of Alpine"),
        (Machine::zig, "debian:11", "unable to find ", "libpcap-dev of Debian and Ubuntu"),
        (Machine::musl_gcc, "scratch", "cannot find -lpcap", "libpcap-dev of Alpine"),
        (Machine::gcc, "debian:13", "cannot find -lpcap", "libpcap-dev of Debian and Ubuntu"),
    ] {
        let machine = machine(Machine::new(&project));
        let run = line(&machine, &project, ["--target", image, "-o", "app", "."]);
        let because = format!("there is no library -lpcap for {image}: {who}");
        told(run, words, &because, &format!("it is in {packages}: {FOLDER}"));
    }
}

#[test]
fn a_header_that_the_compiler_does_not_find() {
    let project = c("// #include <openssl/no_such_header.h>\n");
    for (machine, image, words) in [
        (Machine::zig as fn(Machine) -> Machine, "alpine:3.20", "'openssl/no_such_header.h' file not found"),
        (Machine::gcc, "debian:13", "openssl/no_such_header.h: No such file or directory"),
    ] {
        let machine = machine(Machine::new(&project));
        let run = line(&machine, &project, ["--target", image, "-o", "app", "."]);
        let because =
            format!("there is no header openssl/no_such_header.h for {image}: example.com/app asks for it");
        told(run, words, &because, "it is in ");
    }
}

#[test]
fn a_compiled_library_that_was_made_for_glibc() {
    // The names are those that glibc's headers put in the place of fprintf, strtol and stat, so any compiler makes it.
    let source = "int __fprintf_chk(void *, int, const char *, ...); const char *gnu_get_libc_version(void);\n\
                  int say(void) { return __fprintf_chk(0, 1, gnu_get_libc_version()); }\n";
    let project = c("")
        .file("main.go", "package main\n\n// #cgo LDFLAGS: ${SRCDIR}/libx.a\n// int say(void);\nimport \"C\"\n\nfunc main() { C.say() }\n")
        .file("x.txt", source);
    let made = "gcc -x c -c x.txt -o x.o && ar rc libx.a x.o";
    project.run(std::ffi::OsStr::new("sh"), ["-c", made]).stdout_any().stderr_any().check();
    let machine = Machine::new(&project).zig();
    let run = line(&machine, &project, ["--target", "alpine:3.22", "-o", "app", "."]);
    told(
        run,
        "gnu_get_libc_version",
        "a compiled library that was made for glibc is linked with musl",
        "look for the tag with which the package takes its library for musl",
    );
}

#[test]
fn a_package_that_reaches_into_another_one() {
    let project = Project::empty().file("go.mod", "module example.com/app\n\ngo 1.24\n").file(
        "main.go",
        "package main\n\nimport (\n\t\"encoding/json\"\n\t_ \"unsafe\"\n)\n\n//go:linkname safe encoding/json.safeSet\n\
         var safe [128]bool\n\nfunc main() {\n\t_, _ = json.Marshal(1)\n\tprintln(safe[1])\n}\n",
    );
    let machine = Machine::new(&project);
    let run = line(&machine, &project, ["--target", "alpine:3.22", "-o", "app", "."]);
    told(
        run,
        "invalid reference to encoding/json.safeSet",
        "since Go 1.23 the linker refuses //go:linkname into the standard library",
        "take a newer release of the package: go get -u",
    );
    let flag = ["--target", "alpine:3.22", "-ldflags=-checklinkname=0", "-o", "app", "."];
    machine.gobuild(&project, &flag).stdout_any().stderr_any().check();
}

#[test]
fn a_library_that_pkg_config_does_not_know_and_no_pkg_config() {
    let project = c("// #cgo pkg-config: libgit2\n");
    let line = |more: &[&str], machine: &Machine| {
        let mut args = more.to_vec();
        args.extend(["--target", "alpine:3.20", "-o", "app", "."]);
        machine.gobuild(&project, &args).env("PKG_CONFIG_LIBDIR", "/nowhere")
    };
    let machine = Machine::new(&project).zig();
    told(
        |more| line(more, &machine),
        "exec: \"pkg-config\": executable file not found",
        "a package asks pkg-config where its C library is, and there is no pkg-config",
        "apt-get install pkgconf",
    );
    if which::which("pkg-config").is_err() {
        skip!("there is no pkg-config");
    }
    let machine = machine.own("pkg-config");
    told(
        |more| line(more, &machine),
        "libgit2",
        "pkg-config has no libgit2 for alpine:3.20: example.com/app asks for it (example.com/app)",
        "it is in libgit2-dev of Alpine",
    );
}

#[test]
#[ignore = "zig compiles a C library for ARMv5 until it fails: make test-matrix"]
fn c_for_armv5_by_zig() {
    let project = c("// int one(void) { return 1; }\n");
    let machine = Machine::new(&project);
    let run = |more: &[&str]| {
        let mut args = more.to_vec();
        args.extend(["--target", "scratch", "--platform", "linux/arm/v5", "-o", "app", "."]);
        let cc = zig_cc("arm-linux-musleabi -mcpu=generic+soft_float+strict_align");
        with_zig_cache(machine.gobuild(&project, &args).env("CC", cc))
    };
    told(
        run,
        " bx lr",
        "clang cannot make C for ARMv5",
        "set CC to a cross compiler: apt-get install gcc-arm-linux-gnueabi",
    );
}
