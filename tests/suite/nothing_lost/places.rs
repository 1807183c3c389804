//! Odd places: no room, no right to write, links, programs that run, clocks that are wrong.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use super::OLD;
use crate::support::project::Project;
use crate::support::run::{Output, Run};
use crate::support::skip::skip;

fn build(project: &Project) -> Run {
    project.gobuild(["--target", "scratch", "-o", "bin/app"])
}

fn works(project: &Project, path: &str) {
    project.run(project.path(path), [""; 0]).stdout_has("hello none").check();
}

/// Runs it in a mount namespace of its own, after one line of shell and before another; none where this user
/// may not.
fn with_mounts(project: &Project, run: &Run, before: &str, after: &str) -> Option<Output> {
    with_mounts_and(project, run, before, after, &[])
}

/// The same with variables.
fn with_mounts_and(
    project: &Project,
    run: &Run,
    before: &str,
    after: &str,
    variables: &[(&str, PathBuf)],
) -> Option<Output> {
    let allowed = Command::new("unshare").args(["-rm", "true"]).stderr(Stdio::null()).status();
    if !allowed.is_ok_and(|status| status.success()) {
        return None;
    }
    let command = run.command();
    let script = format!("{before}\n\"$@\"\nstatus=$?\n{after}\nexit $status");
    let mut words: Vec<OsString> = ["-rm", "sh", "-c"].map(OsString::from).into();
    words.extend([script.into(), "sh".into(), command.get_program().to_owned()]);
    words.extend(command.get_args().map(ToOwned::to_owned));
    let run = project.run("unshare", words);
    Some(variables.iter().fold(run, |run, (name, value)| run.env(name, value)).output())
}

/// What happens where a folder is a small file system.
fn on_a_small_disk(folder: &str, size: &str) {
    let project = Project::hello().file("old", OLD).folder("bin");
    let at = project.top().join(folder);
    fs::create_dir_all(&at).expect("a folder can be made");
    let before =
        format!("mount -t tmpfs -o size={size} none '{}' && cd . && cp old bin/app || exit 94", at.display());
    let after = "cmp -s old bin/app || exit 95; [ \"$(ls bin)\" = app ] || exit 96";
    let Some(done) = with_mounts(&project, &build(&project), &before, after) else {
        skip!("no permission to mount a small file system");
    };
    assert!(![0, 94, 95, 96].contains(&done.status), "{folder}: {}\n{}", done.status, done.stderr);
    assert!(done.stderr.to_lowercase().contains("no space left on device"), "{folder}: {}", done.stderr);
    // With room again it goes on as if nothing had been.
    let _ = fs::remove_file(project.path("bin/app"));
    build(&project).stderr_any().check();
    works(&project, "bin/app");
}

#[test]
fn a_disk_that_is_full_while_publishing_leaves_the_old_file() {
    on_a_small_disk("work/bin", "64k");
}

#[test]
fn a_disk_that_is_full_while_staging_leaves_the_old_file() {
    on_a_small_disk("home/.cache", "256k");
}

/// Whichever write it is that finds no room: a state, a lock, the link, the copy.
#[test]
fn a_disk_that_is_full_at_any_write_costs_nothing() {
    let whole = Project::hello();
    build(&whole).stderr_any().check();
    let size = fs::metadata(whole.path("bin/app")).expect("it is there").len() / 1024;
    let (mut built, mut full) = (0, 0);
    // The cache and the output are on the one disk: the program is there twice at most, and what is kept.
    let sizes = (1..=12).map(|pages| pages * 4).chain((1..=20).map(|part| 48 + size * part * 5 / 4 / 10));
    for kilobytes in sizes {
        let project = Project::hello().file("old", OLD).folder("disk");
        let at = project.path("disk");
        let before = format!(
            "mount -t tmpfs -o size={kilobytes}k none '{0}' && mkdir '{0}/bin' && cp old '{0}/bin/app' || exit 94",
            at.display()
        );
        let after = "[ \"$(ls -A disk/bin)\" = app ] || exit 95\n\
                     if [ $status = 0 ]; then [ \"$(disk/bin/app)\" = 'hello none' ] || exit 96\n\
                     else cmp -s old disk/bin/app || exit 97; fi\n\
                     mount -o remount,size=100m disk\n\
                     \"$@\" 2>/dev/null || exit 98\n\
                     [ \"$(disk/bin/app)\" = 'hello none' ] || exit 99";
        let run = project.gobuild(["--target", "scratch", "-o", "disk/bin/app"]);
        let Some(done) =
            with_mounts_and(&project, &run, &before, after, &[("GOBUILD_CACHE", at.join("cache"))])
        else {
            skip!("no permission to mount a small file system");
        };
        match done.status {
            0 => built += 1,
            1 | 2 => {
                full += 1;
                assert!(done.stderr.contains("no space left on device"), "{kilobytes}k: {}", done.stderr);
            }
            other => panic!("{kilobytes}k: status {other}\n{}", done.stderr),
        }
    }
    assert!(built > 0 && full > 10, "{built} were built, {full} found no room");
}

