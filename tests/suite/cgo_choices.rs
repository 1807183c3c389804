//! What the user says of cgo and of C compilers, in every combination that contradicts something or has to be
//! merged with what gobuild adds.

use crate::known_packages::{gobuild, with_both_halves};
use crate::support::project::Project;
use crate::support::run::Run;
use crate::support::schema::Schema;
use crate::support::tools;

/// A program that is nothing without C.
fn required() -> Project {
    Project::empty()
        .file("go.mod", "module example.com/app\n\ngo 1.22\n")
        .file("main.go", "package main\n\nimport _ \"example.com/app/lib\"\n\nfunc main() {}\n")
        .file("lib/c.go", "package lib\n\nimport \"C\"\n")
}

fn built<'a>(project: &Project, target: &'a str, more: &[&'a str]) -> Run {
    let more = if more.is_empty() { &["."] } else { more };
    gobuild(project, &[&["--target", target, "-o", "app"], more].concat())
}

#[test]
fn off_is_refused_before_building_where_nothing_is_left() {
    let refused = |run: Run, off: &str, help: &str| {
        run.status(2)
            .stderr(format!(
                "error: example.com/app/lib cannot be built without cgo\n  example.com/app imports \
                 example.com/app/lib\n  cgo is off: {off}\n  help: leave the choice to gobuild: {help}\n"
            ))
            .check();
    };
    let project = required();
    let before = project.tree();
    let off = built(&project, "scratch", &[]).env("CGO_ENABLED", "0");
    refused(off, "CGO_ENABLED in the environment", "unset CGO_ENABLED");
    std::fs::write(project.top().join("env"), "CGO_ENABLED=0\n").unwrap();
    let written = built(&project, "scratch", &[]).env("GOENV", project.top().join("env"));
    refused(written, "go env -w ([TOP]/env)", "go env -u CGO_ENABLED");
    assert_eq!(project.tree().since(&before), Vec::<String>::new());
    let project = project.file("gobuild.toml", "[build]\ncgo = \"off\"\n");
    let help = "cgo = \"auto\" under [build] of gobuild.toml";
    refused(built(&project, "scratch", &[]), "gobuild.toml:2 build.cgo", help);
}

#[test]
fn off_in_the_file_rejects_a_stub_before_building() {
    let project =
        with_both_halves("github.com/mattn/go-sqlite3").file("gobuild.toml", "[build]\ncgo = \"off\"\n");
    built(&project, "debian:12", &[])
        .status(3)
        .stderr_has("error[GB501]: github.com/mattn/go-sqlite3 is only a stub in this build\n")
        .stderr_has("  because: cgo is off: gobuild.toml:2 build.cgo\n")
        .stderr_has("  nothing was built\n")
        .check();
    assert!(!project.has("app"));
}

#[test]
fn on_without_any_c_needs_no_compiler() {
    let project = Project::empty()
        .file("go.mod", "module example.com/app\n\ngo 1.22\n")
        .file("main.go", "package main\n\nfunc main() { println(\"well\") }\n")
        .file("gobuild.toml", "[build]\ncgo = \"on\"\n");
    for target in ["scratch", "alpine:3.20", "debian:12"] {
        let run = project.gobuild(["--target", target, "-o", "app", "."]);
        let nothing = project.top().join("nothing");
        std::fs::create_dir_all(&nothing).unwrap();
        let go = tools::go();
        run.env("PATH", &nothing).env("GO", &go).stderr_has("(cgo on: gobuild.toml:2 build.cgo)").check();
        project.run(project.path("app"), [""; 0]).stderr("well\n").check();
    }
}

#[test]
fn the_environment_wins_over_the_file_and_an_odd_value_is_refused() {
    let project = with_both_halves("example.com/near").file("gobuild.toml", "[build]\ncgo = \"on\"\n");
    let plan = gobuild(&project, &["plan", "--target", "scratch"]);
    let plan = plan.env("CGO_ENABLED", "0").stdout_has("CGO_ENABLED=0 ");
    plan.stdout_has("CGO_ENABLED in the environment")
        .stdout_has("# note: cgo is off, and example.com/near")
        .check();
    gobuild(&project, &["plan", "--target", "scratch"])
        .env("CGO_ENABLED", "")
        .stdout_has("CGO_ENABLED=1 ")
        .stdout_has("gobuild.toml:2 build.cgo")
        .check();
    gobuild(&project, &["plan", "--target", "scratch"])
        .env("CGO_ENABLED", "yes")
        .status(2)
        .stderr("error: CGO_ENABLED=yes: it is 0 or 1\n  set by CGO_ENABLED in the environment\n")
        .check();
}

