//! What is said of a whole image: for people, as JSON, over several platforms.

use serde_json::{Value, json};

use super::kitchen::{Shape, programs};
use crate::support::layers::{Layer, Layout};
use crate::support::project::Project;

fn lines(stdout: &str) -> Vec<Value> {
    stdout.lines().map(|line| serde_json::from_str(line).expect("a line is an object")).collect()
}

#[test]
fn people_read_what_starts_and_why_it_does_not() {
    let shape = Shape::new("x", &["./rpc", "--serve"]).workdir("/srv").user("65532");
    let shape = shape.program("srv/rpc", "static", 0o744, 0);
    let project = Project::empty().file("app.tar", shape.archive("corp/app:1"));
    project
        .gobuild(["verify", "--image", "app.tar"])
        .status(3)
        .stdout(
            "corp/app:1 on linux/amd64 starts ./rpc --serve as 65532 in /srv\n\
             /srv/rpc: rejected for corp/app:1 on linux/amd64: not executable\n",
        )
        .stderr(
            "error[GB703]: the user that the image runs as may not execute /srv/rpc\n\
             \x20 corp/app:1 starts  ./rpc\n\
             \x20 /srv/rpc has mode  0744   (owner 0, group 0)\n\
             \x20 corp/app:1 runs as uid 65532, gid 0\n\
             \x20 in a pod this reads: exec: \"./rpc\": permission denied: unknown\n\
             \x20 help: COPY --chmod=755 rpc /srv/rpc\n",
        )
        .check();
}

#[test]
fn a_script_is_followed_to_its_interpreter_and_the_rest_is_said_once() {
    let shape = Shape::new("x", &["/run.sh"])
        .file("run.sh", "#!/bin/sh\nexec \"$@\"\n")
        .program("bin/sh", "static", 0o755, 0);
    let project = Project::empty().file("app.tar", shape.archive("corp/app:1"));
    project
        .gobuild(["verify", "--image", "app.tar"])
        .stdout(
            "corp/app:1 on linux/amd64 starts /run.sh as root in /\n\
             /run.sh: accepted for corp/app:1 on linux/amd64: a script for /bin/sh\n\
             /bin/sh: accepted for corp/app:1 on linux/amd64: static\n",
        )
        .stderr(
            "note: corp/app:1: what /run.sh does is not known before it runs; --every-file judges every program that \
             is in it\n",
        )
        .check();
}

#[test]
fn json_has_the_start_and_a_verdict_for_each_file() {
    let shape = Shape::new("x", &["/bin/sh", "-c", "exec tool"]).program("bin/sh", "static", 0o755, 0);
    let project = Project::empty().file("app.tar", shape.archive("corp/app:1"));
    let output =
        project.gobuild(["verify", "--image", "app.tar", "--message-format", "json"]).stdout_any().check();
    let said = lines(&output.stdout);
    let reasons: Vec<&Value> = said.iter().map(|object| &object["reason"]).collect();
    assert_eq!(reasons, ["start", "verdict", "verdict", "finished"]);
    assert_eq!(said[0]["command"], json!(["/bin/sh", "-c", "exec tool"]));
    let second = json!({
        "word": "tool", "by": "shell", "starter": "sh",
        "file": "/usr/local/bin/tool", "real": "/usr/local/bin/tool",
    });
    assert_eq!(said[0]["steps"][1], second);
    assert_eq!(said[2]["file"], "/usr/local/bin/tool");
    assert_eq!((&said[2]["accepted"], &said[3]["status"]), (&json!(true), &json!(0)));
}

/// An image of two platforms: right for the first, the first's program for the second.
fn two_platforms() -> Layout {
    let mut layout = Layout::default();
    let layer = || Layer::new().owned("app", &programs()["static"], 0o755, (0, 0)).gzip();
    for platform in ["linux/amd64", "linux/arm64"] {
        let descriptor = layout.image(platform, &json!({ "Entrypoint": ["/app"] }), &[layer()]);
        layout.name(descriptor, "corp/app:1");
    }
    layout
}