/// As `docker run --read-only --tmpfs /tmp`: neither the module nor a home can be written.
#[test]
fn where_only_tmp_can_be_written_it_builds_there() {
    let project = Project::hello();
    let (top, tmp) = (project.top().display(), project.top().join("tmp"));
    fs::create_dir(&tmp).expect("a folder can be made");
    let output = tmp.join("app");
    let run = project.gobuild(["--target", "scratch", "-o", output.to_str().expect("text")]);
    let variables = [
        ("GOBUILD_CACHE", tmp.join("cache")),
        ("TMPDIR", tmp.clone()),
        ("HOME", "/nonexistent".into()),
        ("XDG_CACHE_HOME", "/nonexistent".into()),
    ];
    let before = format!(
        "mount --bind '{top}' '{top}' && mount -o remount,ro,bind '{top}' && mount -t tmpfs none '{top}/tmp' \\
         && cd \"$PWD\" || exit 94"
    );
    let after = format!(
        "touch here ../here 2>/dev/null && exit 95\n\
         [ \"$('{top}/tmp/app')\" = 'hello none' ] || exit 96\n[ \"$(ls -A '{top}/tmp')\" = 'app\ncache' ] || exit 97"
    );
    let Some(done) = with_mounts_and(&project, &run, &before, &after, &variables) else {
        skip!("no permission to mount");
    };
    assert_eq!(done.status, 0, "{}", done.stderr);
}

#[test]
fn a_module_that_nobody_may_write_builds_elsewhere() {
    let project = Project::hello();
    let output = project.top().join("elsewhere");
    let run = project.gobuild(["--target", "scratch", "-o", output.to_str().expect("text")]);
    let before = "mount --bind . . && mount -o remount,ro,bind . && cd \"$PWD\" || exit 94";
    let Some(done) = with_mounts(&project, &run, before, "touch here 2>/dev/null && exit 95") else {
        skip!("no permission to mount")
    };
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(output.exists());
}

#[test]
fn a_cache_that_nobody_may_write_is_an_error_with_a_way_out() {
    let project = Project::hello().file("bin/app", OLD);
    fs::create_dir_all(project.top().join("home/.cache")).expect("a folder can be made");
    let before = "mount -t tmpfs -o ro none ../home/.cache || exit 94";
    let Some(done) = with_mounts(&project, &build(&project), before, "") else {
        skip!("no permission to mount")
    };
    assert_eq!(done.status, 2, "{}", done.stderr);
    assert!(done.stderr.contains("GOBUILD_CACHE"), "{}", done.stderr);
    assert_eq!(project.read("bin/app"), OLD);
}

