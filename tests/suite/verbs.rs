//! The verbs beside build: plan, image, explain, init; and where a target comes from.

use snapbox::str;

use crate::support::project::Project;

#[test]
fn a_plan_says_where_each_value_comes_from_and_can_be_pasted() {
    let project = Project::hello().file(
        "gobuild.toml",
        "[build]\ntarget = \"prod\"\noutput = \"bin/hello\"\nldflags = [\"-X main.v={{ env.VERSION }}\"]\n\n\
         [target.prod]\nimage = \"scratch\"\nplatforms = [\"linux/amd64\"]\n",
    );
    let plan = project
        .gobuild(["plan", "-trimpath", "-ldflags", "-s -w"])
        .env("VERSION", "it's 1.4")
        .env("GOAMD64", "v2")
        .stdout(str![[r#"
# image scratch                       gobuild.toml:2 build.target
#   what it offers                    catalogue ([..])
# platform linux/amd64/v2             gobuild.toml:8 target.prod.platforms
# [..]/go [..]
# CGO_ENABLED=0                       scratch has no libc; a static binary asks nothing of it
# GOAMD64=v2                          GOAMD64 in the environment
# GOARCH=amd64                        gobuild.toml:8 target.prod.platforms
# GOOS=linux                          gobuild.toml:8 target.prod.platforms
# -o bin/hello                        gobuild.toml:3 build.output
# -trimpath                           -trimpath on the command line
# -ldflags=-X main.v=it's 1.4 -s -w   -ldflags on the command line
# go reads GOCACHE=[..] (GOCACHE in the environment)
...
# note: GOAMD64=v2 (GOAMD64 in the environment) makes linux/amd64 linux/amd64/v2
CGO_ENABLED=0 GOAMD64=v2 GOARCH=amd64 GOOS=linux [..]go build -o bin/hello -trimpath "-ldflags=-X main.v=it's 1.4 -s -w"

"#]])
        .check();
    // What go makes of the quote is go's business.
    let script = plan.stdout.replace("main.v=it's 1.4", "main.v=1.4");
    project.run(std::ffi::OsStr::new("sh"), ["-c", &script]).check();
    assert!(project.has("bin/hello"));
}

#[test]
fn a_plan_shows_whatever_go_reads_of_the_environment() {
    let project = Project::hello().file("go-env", "GOOS=linux\nGOEXPERIMENT=nogreenteagc\n");
    let plan = |words: &[&str]| {
        let typed = ["plan", "--target", "scratch"].iter().chain(words).copied();
        project
            .gobuild(typed)
            .env("GOENV", project.path("go-env").to_str().expect("a path that is text"))
            .env("GOFLAGS", "-toolexec=/usr/bin/env")
            .env("CGO_LDFLAGS", "-lm")
            .env("GOPROXY", "https://me:secret@proxy.example.org,off")
            .env("UNRELATED", "1")
    };
    let human = plan(&[]).stdout_any().check().stdout;
    for row in [
        "# go reads GOFLAGS=-toolexec=/usr/bin/env (GOFLAGS in the environment)
",
        "# go reads CGO_LDFLAGS=-lm (CGO_LDFLAGS in the environment)
",
        "# go reads GOPROXY=https://…@proxy.example.org,off (GOPROXY in the environment)
",
        "# go reads GOEXPERIMENT=nogreenteagc (go env -w (",
    ] {
        assert!(human.contains(row), "{row}{human}");
    }
    for hidden in ["secret", "UNRELATED", "go reads CGO_ENABLED", "go reads GOOS"] {
        assert!(
            !human.contains(hidden),
            "{hidden}
{human}"
        );
    }

    let json = plan(&["--message-format", "json"]).stdout_any().check().stdout;
    let object: serde_json::Value = serde_json::from_str(&json).expect("one object");
    assert_eq!(object["inherited"]["GOFLAGS"]["value"], "-toolexec=/usr/bin/env");
    assert_eq!(object["inherited"]["GOFLAGS"]["origin"], "GOFLAGS in the environment");
}

#[test]
fn a_template_asks_git() {
    let project = Project::hello().file(
        "gobuild.toml",
        "target = \"scratch\"\n\n[build]\noutput = \"x\"\nldflags = [\"-X main.commit={{ git.commit }}\"]\n",
    );
    project.gobuild::<&str>([]).status(2).stderr_has("git").check();
    let git = |words: &[&str]| {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
        project
            .run(std::ffi::OsStr::new("git"), identity.iter().chain(words).copied())
            .stdout_any()
            .stderr_any()
            .check()
    };
    git(&["init", "-q"]);
    git(&["add", "go.mod"]);
    git(&["commit", "-q", "-m", "first"]);
    let commit = project.run(std::ffi::OsStr::new("git"), ["rev-parse", "HEAD"]).stdout_any().check().stdout;
    project.gobuild(["plan"]).stdout_has(format!("-X main.commit={}", commit.trim())).check();
    project.gobuild::<&str>([]).stderr_any().check();
}

#[test]
fn an_undefined_name_of_a_template_is_shown_with_its_line() {
    Project::hello()
        .file(
            "gobuild.toml",
            "target = \"scratch\"\n\n[build]\nldflags = [\"-X main.v={{ git.descibe }}\"]\n",
        )
        .gobuild::<&str>([])
        .status(2)
        .stderr_has("gobuild.toml:4")
        .stderr_has("describe")
        .check();
}

#[test]
fn init_writes_what_build_reads_and_never_writes_over_it() {
    let project = Project::hello().file("Dockerfile", "FROM golang:1.24 AS build\nFROM scratch\nCOPY x /x\n");
    project.gobuild(["init"]).stderr("     Created gobuild.toml\n").check();
    let written = project.read("gobuild.toml");
    project.gobuild(["-o", "x"]).stderr_has("for scratch on").check();
    assert!(project.has("x"));
    project.gobuild(["init"]).status(2).stderr_has("already exists and is not overwritten").check();
    assert_eq!(project.read("gobuild.toml"), written);
    let nothing = Project::empty();
    nothing.gobuild(["init"]).status(2).stderr_has("error: there is no go.mod here").check();
    assert!(!nothing.has("gobuild.toml"));
}

#[test]
fn a_dockerfile_names_the_target_where_nothing_else_does() {
    let project = Project::hello().file("Dockerfile", "ARG BASE=alpine:3.20\nFROM golang AS b\nFROM $BASE\n");
    project.gobuild(["-o", "x"]).stderr_has("note: target alpine:3.20 taken from Dockerfile:3 FROM").check();
    let project = Project::hello().file("Dockerfile", "ARG BASE\nFROM $BASE\n");
    project.gobuild(["-o", "x"]).stderr_has("note: Dockerfile names no target: ").check();
    assert!(project.has("x"));
}

#[test]
fn without_any_target_one_line_says_where_it_runs() {
    let project = Project::hello();
    project
        .gobuild(["-o", "x"])
        .env("CGO_ENABLED", "0")
        .stderr(str![[r"
    Building x on linux/[..]
    Finished x fits linux/[..]: static; every known image for linux/[..] can run it, scratch included

"]])
        .check();
}

#[test]
fn images_are_listed_and_shown_with_what_is_unknown() {
    let anywhere = Project::empty();
    let list = anywhere.gobuild(["image", "list"]).stdout_any().check().stdout;
    for name in ["alpine:3.20 ", "debian:12 ", "scratch ", "gcr.io/distroless/static-debian12 "] {
        assert!(list.contains(name), "{name} is missing\n{list}");
    }
    let shown = anywhere.gobuild(["image", "show", "alpine:3.18"]).stdout_any().check().stdout;
    assert!(shown.contains("libc          musl, version unknown\n"), "{shown}");
    assert!(shown.contains("/lib/ld-musl-x86_64.so.1"), "{shown}");
    let json =
        anywhere.gobuild(["image", "show", "scratch", "--message-format", "json"]).stdout_any().check();
    let object: serde_json::Value = serde_json::from_str(&json.stdout).expect("one object on one line");
    assert_eq!(object["reason"], "image");
    assert_eq!(object["image"]["libc"], "no libc");
    assert_eq!(object["image"]["shell"], serde_json::Value::Null);
    anywhere.gobuild(["image", "show", "apline"]).status(2).stderr_has("alpine").check();
}

#[test]
fn a_check_is_explained_by_id_or_name() {
    let anywhere = Project::empty();
    let by_id = anywhere.gobuild(["explain", "gb201"]).stdout_has("# GB201: loader-missing").check().stdout;
    let by_name = anywhere.gobuild(["explain", "loader-missing"]).stdout_any().check().stdout;
    assert_eq!(by_id, by_name);
    anywhere.gobuild(["explain", "GB999"]).status(2).stderr_has("GB999").check();
}

#[test]
fn completions_and_the_manual_name_every_verb() {
    let anywhere = Project::empty();
    for args in [&["completions", "bash"][..], &["completions", "zsh"], &["man"]] {
        let text = anywhere.gobuild(args.iter().copied()).stdout_any().check().stdout;
        assert!(text.contains("verify") && text.contains("explain"), "{args:?}");
    }
}
