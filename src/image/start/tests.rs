//! Whole starts, through trees made by hand.

use super::script::Flaw;
use super::*;
use crate::image::config::RunConfig;
use crate::image::read::Memory;

const ELF: &[u8] = b"\x7fELF";

fn base() -> Memory {
    Memory::new()
        .file("/bin/busybox", ELF)
        .link("/bin/sh", "/bin/busybox")
        .file("/usr/bin/env", ELF)
        .file("/usr/bin/app", ELF)
        .file("/sbin/tini", ELF)
        .file("/srv/app", ELF)
        .file("/etc/passwd", b"root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/:/bin/sh\n")
        .file("/etc/group", b"root:x:0:\napp:x:1000:\nstaff:x:50:root,app\n")
}

fn run(entrypoint: &[&str], cmd: &[&str]) -> RunConfig {
    let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    RunConfig { entrypoint: owned(entrypoint), cmd: owned(cmd), ..RunConfig::default() }
}

/// The steps in one line each, and what stays open.
fn told(tree: &Memory, run: &RunConfig) -> Vec<String> {
    let start = start(tree, run).unwrap();
    let by = |by: &By| match by {
        By::Engine => "engine".to_owned(),
        By::Wrapper { name } | By::Shell { name, .. } => name.clone(),
        By::Reader { name } => format!("{name} reads"),
        By::Line { script } => format!("#! of {script}"),
        By::EnvLine { script } => format!("env of {script}"),
        By::TooDeep { script } => format!("too deep from {script}"),
    };
    let found = |found: &Found| match found {
        Found::Missing(missing) => format!("missing {}", missing.path),
        Found::Denied(barrier) => format!("denied by {}", barrier.path),
        Found::NotAFile { path, .. } => format!("no file {path}"),
        Found::File { real, content: Content::Program, .. } => format!("program {real}"),
        Found::File { real, content: Content::Script(_), .. } => format!("script {real}"),
        Found::File { real, content: Content::Neither(flaw), .. } => format!("{flaw:?} {real}"),
        Found::File { real, content: Content::Unread(_), .. } => format!("unread {real}"),
    };
    let steps =
        start.steps.iter().map(|step| format!("{}: {}: {}", by(&step.by), step.word, found(&step.found)));
    steps.chain(start.open).collect()
}

fn shell(text: &str) -> RunConfig {
    run(&["/bin/sh", "-c", text], &[])
}

#[test]
fn entry_point_and_command_are_one_line_as_docker_has_it() {
    let tree = base();
    assert_eq!(start(&tree, &run(&["/srv/app"], &["--x"])).unwrap().command, ["/srv/app", "--x"]);
    assert_eq!(start(&tree, &run(&[], &["/srv/app"])).unwrap().command, ["/srv/app"]);
    assert!(start(&tree, &run(&[], &[])).is_none());
}

#[test]
fn words_are_found_by_path_folder_and_working_folder() {
    let tree = base();
    assert_eq!(told(&tree, &run(&["/srv/app"], &[])), ["engine: /srv/app: program /srv/app"]);
    assert_eq!(told(&tree, &run(&["app"], &[])), ["engine: app: program /usr/bin/app"]);
    assert_eq!(told(&tree, &run(&["nope"], &[])), ["engine: nope: missing nope"]);
    let at = |workdir: &str| RunConfig { workdir: Some(workdir.to_owned()), ..run(&["./app"], &[]) };
    assert_eq!(told(&tree, &at("/srv")), ["engine: ./app: program /srv/app"]);
    assert_eq!(told(&tree, &at("/none")), ["engine: ./app: missing /none/app"]);
    let path = |path: &str, word: &str| RunConfig {
        env: vec![("PATH".to_owned(), path.to_owned())],
        workdir: Some("/srv".to_owned()),
        ..run(&[word], &[])
    };
    assert_eq!(told(&tree, &path("/opt:/srv", "app")), ["engine: app: program /srv/app"]);
    assert_eq!(
        told(&tree, &path(".:/opt", "app")),
        ["engine: app: missing app"],
        "Go takes nothing beside itself"
    );
    assert_eq!(told(&tree, &run(&["/srv"], &[])), ["engine: /srv: no file /srv"]);
    assert_eq!(told(&tree, &run(&["/srv/app/x"], &[])), ["engine: /srv/app/x: missing /srv/app/x"]);
}

