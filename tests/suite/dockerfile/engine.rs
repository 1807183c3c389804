//! Dockerfiles as gobuild wrote them, built by a container engine without network, and started. What stands for
//! the base images is made of distribution packages (`scripts/fetch-dockerfile-roots.sh`); the engine has it
//! under names of its own, so that no image of the machine is touched.

use std::fs;
use std::path::Path;

use crate::support::builder::Builder;
use crate::support::project::{self, Project};
use crate::support::skip::skip;
use crate::support::tools;

/// What the service of `tests/suite/dockerfile/service` says where nothing is missing.
const WELL: &str =
    "zone: 14:00 CEST\ncertificates: true\nuser: nonroot 65532\ntemporary file: true\nfile: words\ntrue\n";

const SETTINGS: &str =
    "[dockerfile]\ncopy = [{ from = \"etc\", to = \"./etc\" }]\nexpose = [8080]\nhealthcheck = [\"-ask\"]\n";

fn service(toml: &str) -> Project {
    let folder = tools::checkout().join("tests/suite/dockerfile/service");
    let read = |name: &str| fs::read(folder.join(name)).expect("the service is there");
    Project::empty()
        .file("go.mod", read("go.mod"))
        .file("main.go", read("main.go"))
        .file("etc/words", "words\n")
        .file("gobuild.toml", toml)
}

/// Writes the Dockerfile and has the engine's own names in it; gives what gobuild wrote.
fn write(project: &Project, builder: &Builder, args: &[&str], bases: &[&str]) -> String {
    let args = [&["dockerfile", "--output", "Dockerfile", "--ignore", "--force"], args].concat();
    project.gobuild(args).stderr_any().check();
    let text = String::from_utf8(project.read("Dockerfile")).expect("a Dockerfile is text");
    let renamed = text.lines().map(|line| {
        match bases.iter().find(|base| line.starts_with("FROM") && line.contains(**base)) {
            Some(base) => line.replace(base, &builder.name(base)),
            None => line.to_owned(),
        }
    });
    let renamed: Vec<String> = renamed.collect();
    fs::write(project.path("Dockerfile"), renamed.join("\n") + "\n").expect("a file can be written");
    text
}

fn builder() -> Result<Builder, String> {
    let builder = Builder::find()?;
    let roots = tools::fetched("dockerfile-roots");
    if !roots.join("complete").exists() {
        return Err("the roots are missing: scripts/fetch-dockerfile-roots.sh makes them".to_owned());
    }
    Ok(builder)
}

fn root(name: &str) -> std::path::PathBuf {
    tools::fetched("dockerfile-roots").join(name)
}

/// A copied binary in each kind of image.
#[test]
fn a_copied_binary_finds_all_it_looks_for() {
    let builder = match builder() {
        Ok(builder) => builder,
        Err(reason) => skip!("{reason}"),
    };
    let newest = "alpine:3.24";
    for (base, root_name, files_from) in [
        ("scratch", None, Some(newest)),
        ("gcr.io/distroless/static-debian12", Some("distroless"), None),
        ("alpine:3.20", Some("alpine"), None),
        ("debian:12-slim", Some("debian"), None),
    ] {
        let project = service(&format!("target = \"{base}\"\n{SETTINGS}"));
        project.gobuild::<&str>([]).stderr_any().check();
        let bases: Vec<&str> = root_name.map(|_| base).into_iter().chain(files_from).collect();
        for image in &bases {
            builder.import(&root(root_name.unwrap_or("alpine")), image, &[]);
        }
        let text = write(&project, &builder, &[], &bases);
        builder
            .build(&project.dir(), base_tag(base), &[])
            .unwrap_or_else(|words| panic!("{base}: {words}\n{text}"));
        let said = builder.started(base_tag(base), &["/app/service", "-ask"]);
        assert_eq!(said, WELL, "{base}\n{text}");
    }
}

/// A tag for what is built.
fn base_tag(base: &str) -> &'static str {
    match base {
        "scratch" => "on-scratch",
        "alpine:3.20" => "on-alpine",
        "debian:12-slim" => "on-debian",
        _ => "on-distroless",
    }
}

