//! Programs with C, which a stage of a Dockerfile as gobuild wrote it compiles with the compiler that it installed
//! itself, without network: every module lies in `vendor/`. They print what only C can have given.

use std::fs;

use super::engine::{builder, write};
use crate::support::builder::{Builder, Kind};
use crate::support::project::{self, Project};
use crate::support::skip::skip;
use crate::support::tools;

/// A program with C of its own, and of a module that it requires.
fn steps() -> Project {
    let project = Project::empty();
    project::copy(&tools::checkout().join("tests/suite/dockerfile/c"), &project.dir());
    project
}

/// A driver in C, as most of those who need a C compiler have one.
fn driver() -> Project {
    Project::example("sqlite")
}

/// The Dockerfile of one program, as gobuild wrote it, with all that it is built of.
fn written(builder: &Builder, project: &Project, base: &str, args: &str) -> String {
    let settings = format!("target = \"{base}\"\n[dockerfile]\nargs = [{args}]\n");
    fs::write(project.path("gobuild.toml"), settings).expect("a file can be written");
    project.go(["mod", "vendor"]).stderr_any().check();
    assert!(project.has("vendor/modules.txt"));
    write(project, builder, &["--shape", "multi-stage"])
}

/// Has the image of one program built, and started.
fn prints(builder: &Builder, project: &Project, base: &str, args: &str, expected: &str) {
    let text = written(builder, project, base, args);
    let shown = format!("{:?}, {base}\n{text}", builder.kind);
    assert!(text.contains("CGO_ENABLED=1"), "{shown}");
    let musl = !base.starts_with("debian");
    assert_eq!(text.contains("\nRUN apk add --no-cache gcc musl-dev\n"), musl, "{shown}");
    let tag = format!("c-{base}");
    builder.build(&project.dir(), &tag, &[]).unwrap_or_else(|words| panic!("{shown}\n{words}"));
    assert_eq!(builder.prints(&tag), expected, "{shown}");
    // What the stage left to the image to prove, since it has no gobuild.
    let program = text.lines().find_map(|line| line.strip_prefix("ENTRYPOINT [\"")?.strip_suffix("\"]"));
    let (binary, ..) = builder.file(&tag, program.expect("it has an entry point"));
    fs::write(project.path("built"), binary).expect("a file can be written");
    project.run("chmod", ["755", "built"]).check();
    project.gobuild(["verify", "built"]).stdout_any().stderr_any().check();
}

/// One program in images of one libc each, with one builder.
macro_rules! programs {
    ($($(#[$attribute:meta])? $name:ident: $kind:expr, $project:expr, $args:literal, $bases:expr;)*) => {$(
        #[test]
        $(#[$attribute])?
        fn $name() {
            let builder = match builder($kind) {
                Ok(builder) => builder,
                Err(reason) => skip!("{reason}"),
            };
            for (base, expected) in $bases {
                prints(&builder, &$project, base, $args, expected);
            }
        }
    )*};
}

const MUSL: (&str, &str) = ("alpine:3.20", "27 needs 111 steps with another libc\n");
const NONE: (&str, &str) = ("scratch", "27 needs 111 steps with another libc\n");
const GLIBC: (&str, &str) = ("debian:12", "27 needs 111 steps with glibc\n");

programs! {
    a_stage_compiles_c_for_musl: Kind::BuildKit, steps(), "", [MUSL];
    #[ignore = "takes minutes: make test-matrix"]
    c_is_compiled_for_every_libc_with_buildkit: Kind::BuildKit, steps(), "", [MUSL, NONE, GLIBC];
    #[ignore = "takes minutes: make test-matrix"]
    c_is_compiled_for_every_libc_with_the_classic_builder: Kind::Classic, steps(), "", [MUSL, NONE, GLIBC];
    #[ignore = "takes minutes: make test-matrix"]
    c_is_compiled_for_every_libc_with_podman: Kind::Podman, steps(), "", [MUSL, NONE, GLIBC];
    #[ignore = "takes minutes: make test-matrix"]
    c_is_compiled_for_every_libc_with_buildah: Kind::Buildah, steps(), "", [MUSL, NONE, GLIBC];
    #[ignore = "takes minutes: make test-matrix"]
    a_driver_in_c_counts_in_every_libc: Kind::BuildKit, driver(), "\"/tmp/starts.db\"",
        [("alpine:3.20", "start 1\n"), ("debian:12", "start 1\n")];
}

/// The compiler is the one that the Dockerfile installs: without that line there is none.
#[test]
#[ignore = "takes minutes: make test-matrix"]
fn nothing_but_its_own_line_brings_the_compiler() {
    let builder = match builder(Kind::BuildKit) {
        Ok(builder) => builder,
        Err(reason) => skip!("{reason}"),
    };
    let project = steps();
    written(&builder, &project, "scratch", "");
    let text = String::from_utf8(project.read("Dockerfile")).expect("a Dockerfile is text");
    for (packages, missing) in [("", "\"gcc\": executable file not found"), ("gcc", "stdlib.h: No such file")]
    {
        let line =
            if packages.is_empty() { String::new() } else { format!("RUN apk add --no-cache {packages}\n") };
        let less = text.replace("RUN apk add --no-cache gcc musl-dev\n", &line);
        assert_ne!(less, text);
        fs::write(project.path("Dockerfile"), less).expect("a file can be written");
        let said =
            builder.build(&project.dir(), "less", &[]).expect_err("a compiler came from somewhere else");
        assert!(said.contains(missing), "{packages}: {said}");
    }
}