#[test]
fn shell_form_is_judged_as_far_as_it_is_plain() {
    let sh = "engine: /bin/sh: program /bin/busybox";
    let tree = base();
    assert_eq!(told(&tree, &shell("exec app --flag")), [sh, "sh: app: program /usr/bin/app"]);
    assert_eq!(told(&tree, &shell("A=1 /srv/app")), [sh, "sh: /srv/app: program /srv/app"]);
    assert_eq!(told(&tree, &shell("PATH=/srv app")), [sh, "sh: app: program /srv/app"]);
    let open = "`app` is looked for in a PATH that is made when it runs";
    assert_eq!(told(&tree, &shell("PATH=/srv:$PATH app")), [sh, open]);
    let open = "what /bin/sh does with `cd` is not known before it runs";
    assert_eq!(told(&tree, &shell("cd /srv && ./app")), [sh, open]);
    let open = "what /bin/sh runs after `app` was not followed";
    assert_eq!(told(&tree, &shell("app migrate && exec app")), [sh, "sh: app: program /usr/bin/app", open]);
    assert_eq!(told(&Memory::new(), &shell("app")), ["engine: /bin/sh: missing /bin/sh"]);
}

#[test]
fn wrappers_lead_on() {
    let tree = base().file("/sbin/su-exec", ELF).file("/usr/bin/mine", ELF);
    let tini = "engine: /sbin/tini: program /sbin/tini";
    assert_eq!(told(&tree, &run(&["/sbin/tini", "--"], &["app"])), [tini, "tini: app: program /usr/bin/app"]);
    assert_eq!(told(&tree, &run(&["/sbin/tini", "--", "nope"], &[])), [tini, "tini: nope: missing nope"]);
    assert_eq!(told(&tree, &run(&["/sbin/tini"], &[])), [tini]);
    let line = run(&["/sbin/tini", "--", "su-exec", "app", "sh", "-c", "exec env A=1 app"], &[]);
    assert_eq!(
        told(&tree, &line),
        [
            tini,
            "tini: su-exec: program /sbin/su-exec",
            "su-exec: sh: program /bin/busybox",
            "sh: env: program /usr/bin/env",
            "env: app: program /usr/bin/app",
        ]
    );
    let steps = start(&tree, &run(&["su-exec", "app", "app"], &[])).unwrap().steps;
    assert_eq!(steps[0].who, Some(Who { uid: 0, gids: vec![0, 50] }));
    assert_eq!(steps[1].who, Some(Who { uid: 1000, gids: vec![1000, 50] }));
    let steps = start(&tree, &run(&["su-exec", "none", "app"], &[])).unwrap().steps;
    assert!(steps[0].stranger.is_none());
    assert_eq!(steps[1].stranger.as_ref().unwrap().name, "none");
}

#[test]
fn a_script_leads_to_its_interpreter_and_no_further() {
    let tree = base()
        .file("/run.sh", b"#!/bin/sh\nexec app\n")
        .file("/crlf.sh", b"#!/bin/sh\r\nexec app\r\n")
        .file("/bash.sh", b"#!/usr/bin/env bash\n")
        .file("/env.sh", b"#!/usr/bin/env -S sh -e\n")
        .file("/text.sh", b"exec app\n");
    let open = "what /run.sh does is not known before it runs";
    let interpreter = "#! of /run.sh: /bin/sh: program /bin/busybox";
    assert_eq!(
        told(&tree, &run(&["/run.sh"], &["app"])),
        ["engine: /run.sh: script /run.sh", interpreter, open]
    );
    assert_eq!(told(&tree, &run(&["/crlf.sh"], &[]))[1..], ["#! of /crlf.sh: /bin/sh\r: missing /bin/sh\r"]);
    assert_eq!(
        told(&tree, &run(&["/bash.sh"], &[]))[1..],
        ["#! of /bash.sh: /usr/bin/env: program /usr/bin/env", "env of /bash.sh: bash: missing bash"]
    );
    assert_eq!(told(&tree, &run(&["/env.sh"], &[]))[2], "env of /env.sh: sh: program /bin/busybox");
    assert_eq!(
        told(&tree, &run(&["/text.sh"], &[])),
        [format!("engine: /text.sh: {:?} /text.sh", Flaw::NoLine)]
    );
    let read = run(&["sh", "/text.sh"], &[]);
    assert_eq!(told(&tree, &read)[1], format!("sh reads: /text.sh: {:?} /text.sh", Flaw::NoLine));
}

