//! Several targets and platforms in one run, and what selects among them.

use snapbox::str;

use crate::support::project::Project;

const TWO: &str = r#"
[build]
target = "prod"
output = "out/hello"

[target.prod]
image = "scratch"
platforms = ["linux/amd64", "linux/arm64", "linux/arm/v7"]
"#;

fn hello() -> Project {
    Project::hello().file("gobuild.toml", TWO)
}

#[test]
fn each_platform_gets_a_file_of_its_own() {
    let project = hello();
    project.gobuild::<&str>([]).stderr_any().check();
    let machine = |name: &str| project.read(name)[18];
    assert_eq!(machine("out/hello-linux-amd64"), 62);
    assert_eq!(machine("out/hello-linux-arm64"), 183);
    assert_eq!(machine("out/hello-linux-armv7"), 40);
    assert!(!project.has("out/hello"));
}

#[test]
fn a_single_result_keeps_the_name_that_was_asked_for() {
    let project = hello();
    project.gobuild(["-o", "one"]).env("GOARCH", "arm64").stderr_any().check();
    assert_eq!(project.read("one")[18], 183);
    project.gobuild(["-o", "two", "--platform", "linux/amd64"]).stderr_any().check();
    assert_eq!(project.read("two")[18], 62);
}

#[test]
fn several_targets_are_told_apart_by_name() {
    let project = hello();
    project
        .gobuild(["--target", "prod", "--target", "alpine:3.20", "--platform", "linux/amd64"])
        .stderr_any()
        .check();
    assert!(project.has("out/hello-prod-linux-amd64"));
    assert!(project.has("out/hello-alpine-3.20-linux-amd64"));
}

#[test]
fn a_name_of_gobuild_toml_replaces_the_rule() {
    let named = TWO.replace("output = \"out/hello\"", "output = \"out/hello\"\nname = \"{arch}.{name}\"");
    let project = Project::hello().file("gobuild.toml", named);
    project.gobuild::<&str>([]).stderr_any().check();
    assert!(project.has("out/armv7.hello"));
}

#[test]
fn two_results_of_one_name_are_refused_before_anything_is_built() {
    let named = TWO.replace("output = \"out/hello\"", "output = \"out/hello\"\nname = \"{name}-{os}\"");
    let project = Project::hello().file("gobuild.toml", named);
    project
        .gobuild::<&str>([])
        .status(2)
        .stderr(str![[r#"
error: `{name}-{os}` gives two results the same name
  both would be called program-linux
  help: name = "{name}-{target}-{os}-{arch}" under [build] of gobuild.toml keeps them apart

"#]])
        .check();
    assert!(!project.has("out"));
}

#[test]
fn of_several_results_the_accepted_ones_are_published() {
    if which::which("gcc").is_err() {
        crate::support::skip::skip!("gcc was not found");
    }
    let project = Project::example("cgo");
    project
        .gobuild(["--target", "debian:12", "--target", "alpine:3.20", "--platform", "linux/amd64", "-o", "c"])
        .env("CC", "gcc")
        .status(3)
        .stderr_has("error[GB201]: ")
        .check();
    assert!(project.has("c-debian-12-linux-amd64"));
    assert!(!project.has("c-alpine-3.20-linux-amd64"));
}

#[test]
fn two_programs_of_one_name_are_said() {
    let main = "package main\n\nfunc main() {}\n";
    let project = Project::hello().file("one/rpc/main.go", main).file("two/rpc/main.go", main);
    let said = "warning: hello/one/rpc and hello/two/rpc are all called rpc: go keeps only one of them";
    let line = ["--target", "scratch", "-o", "bin/", "./one/...", "./two/..."];
    let module = String::from_utf8(project.read("go.mod")).expect("text");
    let module = module.lines().next().and_then(|line| line.strip_prefix("module ")).expect("a module");
    project.gobuild(line).stderr_has(said.replace("hello/", &format!("{module}/"))).check();
    let apart = ["--target", "scratch", "-o", "bin/", "./one/...", "."];
    let quiet = project.gobuild(apart).stderr_any().check().stderr;
    assert!(!quiet.contains("warning"), "{quiet}");
}

#[test]
fn an_architecture_that_the_target_does_not_list_is_an_error() {
    hello()
        .gobuild::<&str>([])
        .env("GOARCH", "s390x")
        .status(2)
        .stderr(str![[r"
error: GOARCH=s390x (GOARCH in the environment) selects none of the target's platforms
  scratch is listed for linux/amd64, linux/arm64, linux/arm/v7
  help: unset GOARCH to build for all of them, or add the platform to the target in gobuild.toml

"]])
        .check();
}

#[test]
fn a_system_that_contradicts_a_typed_target_is_refused_and_steps_aside_from_one_of_the_file() {
    let project = hello();
    project
        .gobuild(["--target", "alpine:3.20", "-o", "x"])
        .env("GOOS", "darwin")
        .status(2)
        .stderr_has("error: GOOS=darwin contradicts the target alpine:3.20")
        .check();
    assert!(!project.has("x"));
    project
        .gobuild(["-o", "x"])
        .env("GOOS", "darwin")
        .env("GOARCH", "arm64")
        .stderr(str![[r"
note: GOOS=darwin is not meant for scratch: built as go does, not proven

"]])
        .check();
    assert_eq!(project.read("x")[..4], [0xcf, 0xfa, 0xed, 0xfe]);
}

#[test]
fn what_fails_on_one_platform_does_not_hide_the_others() {
    let project = hello();
    let wide = "package main\n\nvar wide int = 1 << 40\n\nfunc main() { println(wide) }\n";
    let files =
        ["linux/arm/v7", "linux/amd64", "linux/arm64"].map(|platform| format!("{platform:?}")).join(", ");
    let toml = TWO.replace("\"linux/amd64\", \"linux/arm64\", \"linux/arm/v7\"", &files);
    let project = project.file("main.go", wide).file("gobuild.toml", toml);
    project
        .gobuild::<&str>([])
        .status(1)
        .stderr_has("(untyped int constant 1099511627776) as int value in variable declaration (overflows)")
        .stderr_has("error: nothing was built for scratch on linux/arm/v7: go failed\n")
        .check();
    assert!(project.has("out/hello-linux-amd64") && project.has("out/hello-linux-arm64"));
    assert!(!project.has("out/hello-linux-armv7"));
}

#[test]
fn a_level_of_the_environment_is_said_and_proven() {
    let project = Project::hello();
    project
        .gobuild(["--target", "scratch", "--platform", "linux/amd64", "-o", "x"])
        .env("GOAMD64", "v3")
        .stderr_has("note: GOAMD64=v3 (GOAMD64 in the environment) makes linux/amd64 linux/amd64/v3")
        .check();
    project
        .gobuild(["verify", "x", "--target", "scratch", "--platform", "linux/amd64"])
        .status(3)
        .stdout_any()
        .stderr_has("error[GB104]: ")
        .check();
}
