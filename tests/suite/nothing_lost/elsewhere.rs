//! Where `-o` leads, and who else is at it.

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
use std::process::Stdio;

use super::{OLD, names};
use crate::support::project::Project;

fn build(project: &Project, output: &str) -> crate::support::run::Run {
    project.gobuild(["--target", "scratch", "-o", output])
}

fn works(project: &Project, path: &str) {
    project.run(project.path(path), [""; 0]).stdout_has("hello none").check();
}

#[test]
fn links_to_nothing_and_to_themselves_are_replaced() {
    for to in ["nowhere", "/nowhere/at/all", "app", "./app"] {
        let project = Project::hello().folder("bin");
        symlink(to, project.path("bin/app")).expect("a link can be made");
        build(&project, "bin/app").stderr_any().check();
        assert!(fs::symlink_metadata(project.path("bin/app")).expect("it is there").is_file(), "{to}");
        works(&project, "bin/app");
        assert_eq!(names(&project.path("bin")), ["app".to_owned()].into());
    }
}

#[test]
fn a_folder_a_slash_and_a_link_to_a_folder_get_the_program_inside() {
    for (output, link) in
        [("bin/", false), ("new/deep/", false), ("bin", false), ("there", true), ("there/", true)]
    {
        let project = Project::hello().folder("bin");
        if link {
            symlink("bin", project.path("there")).expect("a link can be made");
        }
        build(&project, output).stderr_any().check();
        works(&project, &format!("{output}/shop"));
        assert_eq!(names(&project.path(output)), ["shop".to_owned()].into(), "{output}");
        assert_eq!(project.path("there").is_symlink(), link);
    }
}

#[test]
fn devices_and_pipes_are_written_to_and_stay() {
    let project = Project::hello();
    build(&project, "/dev/full").status(2).stderr_has("/dev/full: no space left on device").check();
    build(&project, "/dev/null").check();
    assert!(fs::metadata("/dev/null").expect("it is there").file_type().is_char_device());
    duct::cmd!("mkfifo", project.path("pipe")).run().expect("a pipe can be made");
    let reader = duct::cmd!("sh", "-c", "cat pipe > copy && chmod +x copy").dir(project.dir()).start();
    let reader = reader.expect("it can be started");
    build(&project, "pipe").stderr_any().check();
    reader.wait().expect("it has read all");
    assert!(fs::metadata(project.path("pipe")).expect("it is there").file_type().is_fifo());
    works(&project, "copy");
}

#[test]
fn a_rejected_program_does_not_reach_a_pipe() {
    let project = Project::hello();
    let flags = ["--target", "scratch", "-buildmode=pie", "-o", "/dev/stdout"];
    project.gobuild(flags).status(3).stdout("").stderr_has("error[GB201]").check();
}

#[test]
fn two_caches_and_one_output_give_one_of_both_whole() {
    let project = Project::hello().file("bin/app", OLD);
    let children: Vec<_> = (0..12)
        .map(|number| {
            let flag = format!("-X main.version={}", number % 3);
            let run = build(&project, "bin/app").args(["-ldflags", &flag]);
            let run = run.env("XDG_CACHE_HOME", project.top().join(format!("cache{}", number % 3)));
            let mut command = run.command();
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("gobuild can be started")
        })
        .collect();
    for mut child in children {
        assert!(child.wait().expect("it is a child").success());
        let said = project.run(project.path("bin/app"), [""; 0]).stdout_any().check().stdout;
        assert!(["hello 0\n", "hello 1\n", "hello 2\n"].contains(&said.as_str()), "{said}");
    }
    assert_eq!(names(&project.path("bin")), ["app".to_owned()].into());
}

#[test]
fn what_go_env_keeps_counts_and_is_shown() {
    let toolexec = Project::empty().file("toolexec", "#!/bin/sh\n: > \"$0.ran\"\nexec \"$@\"\n");
    let tool = toolexec.path("toolexec");
    fs::set_permissions(&tool, fs::Permissions::from_mode(0o755)).expect("it is there");
    let toolexec = format!("GOFLAGS=-toolexec={}", tool.display());
    let go_reads = |line: &str| format!("# go reads {line} (go env -w (");
    let rows = [
        ("GOFLAGS=-o=elsewhere", go_reads("GOFLAGS=-o=elsewhere"), "elsewhere", "-buildmode=exe"),
        ("GOFLAGS=-tags=some", go_reads("GOFLAGS=-tags=some"), "shop", "-tags=some"),
        (&toolexec, go_reads(&toolexec), "shop", "-buildmode=exe"),
        ("GOARCH=arm64", "GOARCH=arm64".to_owned(), "shop", "GOARCH=arm64"),
        ("GOAMD64=v3", "GOAMD64=v3".to_owned(), "shop", "GOAMD64=v3"),
        ("CGO_ENABLED=0", "CGO_ENABLED=0".to_owned(), "shop", "CGO_ENABLED=0"),
        ("GOEXPERIMENT=nogreenteagc", go_reads("GOEXPERIMENT=nogreenteagc"), "shop", "nogreenteagc"),
        ("GOWORK=off", go_reads("GOWORK=off"), "shop", "-buildmode=exe"),
    ];
    for (line, shown, output, built) in rows {
        let project = Project::hello().file("go-env", format!("{line}\n"));
        let run = |words: &[&str]| {
            let run = project.gobuild(words.iter().copied().chain(["--target", "scratch"]));
            run.env("GOENV", project.path("go-env")).stdout_any().stderr_any()
        };
        let plan = run(&["plan"]).check().stdout;
        assert!(plan.contains(&shown), "{line}\n{plan}");
        run(&[]).check();
        let facts = project.go(["version", "-m", output]).stdout_any().check().stdout;
        assert!(facts.contains(built), "{line}\n{facts}");
    }
    assert!(tool.with_extension("ran").exists(), "the program of -toolexec was not started");
}