#[test]
fn the_kernel_follows_five_scripts() {
    let scripts = |count: usize| {
        (1..=count).fold(base(), |tree, number| {
            let next = if number == count { "/bin/sh".to_owned() } else { format!("/s{}", number + 1) };
            tree.file(&format!("/s{number}"), format!("#!{next}\n").as_bytes())
        })
    };
    assert_eq!(told(&scripts(5), &run(&["/s1"], &[]))[5], "#! of /s5: /bin/sh: program /bin/busybox");
    let deep = told(&scripts(6), &run(&["/s1"], &[]));
    assert_eq!(deep.last().unwrap(), "too deep from /s1: /bin/sh: program /bin/busybox");
}

#[test]
fn modes_count_for_the_user_that_it_runs_as() {
    let tree = base()
        .owned("/opt/mine", ELF, 0o700, (1000, 1000))
        .owned("/opt/group", ELF, 0o750, (0, 50))
        .owned("/opt/none", ELF, 0o644, (1000, 1000))
        .owned("/root/app", ELF, 0o755, (0, 0))
        .folder("/root", 0o700)
        .folder("/root/open", 0o755)
        .file("/root/open/app", ELF);
    let as_user = |user: &str, word: &str| {
        let config = RunConfig { user: Some(user.to_owned()), ..run(&[word], &[]) };
        told(&tree, &config)[0].rsplit_once(": ").unwrap().1.to_owned()
    };
    assert_eq!(as_user("root", "/opt/mine"), "program /opt/mine");
    assert_eq!(as_user("app", "/opt/mine"), "program /opt/mine");
    assert_eq!(as_user("1001", "/opt/mine"), "denied by /opt/mine");
    assert_eq!(as_user("app", "/opt/group"), "program /opt/group", "a group that lists the user");
    assert_eq!(as_user("1001:staff", "/opt/group"), "program /opt/group");
    assert_eq!(
        as_user("app:app", "/opt/group"),
        "denied by /opt/group",
        "a group of its own is the only one"
    );
    assert_eq!(as_user("1001", "/opt/group"), "denied by /opt/group");
    for user in ["0", "app"] {
        assert_eq!(as_user(user, "/opt/none"), "denied by /opt/none", "{user}");
    }
    assert_eq!(as_user("app", "/root/app"), "denied by /root");
    // The engine enters the working folder as root, and what lies above it is not passed again.
    let inside = |workdir: &str| {
        let workdir = Some(workdir.to_owned());
        let config = RunConfig { user: Some("app".to_owned()), workdir, ..run(&["./app"], &[]) };
        told(&tree, &config)[0].clone()
    };
    assert_eq!(inside("/root"), "engine: ./app: denied by /root");
    assert_eq!(inside("/root/open"), "engine: ./app: program /root/open/app");
}

#[test]
fn a_user_is_a_number_or_a_line() {
    let config = |user: &str| RunConfig { user: Some(user.to_owned()), ..run(&["app"], &[]) };
    let first = |user: &str| start(&base(), &config(user)).unwrap().steps.remove(0);
    assert_eq!(first("65532").who, Some(Who { uid: 65532, gids: vec![0] }));
    assert_eq!(first("65532:65532").who, Some(Who { uid: 65532, gids: vec![65532] }));
    assert_eq!(first("1000").who, Some(Who { uid: 1000, gids: vec![1000, 50] }));
    let stranger = first("nobody").stranger.unwrap();
    assert_eq!((stranger.name.as_str(), stranger.group), ("nobody", false));
    assert_eq!(stranger.known, ["root", "app"]);
    assert!(first("app:none").stranger.unwrap().group);
}

#[test]
fn what_came_with_the_distribution_is_told_from_the_rest() {
    let program = std::fs::read(std::env::current_exe().unwrap()).unwrap();
    let tree = Memory::new()
        .file("/opt/tool", &program)
        .file("/usr/bin/listed", &program)
        .file("/usr/bin/apk-listed", &program)
        .file("/usr/lib/data", b"no program")
        .link("/bin", "usr/bin")
        .file("/var/lib/dpkg/info/x.list", b"/.\n/bin\n/bin/listed\n")
        .file("/lib/apk/db/installed", b"P:x\nF:usr/bin\nR:apk-listed\nZ:Q1\n");
    let paths: Vec<String> = programs::all(&tree).into_iter().map(|program| program.path).collect();
    assert_eq!(paths, ["/opt/tool"]);
    let tree = Memory::new()
        .file("/usr/local/bin/tool", &program)
        .file("/usr/bin/of-the-system", &program)
        .folder("/var/lib/rpm", 0o755);
    let paths: Vec<String> = programs::all(&tree).into_iter().map(|program| program.path).collect();
    assert_eq!(paths, ["/usr/local/bin/tool"]);
}
