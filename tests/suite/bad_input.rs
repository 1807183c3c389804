//! Input that is wrong, and machines that say no: a message with a way out, the right status, and what
//! was there before is there after.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use crate::support::project::Project;
use crate::support::run::Output;
use crate::support::skip::skip;

/// The usual program, for `scratch`.
fn hello() -> Project {
    Project::hello().file("gobuild.toml", "target = \"scratch\"\n")
}

#[test]
fn a_folder_without_a_module_is_gos_to_say() {
    let project = Project::empty();
    let go = project.go(["build"]).output();
    let gobuild = project.gobuild(["--target", "alpine"]).status(go.status);
    gobuild.stderr_has(go.stderr.trim_end()).check();
    assert!(project.tree().0.is_empty(), "nothing was written");
}

#[test]
fn a_broken_go_mod_is_gos_to_say() {
    let project = hello().file("go.mod", "modul example.com/shop\n");
    let go = project.go(["build"]).output();
    assert_eq!(go.status, 1, "the module is broken");
    project.gobuild::<&str>([]).status(1).stderr_has(go.stderr.trim_end()).check();
}

#[test]
fn an_unknown_key_of_gobuild_toml_is_shown_with_its_line_and_the_nearest_name() {
    let project =
        hello().file("gobuild.toml", "[build]\ntarget = \"prod\"\n[target.prod]\nimaeg = \"alpine:3.20\"\n");
    project
        .gobuild::<&str>([])
        .status(2)
        .stderr_has("error: ")
        .stderr_has("gobuild.toml")
        .stderr_has("4 | imaeg = ")
        .stderr_has("image")
        .check();
    assert!(!project.has("shop"), "nothing was built");
}

#[test]
fn gobuild_toml_that_is_no_toml_is_refused() {
    let project = hello().file("gobuild.toml", "target = = \"scratch\"\n");
    project.gobuild::<&str>([]).status(2).stderr_has("gobuild.toml").stderr_has("target = = ").check();
    assert!(!project.has("shop"), "nothing was built");
}

/// TOML can write it, and no argument and no name of a file can hold it: said with its line, before go runs.
#[test]
fn a_nul_in_gobuild_toml_is_refused_with_its_line() {
    for line in [
        "output = \"a\\u0000b\"",
        "package = \"./a\\u0000b\"",
        "tags = [\"a\\u0000b\"]",
        "ldflags = [\"-X main.version=a\\u0000b\"]",
        "name = \"{name}\\u0000{arch}\"",
    ] {
        let project = hello().file("gobuild.toml", format!("[build]\ntarget = \"scratch\"\n{line}\n"));
        let said = project.gobuild::<&str>([]).status(2).stderr_any().check().stderr;
        assert!(said.contains("holds a NUL") && said.contains(&format!("3 | {line}")), "{said}");
        assert!(!said.contains("Building"), "{said}");
    }
}

/// A module from elsewhere must not be able to write on the terminal what it likes.
#[test]
fn control_characters_are_shown_and_not_obeyed() {
    for (text, words) in [
        ("target = \"\\u001b[2Jred\"\n", &["-o", "x"][..]),
        ("\"\\u001b[2Jred\" = 1\n", &["-o", "x"]),
        ("target = \"scratch\"\n[build]\noutput = \"\\u001b[2Jred\"\n", &[]),
    ] {
        let project = hello().file("gobuild.toml", text);
        let said = project.gobuild(["--color", "always"].iter().chain(words).copied()).output().stderr;
        assert!(said.contains("\\u{1b}[2Jred") && !said.contains("\u{1b}[2J"), "{said:?}");
    }
}

#[test]
fn gobuild_toml_that_is_not_utf8_is_refused() {
    let project = hello().file("gobuild.toml", b"target = \"\xff\"\n");
    project.gobuild::<&str>([]).status(2).stderr_has("error: ").stderr_has("gobuild.toml").check();
}

#[test]
fn gobuild_toml_that_cannot_be_read_is_refused() {
    // A folder of that name is unreadable for everybody, root included.
    let project = Project::hello().folder("gobuild.toml");
    project.gobuild(["--target", "scratch"]).status(2).stderr_has("gobuild.toml").check();
    assert!(!project.has("shop"), "nothing was built");
}

/// Puts something where gobuild looks for a file.
type Place<'a> = Box<dyn Fn() + 'a>;

/// A build that is ended where it waits for what never comes.
fn patiently(project: &Project, words: &[&str]) -> Output {
    let gobuild = project.gobuild(words.iter().copied()).command();
    let words = [OsStr::new("120"), gobuild.get_program()].into_iter().chain(gobuild.get_args());
    project.run("timeout", words).output()
}