#[test]
fn without_a_home_it_says_what_is_missing_and_builds_where_it_is_told() {
    let project = Project::hello();
    for home in [None, Some(""), Some("relative")] {
        let run = |cache: Option<PathBuf>| {
            let mut command = build(&project).command();
            for name in ["HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
                command.env_remove(name);
            }
            command.envs(home.map(|home| ("HOME", home))).envs(cache.map(|cache| ("GOBUILD_CACHE", cache)));
            let done = command.output().expect("gobuild can be started");
            (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
        };
        let (status, said) = run(None);
        assert_eq!(status, Some(2), "{said}");
        assert!(said.contains("export GOBUILD_CACHE=") && !project.has("relative"), "{said}");
        let (status, said) = run(Some(project.top().join("cache")));
        assert_eq!(status, Some(0), "{said}");
    }
}

#[test]
fn a_clock_that_was_set_back_costs_no_wrong_file() {
    let project = Project::hello();
    build(&project).stderr_any().check();
    let future = SystemTime::now() + Duration::from_hours(24 * 365);
    for path in ["bin/app", "main.go", "go.mod"] {
        let file = fs::File::options().append(true).open(project.path(path)).expect("it is there");
        file.set_modified(future).expect("the time can be set");
    }
    build(&project).stderr_any().check();
    works(&project, "bin/app");
    // A change with an older time than everything that is kept.
    let project = project.file("main.go", "package main\n\nfunc main() { print(\"\"); println(\"new\") }\n");
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let file = fs::File::options().append(true).open(project.path("main.go")).expect("it is there");
    file.set_modified(old).expect("the time can be set");
    build(&project).stderr_any().check();
    project.run(project.path("bin/app"), [""; 0]).stderr_has("new").check();
}

#[test]
fn a_link_a_second_name_and_a_program_that_runs_are_replaced_and_what_they_led_to_stays() {
    let project = Project::hello().file("kept", OLD).folder("bin");
    symlink(project.path("kept"), project.path("bin/app")).expect("a link can be made");
    build(&project).stderr_any().check();
    assert_eq!(project.read("kept"), OLD);
    works(&project, "bin/app");

    fs::remove_file(project.path("bin/app")).expect("it is there");
    fs::hard_link(project.path("kept"), project.path("bin/app")).expect("a link can be made");
    build(&project).stderr_any().check();
    assert_eq!(project.read("kept"), OLD);

    fs::remove_file(project.path("bin/app")).expect("it is there");
    fs::copy("/bin/sleep", project.path("bin/app")).expect("a program can be copied");
    let mut running = Command::new(project.path("bin/app")).arg("60").spawn().expect("it can be started");
    build(&project).stderr_any().check();
    assert!(running.try_wait().expect("it is a child").is_none(), "the running program was ended");
    running.kill().and_then(|()| running.wait()).expect("it can be ended");
    works(&project, "bin/app");
}

#[test]
fn the_mode_is_that_of_a_new_file_under_a_narrow_umask() {
    let project = Project::hello();
    let command = build(&project).command();
    let mut words: Vec<OsString> = vec!["-c".into(), "umask 077; exec \"$@\"".into(), "sh".into()];
    words.push(command.get_program().to_owned());
    words.extend(command.get_args().map(ToOwned::to_owned));
    project.run("sh", words).stderr_any().check();
    let mode = |path: &Path| fs::metadata(path).expect("it is there").mode() & 0o777;
    assert_eq!(mode(&project.path("bin/app")), 0o700);
    assert_eq!(mode(&project.top().join("home/.cache/gobuild")), 0o700);
}

#[test]
fn an_output_of_somebody_else_is_replaced_where_the_folder_is_ours() {
    let project = Project::hello().folder("bin");
    fs::copy("/bin/true", project.path("bin/app")).expect("a program can be copied");
    if std::os::unix::fs::chown(project.path("bin/app"), Some(12345), Some(12345)).is_err() {
        skip!("only root can give a file away");
    }
    build(&project).stderr_any().check();
    works(&project, "bin/app");
    let own = fs::metadata(project.path("main.go")).expect("it is there").uid();
    assert_eq!(fs::metadata(project.path("bin/app")).expect("it is there").uid(), own);
}

/// In a folder that is somebody else's, or that everybody may write to, somebody else could put a program where
/// one is proven and published.
#[test]
fn a_cache_that_others_may_change_is_refused() {
    let project = Project::hello().file("bin/app", OLD);
    let cache = project.top().join("shared");
    let into = |expected: i32| {
        let done = build(&project).env("GOBUILD_CACHE", &cache).output();
        assert_eq!(done.status, expected, "{}", done.stderr);
        done.stderr
    };
    let open = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("its mode can be set");
    };
    fs::create_dir(&cache).expect("a folder can be made");
    open(&cache, 0o777);
    let said = into(2);
    assert!(said.contains("everybody may write to it") && said.contains("chmod o-w "), "{said}");
    open(&cache, 0o755);
    into(0);
    open(&cache.join("stage"), 0o777);
    assert!(into(2).contains("everybody may write to it"));
    // What asks and keeps nothing that is published goes on without it.
    project.gobuild(["plan"]).env("GOBUILD_CACHE", &cache).stdout_any().check();
    open(&cache.join("stage"), 0o700);
    into(0);
    fs::write(project.path("bin/app"), OLD).expect("it can be written");
    for path in [cache.clone(), cache.join("stage")] {
        let own = fs::metadata(&path).expect("it is there").uid();
        if std::os::unix::fs::chown(&path, Some(12345), None).is_err() {
            skip!("only root can give a folder away");
        }
        let said = into(2);
        assert!(said.contains("it belongs to another user (12345)"), "{said}");
        assert!(said.contains("export GOBUILD_CACHE="), "{said}");
        assert_eq!(project.read("bin/app"), OLD);
        std::os::unix::fs::chown(&path, Some(own), None).expect("it can be taken back");
    }
    into(0);
}

#[test]
fn nothing_that_is_kept_is_open_to_others() {
    let project = Project::hello();
    build(&project).stderr_any().check();
    let mut folders = vec![project.top().join("home/.cache/gobuild")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("it can be read") {
            let entry = entry.expect("it can be read");
            let metadata = entry.metadata().expect("it is there");
            let mode = metadata.permissions().mode() & 0o7777;
            assert_eq!(mode & 0o022, 0, "{} has mode {mode:o}", entry.path().display());
            seen += 1;
            if metadata.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    assert!(seen > 3);
}
