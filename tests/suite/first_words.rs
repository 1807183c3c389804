//! What people type first, as they type it, and the nearest right answer to it.

use snapbox::str;

use crate::support::project::Project;

/// The line is refused with status 2, and each of the parts is said.
fn refused(project: &Project, line: &str, parts: &[&str]) {
    let said = project.gobuild(line.split(' ')).output();
    assert_eq!(said.status, 2, "gobuild {line}: {}", said.stderr);
    assert_eq!(said.stdout, "", "gobuild {line}");
    for part in parts {
        assert!(said.stderr.contains(part), "gobuild {line} does not say {part:?}: {}", said.stderr);
    }
}

#[test]
fn a_verb_with_a_slip_in_it() {
    Project::hello()
        .gobuild(["verfy", "shop"])
        .status(2)
        .stderr(str![[r"
error: neither gobuild nor go has a command `verfy`
  help: did you mean `gobuild verify`?
  help: if it is a package: gobuild -o bin/ ./verfy

"]])
        .check();
    let project = Project::hello();
    refused(&project, "tset ./...", &["did you mean `gobuild test`?"]);
    refused(&project, "--target alpine biuld", &["did you mean `gobuild build`?"]);
    // The way that is named for a package, and the one for a package of Go's own.
    let project = project.file("verfy/main.go", "package main\n\nfunc main() {}\n");
    project.gobuild(["-o", "bin/", "./verfy"]).stderr_has("Finished bin/verfy").check();
    project.gobuild(["build", "verfy"]).status(1).stderr_has("package verfy is not in std").check();
}

#[test]
fn flags_of_other_tools() {
    let project = Project::hello();
    let builds = |line: &str| {
        project.gobuild(line.split(' ')).stdout_any().stderr_any().check();
    };
    refused(&project, "--jobs 4", &["error: unknown flag `--jobs`", "go's flag is `-p`, as in `-p 4`"]);
    builds("-p 4");
    refused(&project, "--dry-run --target alpine .", &["`gobuild plan` prints", "go's own `-n`"]);
    builds("plan --target alpine .");
    builds("-n --target alpine .");
    refused(&project, "--output x", &["error: unknown flag `--output`", "go's flag is `-o`"]);
    refused(&project, ". --output=x", &["go's flag is `-o`"]);
    builds("-o bin/");
    assert!(project.has("bin/shop"));
    refused(&project, "--image alpine:3.20", &["`--target alpine:3.20`"]);
    builds("--target alpine:3.20");
    assert!(!project.has("x"));
}

#[test]
fn a_platform_without_its_system() {
    let project = Project::hello();
    let answer = "did you mean `--platform linux/arm64`?";
    refused(&project, "--platform arm64", &["`arm64` is not a platform", answer]);
    refused(&project, "plan --target alpine --platform=aarch64", &[answer]);
    refused(&project, "--platform arm/v7", &["did you mean `--platform linux/arm/v7`?"]);
    project.gobuild(["plan", "--platform", "linux/arm64"]).stdout_has("GOARCH=arm64").check();
}

#[test]
fn an_image_in_the_place_of_a_binary() {
    let project = Project::hello().file("root/etc/passwd", "");
    project.run("tar", ["-cf", "app.tar", "main.go"]).check();
    project.run("tar", ["-czf", "app.tar.gz", "main.go"]).check();
    for archive in ["app.tar", "app.tar.gz"] {
        let help = format!("help: if it holds an image: gobuild verify --image {archive}\n");
        refused(&project, &format!("verify {archive}"), &["is an archive, not a program", &help]);
        refused(&project, &format!("verify {archive} --target alpine"), &[&help]);
    }
    refused(
        &project,
        "verify root",
        &["cannot read root: is a directory", "gobuild verify FILE --rootfs root"],
    );
}

#[test]
fn a_folder_in_the_place_of_a_dockerfile() {
    let from = |image: &str| format!("FROM {image}\nCOPY shop /shop\nUSER 65532\nENTRYPOINT [\"/shop\"]\n");
    let project = Project::hello()
        .file("Dockerfile", from("alpine:3.22"))
        .file("deploy/Dockerfile.dev", from("debian:12"))
        .file("deploy/api.Dockerfile", from("scratch"))
        .file("deploy/Dockerfile.dev.dockerignore", "*\n")
        .file("deploy/old/Dockerfile", from("scratch"))
        .folder("empty");
    let linted = |line: &[&str]| {
        let said = project.gobuild(["lint"].iter().chain(line).copied()).output();
        assert!([0, 3].contains(&said.status), "{line:?}: {}", said.stderr);
        let files = said.stdout.lines().map(|line| line.split(':').next().unwrap_or_default().to_owned());
        files.collect::<Vec<_>>()
    };
    assert_eq!(linted(&["."]), ["Dockerfile"]);
    assert_eq!(
        linted(&["deploy", "Dockerfile"]),
        ["deploy/Dockerfile.dev", "deploy/api.Dockerfile", "Dockerfile"]
    );
    refused(&project, "lint empty", &["error: there is no Dockerfile in empty", "gobuild lint empty/FILE"]);
}

#[test]
fn several_checks_to_explain() {
    let anywhere = Project::empty();
    let page = |id: &str| anywhere.gobuild(["explain", id]).stdout_any().check().stdout;
    let both = anywhere.gobuild(["explain", "GB301", "GB302"]).stdout_any().check().stdout;
    assert_eq!(both, page("GB301") + &page("GB302"));
    assert_eq!(anywhere.gobuild(["explain", "gb301,gb302"]).stdout_any().check().stdout, both);
    refused(&anywhere, "explain GB301 GB999", &["error: there is no check `GB999`", "\n  GB601 "]);
    // A message without quotes stays one.
    anywhere.gobuild(["explain", "exec", "format", "error"]).stdout_has("exec format error").check();
}

#[test]
fn a_check_that_is_not_there() {
    let project = Project::hello().file("Dockerfile", "FROM scratch\n");
    for line in ["lint --allow GB9999", "--allow GB9999", "lint --deny certificates"] {
        refused(
            &project,
            line,
            &["there is no check `", "\n  GB101 ", "\n  GB601 ", "\n  GB628 ", "\n  GB707 "],
        );
    }
    refused(&project, "lint --allow GB6011", &["did you mean `GB601`?"]);
}