#[test]
fn what_stands_under_a_name_that_gobuild_reads_and_is_no_file_is_said_and_not_waited_for() {
    for (name, words) in [
        ("gobuild.toml", &["--target", "scratch", "-o", "x"][..]),
        ("gobuild.lock", &["--target", "scratch", "-o", "x"]),
        ("Dockerfile", &["init"]),
    ] {
        let project = Project::hello();
        let path = project.path(name);
        let gone = format!("it is a link to {}, which is not there", project.path("gone").display());
        let mut places: Vec<(Place<'_>, &str)> = Vec::new();
        places.push((
            Box::new(|| drop(duct::cmd!("mkfifo", &path).run().expect("a pipe"))),
            "not a regular file",
        ));
        places.push((Box::new(|| symlink("/dev/zero", &path).expect("a link")), "not a regular file"));
        places.push((Box::new(|| symlink(project.path("gone"), &path).expect("a link")), &gone));
        for (place, said) in places {
            place();
            let done = patiently(&project, words);
            assert_eq!(done.status, 2, "{name}\n{}", done.stderr);
            assert!(done.stderr.contains(&format!("cannot read {name}: ")), "{}", done.stderr);
            assert!(done.stderr.contains(said), "{}", done.stderr);
            assert!(!project.has("x"), "nothing was built");
            fs::remove_file(&path).expect("it is there");
        }
    }
}

#[test]
fn a_dockerfile_that_is_no_file_names_no_target() {
    let project = Project::hello();
    duct::cmd!("mkfifo", project.path("Dockerfile")).run().expect("a pipe can be made");
    let done = patiently(&project, &["-o", "x"]);
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(done.stderr.contains("Dockerfile names no target: it is not a regular file"), "{}", done.stderr);
}

#[test]
fn a_configuration_from_a_pipe_is_read_where_it_was_typed() {
    let project = Project::hello();
    let gobuild = project.gobuild([""; 0]).command();
    let line =
        format!("echo 'target = \"scratch\"' | {} --config /dev/stdin -o x", gobuild.get_program().display());
    project.run("sh", ["-c", &line]).stderr_has("x runs in scratch").check();
    project.gobuild(["--config", "/dev/zero", "-o", "x"]).status(2).stderr_has("more than").check();
}

#[test]
fn a_configuration_that_is_not_there_is_refused() {
    let project = hello();
    project.gobuild(["--config", "nowhere.toml"]).status(2).stderr_has("nowhere.toml").check();
    assert!(!project.has("shop"), "nothing was built");
}

#[test]
fn an_image_that_nearly_is_one_is_a_mistake() {
    let project = hello();
    project
        .gobuild(["--target", "apline", "-o", "x"])
        .status(2)
        .stderr_has("apline")
        .stderr_has("alpine")
        .check();
    assert!(!project.has("x"), "nothing was built");
}

#[test]
fn a_platform_that_does_not_exist_is_refused() {
    let project = hello();
    project.gobuild(["--platform", "linux/amd46", "-o", "x"]).status(2).stderr_has("linux/amd46").check();
    assert!(!project.has("x"), "nothing was built");
}

#[test]
fn an_unknown_flag_close_to_one_of_gobuilds_is_a_suggestion() {
    let project = hello();
    project.gobuild(["--taget", "alpine"]).status(2).stderr_has("--taget").stderr_has("--target").check();
    assert!(!project.has("shop"), "nothing was built");
}

#[test]
fn a_missing_go_is_named_with_a_way_out() {
    let project = hello();
    project
        .gobuild::<&str>([])
        .env("PATH", project.top())
        .status(2)
        .stderr_has("go")
        .stderr_has("help: ")
        .check();
}

#[test]
fn a_go_that_was_named_and_is_not_there_is_refused() {
    let project = hello();
    project.gobuild(["--go", "/nowhere/go"]).status(2).stderr_has("/nowhere/go").check();
}

/// `go env`, which gobuild asks before it builds, fails where `go build` would.
#[test]
fn what_go_cannot_begin_with_ends_with_gos_words_and_status() {
    let project = hello().file("x", "\x7fELF old");
    for (name, value) in [("GOTMPDIR", "/nowhere"), ("GOTOOLCHAIN", "nonsense")] {
        let go = project.go(["build", "-o", "y"]).env(name, value).output();
        assert_ne!(go.status, 0, "{name}");
        let line = go.stderr.lines().last().expect("go says why");
        let run = project.gobuild(["--target", "scratch", "-o", "x"]).env(name, value);
        run.status(go.status).stderr_has(line).check();
        assert_eq!(project.read("x"), b"\x7fELF old");
    }
}

#[test]
fn a_syntax_error_is_gos_to_say_with_gos_status() {
    let project = hello().file("main.go", "package main\n\nfunc main() {\n").file("x", "\x7fELF old");
    let go = project.go(["build", "-o", "y"]).output();
    let said = go.stderr.lines().last().expect("go says something").to_owned();
    project.gobuild(["-o", "x"]).status(go.status).stderr_has(said).check();
    assert_eq!(project.read("x"), b"\x7fELF old");
}

#[test]
fn an_output_folder_that_may_not_be_written_is_named() {
    if rustix::process::geteuid().is_root() {
        // Root writes everywhere; the same message is reached by a folder that nobody can write to.
        let project = hello();
        let said = project.gobuild(["-o", "/proc/gobuild/x"]).output();
        assert_ne!(said.status, 0);
        assert!(said.stderr.contains("/proc/gobuild"), "{}", said.stderr);
        return;
    }
    let project = hello().folder("locked");
    let locked = project.path("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).expect("its mode can be set");
    let said = project.gobuild(["-o", "locked/x"]).output();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).expect("its mode can be set");
    assert_ne!(said.status, 0);
    assert!(said.stderr.contains("locked") && said.stderr.contains("permission denied"), "{}", said.stderr);
    assert!(!project.has("locked/x"));
}

#[test]
fn a_file_that_is_no_object_is_not_replaced() {
    let project = hello().file("notes.txt", "keep me\n");
    project.gobuild(["-o", "notes.txt"]).status(1).stderr_has("notes.txt").check();
    assert_eq!(project.read("notes.txt"), b"keep me\n");
}

#[test]
fn names_with_spaces_and_in_other_scripts_are_names() {
    let project = hello();
    for name in ["my shop", "ショップ", "-shop", "a'b\"c$d"] {
        project.gobuild([format!("-o={name}")]).stderr_any().check();
        assert!(project.has(name), "{name}");
    }
}

#[test]
fn a_name_that_is_not_utf8_is_a_name() {
    let project = hello();
    let name = OsString::from_vec(b"sh\xffp".to_vec());
    project.gobuild([OsString::from("-o"), name.clone()]).stderr_any().check();
    assert!(project.path(name).exists());
}

#[test]
fn a_platform_of_another_system_than_the_images_is_refused() {
    let project = Project::hello().file(
        "gobuild.toml",
        "[target.win]\nimage = \"alpine:3.20\"\nplatforms = [\"linux/amd64\", \"windows/amd64\"]\n",
    );
    let typed = ["--target", "alpine:3.20", "--platform", "windows/amd64", "-o", "x"];
    for line in [&typed[..], &["--target", "win", "-o", "x"]] {
        let run = project.gobuild(line.iter().copied()).status(2);
        run.stderr_has("error: the platform windows/amd64 contradicts the image alpine:3.20\n")
            .stderr_has("  alpine:3.20 runs linux programs\n")
            .stderr_has("  help: name a platform of the image: linux/amd64\n")
            .check();
        assert!(!project.has("x"), "nothing was built");
    }
    project.go(["build", "-o", "x.exe", "."]).env("GOOS", "windows").check();
    let verify = ["verify", "x.exe", "--target", "alpine:3.20", "--platform", "windows/amd64"];
    project.gobuild(verify).status(2).stderr_has("contradicts the image alpine:3.20").check();
}

#[test]
fn a_package_of_gobuild_toml_that_go_would_read_as_a_flag_is_refused() {
    let elsewhere = Project::empty();
    let past = elsewhere.path("unproven");
    for package in [format!("-o={}", past.display()), "-toolexec=x".to_owned()] {
        let text = format!("target = \"scratch\"\n[build]\npackage = \"{package}\"\n");
        let project = Project::hello().file("gobuild.toml", text);
        let run = project.gobuild(["-o", "x"]).status(2);
        run.stderr_has("begins with a dash").stderr_has("3 | package = ").check();
        assert!(!project.has("x") && !past.exists(), "nothing was built");
    }
}

#[test]
fn a_folder_of_c_that_is_not_there_is_named() {
    let project = hello();
    for (folder, why) in [("nowhere", "no such file or directory"), ("main.go", "not a directory")] {
        let said = format!("error: cannot change to the folder of -C, {folder}: {why}\n");
        project.gobuild(["-C", folder, "-o", "x"]).status(2).stderr(said).check();
    }
}

#[test]
fn gos_warnings_are_said_once() {
    let project = hello().folder("empty");
    let said = project.gobuild(["./empty/..."]).output();
    assert_eq!(said.stderr.matches("matched no packages").count(), 1, "{}", said.stderr);
}

#[test]
fn a_full_disk_leaves_what_was_there() {
    let project = hello().folder("full").file("keep", "\x7fELF old");
    let full = project.path("full");
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"]).arg(&full).output();
    if !mount.is_ok_and(|done| done.status.success()) {
        skip!("a small file system cannot be mounted here");
    }
    let unmount = Unmount(&full);
    fs::copy(project.path("keep"), full.join("x")).expect("a small file fits");
    let said = project.gobuild(["-o", "full/x"]).output();
    let left: Vec<_> =
        fs::read_dir(&full).expect("the folder can be read").flatten().map(|f| f.file_name()).collect();
    let content = fs::read(full.join("x")).expect("it is still there");
    drop(unmount);

    assert_eq!(said.status, 2, "{}", said.stderr);
    assert!(said.stderr.contains("no space left on device"), "{}", said.stderr);
    assert_eq!(content, b"\x7fELF old");
    assert_eq!(left, ["x"], "no half of a file stays");
}

/// Unmounts when dropped, so that the temporary folder can go.
struct Unmount<'a>(&'a std::path::Path);

impl Drop for Unmount<'_> {
    fn drop(&mut self) {
        let done = Command::new("umount").arg(self.0).output();
        assert!(done.is_ok_and(|done| done.status.success()), "{} can be unmounted", self.0.display());
    }
}
