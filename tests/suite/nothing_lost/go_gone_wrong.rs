//! A go that dies, writes nothing, writes garbage, or goes on writing after it has ended.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::OLD;
use crate::support::project::Project;
use crate::support::tools;

/// A project whose go is a script around the real one. `$OUT` is the file that the real one would write, and
/// `real` builds it.
fn with_go(build: &str) -> Project {
    let script = format!(
        "#!/bin/sh\n\
         [ \"$1\" = build ] || exec {go} \"$@\"\n\
         out= last=\n\
         for word; do [ \"$last\" = -o ] && out=$word; last=$word; done\n\
         case $out in */) out=$out/app;; esac\n\
         real() {{ {go} \"$@\"; }}\n\
         {build}\n",
        go = tools::go().display()
    );
    let project = Project::hello().file("tools/go", script);
    std::fs::set_permissions(project.path("tools/go"), std::fs::Permissions::from_mode(0o755))
        .expect("it is there");
    project.file("bin/app", OLD)
}

fn build(project: &Project) -> crate::support::run::Run {
    project.gobuild(["--target", "scratch", "--go", "tools/go", "-o", "bin/app"])
}

/// The old file stands, and nothing beside it.
fn nothing_happened(project: &Project) {
    assert_eq!(project.read("bin/app"), OLD);
    assert_eq!(super::names(&project.path("bin")), ["app".to_owned()].into());
}

#[test]
fn a_go_that_is_killed_leaves_the_old_file() {
    let project = with_go("real \"$@\"; kill -9 $$");
    build(&project).status(137).stderr_any().check();
    nothing_happened(&project);
    project.gobuild(["--target", "scratch", "-o", "bin/other"]).stderr_any().check();
}

/// A killed gobuild cannot end the go that it started. That one must not write over what the next one makes.
#[test]
fn the_go_of_a_killed_build_does_not_reach_the_next_one() {
    let project = with_go(
        "if mv slow begun 2>/dev/null; then sleep 0.5; real \"$@\"; touch over; exit; fi\n\
         real \"$@\"; status=$?; while [ ! -e over ]; do sleep 0.02; done; exit $status",
    )
    .file("slow", "");
    let flags = |version: &str| ["-ldflags".to_owned(), format!("-X main.version={version}")];
    let mut killed = build(&project).args(flags("old")).command();
    let mut killed = killed.stderr(std::process::Stdio::null()).spawn().expect("gobuild can be started");
    while !project.has("begun") {
        assert!(killed.try_wait().expect("it is a child").is_none(), "it ended before go was started");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    killed.kill().and_then(|()| killed.wait()).expect("it can be killed");
    build(&project).args(flags("new")).stderr_any().check();
    project.run(project.path("bin/app"), [""; 0]).stdout_has("hello new").check();
}

#[test]
fn a_go_that_writes_nothing_is_told() {
    let project = with_go("exit 0");
    build(&project).status(2).stderr_has("go succeeded but wrote nothing").check();
    nothing_happened(&project);
}

#[test]
fn a_go_that_writes_garbage_is_rejected() {
    for garbage in [
        "echo '#!/bin/sh' > \"$out\"",
        "head -c 4096 /dev/zero > \"$out\"",
        ": > \"$out\"",
        "real \"$@\" && head -c 100000 \"$out\" > \"$out.cut\" && mv \"$out.cut\" \"$out\"",
    ] {
        let project = with_go(garbage);
        build(&project).status(3).stderr_has("error[GB10").check();
        nothing_happened(&project);
    }
}

#[test]
fn what_a_child_of_go_writes_later_is_not_published() {
    // It goes on after go has ended, and writes into the file that go left.
    let project = with_go(
        "real \"$@\" || exit; (sleep 0.05; head -c 4096 /dev/zero | dd of=\"$out\" conv=notrunc 2>/dev/null) >/dev/null 2>&1 & exit 0",
    );
    build(&project).stderr_any().output();
    let stands = project.read("bin/app");
    // Proven and published before it, or noticed and left: never the file with zeroes in front.
    assert!(stands.starts_with(b"\x7fELF") || stands == OLD, "{:?}", &stands[..16]);
    std::thread::sleep(std::time::Duration::from_millis(200));
    assert_eq!(project.read("bin/app"), stands, "it was still connected to the staged file");
}

/// A shim that starts something in the background, a compiler's server: it lives on after go and keeps the pipes
/// that it was started with.
#[test]
fn what_go_leaves_running_is_not_waited_for() {
    for question in ["build", "env", "list"] {
        let stays = format!("[ \"$1\" = {question} ] && {{ sleep 300 & echo $! >> left; }}");
        let project = Project::hello();
        let script = format!("#!/bin/sh\n{stays}\nexec {} \"$@\"\n", tools::go().display());
        let project = project.file("tools/go", script);
        fs::set_permissions(project.path("tools/go"), fs::Permissions::from_mode(0o755))
            .expect("it is there");
        let gobuild = project.gobuild(["--target", "alpine", "--go", "tools/go", "-o", "bin/app", "./..."]);
        let gobuild = gobuild.command();
        // What is left has gobuild's own standard output too, and the test must not wait for it either.
        let line = "timeout 120 \"$@\" > said 2>&1";
        let words = ["-c", line, "sh"].map(std::ffi::OsString::from).into_iter();
        let words = words.chain([gobuild.get_program().to_owned()]);
        let done = project.run("sh", words.chain(gobuild.get_args().map(Into::into))).output();
        let left = fs::read_to_string(project.path("left")).expect("something was left");
        duct::cmd("kill", left.split_whitespace()).run().expect("all of them run still");
        let said = fs::read_to_string(project.path("said")).expect("it is text");
        assert_eq!(done.status, 0, "{question}\n{said}");
        assert!(said.contains("Finished"), "{said}");
    }
}

#[test]
fn a_closed_pipe_neither_stops_go_nor_spoils_what_it_writes() {
    // More than a pipe holds, before and behind the link.
    let talk = "i=0; while [ $i -lt 2000 ]; do echo 'a line that go says, as long as the lines of a compiler are' >&2; i=$((i+1)); done";
    let project = with_go(&format!("{talk}; real \"$@\"; {talk}"));
    let mut command = build(&project).command();
    command.stderr(std::process::Stdio::piped());
    let mut child = command.spawn().expect("gobuild can be started");
    drop(child.stderr.take());
    let status = child.wait().expect("it is a child");
    assert!(status.success(), "{status}");
    project.run(project.path("bin/app"), [""; 0]).stdout_has("hello none").check();
}