#[test]
fn race_is_refused_for_musl_and_scratch_and_needs_cgo_elsewhere() {
    let project = Project::hello();
    for (target, flag) in [("scratch", "-race"), ("alpine:3.20", "-msan"), ("alpine:3.20", "-asan")] {
        built(&project, target, &[flag])
            .status(2)
            .stderr_has(format!("error: {flag} cannot run in {target}\n"))
            .stderr_has("help: or build for an image with glibc: gobuild --target debian:12")
            .check();
    }
    let in_goflags = built(&project, "scratch", &[]).env("GOFLAGS", "-race");
    in_goflags.status(2).stderr_has("error: -race cannot run in scratch\n").check();
    let plan = gobuild(&project, &["plan", "--target", "debian:12", "-race"]);
    plan.stdout_has("-race needs cgo").stdout_has("CGO_ENABLED=1 ").check();
    // Go says it in its own words.
    let off = built(&project, "debian:12", &["-race"]).env("CGO_ENABLED", "0");
    off.status(2).stderr_has("-race requires cgo").check();
    assert!(!project.has("app"));
}

#[test]
fn what_has_no_meaning_without_c_turns_cgo_on() {
    let project = Project::hello();
    for (flag, why) in
        [("-buildmode=plugin", "-buildmode=plugin"), ("-buildmode=c-shared", "-buildmode=c-shared")]
    {
        let plan = gobuild(&project, &["plan", "--target", "debian:12", flag]);
        plan.stdout_has(format!("{why} needs cgo")).stdout_has("CGO_ENABLED=1 ").check();
    }
    gobuild(&project, &["plan", "--target", "alpine:3.20", "-buildmode=plugin"])
        .stdout_has("# note: musl cannot open a library of Go's once a program runs")
        .check();
    let boring = gobuild(&project, &["plan", "--target", "debian:12"]).env("GOEXPERIMENT", "boringcrypto");
    boring.stdout_has("GOEXPERIMENT=boringcrypto needs cgo").check();
}

/// Go's `BoringCrypto` is compiled C without a word of any C library in it.
#[test]
fn boring_cryptography_is_in_the_binary_for_every_image() {
    let project = Project::empty().file("go.mod", "module example.com/app\n\ngo 1.22\n").file(
        "main.go",
        "package main\n\nimport (\n\t\"crypto/boring\"\n\t\"crypto/sha256\"\n)\n\n\
         func main() { println(boring.Enabled(), len(sha256.Sum256(nil))) }\n",
    );
    for (target, kind) in [("scratch", "static"), ("debian:12", "dynamic")] {
        let run = built(&project, target, &[]).env("GOEXPERIMENT", "boringcrypto");
        run.stderr_has("(cgo on: GOEXPERIMENT=boringcrypto needs cgo)").stderr_has(kind).check();
        project.run(project.path("app"), [""; 0]).stderr("true 32\n").check();
        let proven = gobuild(&project, &["verify", "--target", target, "app"]).stdout_has("accepted").check();
        assert_eq!(proven.stderr, "");
    }
    // It is not there without cgo, and on an architecture that has none.
    let off = built(&project, "scratch", &[]).env("GOEXPERIMENT", "boringcrypto").env("CGO_ENABLED", "0");
    off.stderr_has("warning[GB111]: ").check();
}

/// Go takes `g++` where `CXX` is not set, whatever `CC` is.
#[test]
fn a_c_compiler_of_the_users_brings_its_c_plus_plus_along_or_is_refused_where_that_is_needed() {
    let project = required().file("lib/x.cpp", "int x;\n");
    let zig = tools::fetched("zig/ziglang/zig");
    let cc = format!("'{}' cc -target x86_64-linux-musl", zig.display());
    let plan = || gobuild(&project, &["plan", "--target", "scratch"]).env("CC", &cc);
    plan().stdout_has("ziglang/zig c++ -target x86_64-linux-musl").stdout_has("beside CC").check();
    let own = plan().env("CXX", "my-c++").stdout_any().check().stdout;
    assert!(!own.contains("# CXX="), "{own}");
    gobuild(&project, &["plan", "--target", "scratch"])
        .env("CC", tools::fetched("musl/bin/musl-gcc"))
        .env("REALGCC", which::which("gcc").unwrap_or_default())
        .status(2)
        .stderr_has("error: CC is set and CXX is not, and example.com/app/lib has C++\n")
        .stderr_has("  example.com/app imports example.com/app/lib\n")
        .stderr_has("  help: set CXX to the C++ compiler that belongs to it")
        .check();
    // Without C++ nobody asks for one.
    let project = required();
    let plan = gobuild(&project, &["plan", "--target", "scratch"]).env("CC", &cc).stdout_any().check();
    assert!(!plan.stdout.contains("CXX"), "{}", plan.stdout);
}