/// The Dockerfile of the documentation.
#[test]
fn the_example_is_well() {
    let builder = match builder() {
        Ok(builder) => builder,
        Err(reason) => skip!("{reason}"),
    };
    let project = Project::example("rpc");
    project.gobuild::<&str>([]).stderr_any().check();
    builder.import(&root("alpine"), "alpine:3.20", &[]);
    write(&project, &builder, &[], &["alpine:3.20"]);
    builder.build(&project.dir(), "rpc", &[]).unwrap_or_else(|words| panic!("{words}"));
    assert_eq!(builder.started("rpc", &["/app/rpc", "-healthy"]), "");
    assert_eq!(
        builder.started("rpc", &["/app/rpc", "-check"]),
        "rpc 1.0.0: healthy, zone Europe/Amsterdam\n"
    );
}

/// Two platforms from one context, one of them another machine's: nothing of it is started while it is built.
#[test]
fn another_platform_needs_no_emulation() {
    let builder = match builder() {
        Ok(builder) => builder,
        Err(reason) => skip!("{reason}"),
    };
    let toml = format!(
        "[target.prod]\nimage = \"scratch\"\nplatforms = [\"linux/amd64\", \"linux/arm64\", \"linux/arm/v7\"]\n{SETTINGS}"
    );
    let project = service(&toml);
    project.gobuild::<&str>([]).stderr_any().check();
    builder.import(&root("alpine"), "alpine:3.24", &[]);
    let text = write(&project, &builder, &[], &["alpine:3.24"]);
    assert!(text.contains("service-linux-${TARGETARCH}${TARGETVARIANT}"), "{text}");
    for (platform, file) in [("linux/amd64", "amd64"), ("linux/arm64", "arm64"), ("linux/arm/v7", "armv7")] {
        let built = builder.build(&project.dir(), file, &["--platform", platform]);
        built.unwrap_or_else(|words| panic!("{platform}: {words}\n{text}"));
        let expected = project.read(&format!("service-linux-{file}"));
        assert!(builder.file(file, "/app/service") == expected, "{platform} has another platform's binary");
    }
}

/// An image may have a user of its own who is not root and cannot install what is missing.
#[test]
fn an_image_with_a_user_of_its_own_is_added_to() {
    let builder = match builder() {
        Ok(builder) => builder,
        Err(reason) => skip!("{reason}"),
    };
    let lock = include_str!("own-user.lock");
    let digest = format!("@sha256:{}", "1".repeat(64));
    let project = service(&format!("target = \"alpine:3.20\"\n{SETTINGS}user = \"65532\"\n"))
        .file("gobuild.lock", lock);
    project.gobuild::<&str>([]).stderr_any().check();
    let base = format!("alpine:3.20{digest}");
    builder.import(&root("alpine"), &base, &["USER 1000:1000"]);
    let text = write(&project, &builder, &[], &[&base]);
    builder.build(&project.dir(), "own-user", &[]).unwrap_or_else(|words| panic!("{words}\n{text}"));
    assert_eq!(builder.started("own-user", &["/app/service", "-ask"]), WELL, "{text}");
}

/// A stage builds it: vendored, since there is no network, in an image made of this machine's Go.
#[test]
fn a_stage_builds_it() {
    let builder = match builder() {
        Ok(builder) => builder,
        Err(reason) => skip!("{reason}"),
    };
    let folder = tempfile::TempDir::new().expect("a temporary folder can be made");
    project::copy(&root("golang"), folder.path());
    go_into(folder.path());
    let toml = format!("target = \"scratch\"\n{SETTINGS}timezone = true\n");
    let project = service(&toml).file("vendor/modules.txt", "");
    let golang = "golang:1.22-bookworm";
    let path = "PATH=/usr/local/go/bin:/usr/bin:/bin";
    builder.import(folder.path(), golang, &[&format!("ENV {path}"), "ENV GOTOOLCHAIN=local"]);
    let text = write(&project, &builder, &["--shape", "multi-stage"], &[golang]);
    builder.build(&project.dir(), "built", &[]).unwrap_or_else(|words| panic!("{words}\n{text}"));
    assert_eq!(builder.started("built", &["/app/service", "-ask"]), WELL, "{text}");
}

/// As much of Go as a build needs.
fn go_into(root: &Path) {
    let go = tools::go().canonicalize().expect("go is there");
    let from = go.parent().and_then(Path::parent).expect("go is in bin of its root");
    let to = root.join("usr/local/go");
    for folder in ["bin", "pkg", "src", "lib"] {
        project::copy(&from.join(folder), &to.join(folder));
    }
    for file in ["VERSION", "go.env"] {
        fs::copy(from.join(file), to.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
}