#[test]
fn every_platform_is_judged_and_one_can_be_selected() {
    let project = Project::empty().file("app.tar", two_platforms().tar()).folder("layout");
    two_platforms().write(&project.path("layout"));
    for name in ["app.tar", "layout"] {
        project
            .gobuild(["verify", "--image", name])
            .status(3)
            .stdout_has("/app: accepted for corp/app:1 on linux/amd64: static\n")
            .stdout_has("/app: rejected for corp/app:1 on linux/arm64: static\n")
            .stderr_has("error[GB103]")
            .stderr_has("exec /app: exec format error")
            .check();
        project
            .gobuild(["verify", "--image", name, "--platform", "linux/amd64"])
            .stdout(
                "corp/app:1 on linux/amd64 starts /app as root in /\n\
                 /app: accepted for corp/app:1 on linux/amd64: static\n",
            )
            .check();
        project
            .gobuild(["verify", "--image", name, "--platform", "linux/s390x"])
            .status(2)
            .stderr_has("has nothing for linux/s390x")
            .check();
    }
}

#[test]
fn an_image_that_names_nothing_says_how_to_name_a_file() {
    let shape = Shape::new("x", &[]);
    let project = Project::empty().file("app.tar", shape.archive("corp/app:1")).folder("root");
    project
        .gobuild(["verify", "--image", "app.tar"])
        .status(2)
        .stderr(
            "error: corp/app:1 names nothing to start\n\
             \x20 its configuration has neither an entry point nor a command\n\
             \x20 help: name the file to judge: gobuild verify FILE --image app.tar\n\
             \x20 help: or judge every program in it: --every-file\n",
        )
        .check();
    project
        .gobuild(["verify", "--rootfs", "root", "--platform", "linux/amd64"])
        .status(2)
        .stderr_has("root names nothing to start")
        .stderr_has("without an image's configuration")
        .check();
    project.gobuild(["verify"]).status(2).stderr_has("FILE").check();
    project
        .gobuild(["verify", "app", "--image", "app.tar", "--every-file"])
        .status(2)
        .stderr_has("--every-file")
        .check();
}

#[test]
fn every_file_judges_what_was_copied_in_and_not_what_came_with_the_distribution() {
    let pie = &programs()["pie"];
    let shape = Shape::new("x", &["/app"])
        .file("opt/sidecar", pie)
        .file("usr/lib/data", "no program")
        .file("lib/apk/db/installed", "P:x\nF:usr/sbin\nR:listed\n")
        .file("usr/sbin/listed", elf_without_go());
    let project = Project::empty().file("app.tar", shape.archive("corp/app:1"));
    project.gobuild(["verify", "--image", "app.tar"]).stdout_any().check();
    let output = project
        .gobuild(["verify", "--image", "app.tar", "--every-file"])
        .status(3)
        .stdout_has("/app: accepted for")
        .stdout_has("/opt/sidecar: rejected for corp/app:1 on linux/amd64: dynamic")
        .stdout_has("/usr/local/bin/tool: accepted for")
        .stderr_has("error[GB201]")
        .check();
    assert!(!output.stdout.contains("listed") && !output.stdout.contains("data"), "{}", output.stdout);
    assert_eq!(output.stdout.matches("/app: ").count(), 1, "{}", output.stdout);
}

/// A program without Go's record: the gobuild that is tested.
fn elf_without_go() -> Vec<u8> {
    std::fs::read(env!("CARGO_BIN_EXE_gobuild")).expect("the program can be read")
}

#[test]
fn an_allowed_check_only_warns() {
    let shape = Shape::new("x", &["/nope"]);
    let project = Project::empty().file("app.tar", shape.archive("corp/app:1"));
    project
        .gobuild(["verify", "--image", "app.tar", "--allow", "entry-point-missing"])
        .stdout_has("/nope: accepted for")
        .stderr_has("warning[GB701]")
        .check();
}