/// Each flag that has to reach the C compiler is asked for by the C itself.
#[test]
fn the_users_flags_for_c_are_kept_and_so_are_gos_own() {
    let asked = ["__OPTIMIZE__", "_LARGEFILE64_SOURCE", "OF_CPPFLAGS", "OF_CFLAGS", "OF_SOURCE"];
    let asks =
        asked.map(|name| format!("// #ifndef {name}\n// #error {name} is missing\n// #endif\n")).concat();
    let project = Project::empty()
        .file("go.mod", "module example.com/app\n\ngo 1.22\n")
        .file("gobuild.toml", "[build]\nldflags = [\"-X main.a=file\"]\ntags = [\"one\"]\n")
        .file("one.go", "//go:build one && two\n\npackage main\n\nfunc init() { a += \" tags\" }\n")
        .file(
            "main.go",
            format!(
                "package main\n\n// #cgo CFLAGS: -DOF_SOURCE\n{asks}// long of_ldflags(void);\n\
                 // long __wrap_of_ldflags(void) {{ return 4242; }}\nimport \"C\"\n\nvar a, b string\n\n\
                 func main() {{ println(a, b, C.of_ldflags()) }}\n"
            ),
        );
    built(&project, "scratch", &[])
        .env("CGO_CPPFLAGS", "-DOF_CPPFLAGS")
        .env("CGO_CFLAGS", "-O2 -g -DOF_CFLAGS")
        .env("CGO_LDFLAGS", "-Wl,--wrap=of_ldflags")
        .env("GOFLAGS", "-tags=two '-ldflags=-X main.b=goflags -extldflags=-Wl,-z,now'")
        .stderr_has("static")
        .check();
    project.run(project.path("app"), [""; 0]).stderr("file tags goflags 4242\n").check();
    // Left alone, go's own -O2 -g stay: a value for CGO_CFLAGS would take their place.
    let plan = gobuild(&project, &["plan", "--target", "scratch"]).stdout_any().check().stdout;
    assert!(plan.contains("CGO_CPPFLAGS=-D_LARGEFILE64_SOURCE") && !plan.contains("CGO_CFLAGS"), "{plan}");
}

#[test]
fn go_cannot_link_it_by_itself_where_c_has_to_be_static() {
    let project = with_both_halves("example.com/near");
    built(&project, "alpine:3.20", &["-ldflags=-linkmode=internal"])
        .status(2)
        .stderr_has("error: -linkmode=internal cannot make this program\n")
        .check();
}

#[test]
fn the_decision_and_its_reason_are_in_the_json() {
    let project = with_both_halves("github.com/karalabe/hid");
    let plan = |cgo: &str| {
        let run = gobuild(&project, &["plan", "--target", "scratch", "--message-format", "json"]);
        let said = run.env("CGO_ENABLED", cgo).stdout_any().check().stdout;
        Schema::of_objects().lines(&said).remove(0)
    };
    let package = serde_json::json!([{
        "path": "github.com/karalabe/hid",
        "version": "v1.0.0",
        "imports": ["example.com/app", "github.com/karalabe/hid"],
        "without_cgo": "go",
    }]);
    let auto = plan("");
    assert_eq!(auto["cgo"]["enabled"], true);
    assert_eq!(auto["cgo"]["origin"], "github.com/karalabe/hid has C code");
    assert_eq!(auto["cgo"]["packages"], package);
    assert!(auto["cgo"]["compiler"]["value"].as_str().unwrap().contains("x86_64-linux-musl"), "{auto}");
    assert!(auto["cgo"]["compiler"]["origin"].as_str().unwrap().contains("scratch has no libc"), "{auto}");
    let off = plan("0");
    assert_eq!(off["cgo"]["enabled"], false);
    assert_eq!(off["cgo"]["origin"], "CGO_ENABLED in the environment");
    assert_eq!(off["cgo"]["compiler"], serde_json::Value::Null);
    assert!(off["notes"][0].as_str().unwrap().contains("no USB device is ever found"), "{off}");
}
