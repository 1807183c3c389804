//! Dockerfiles as gobuild wrote them, built without network by each of the programs that people build them with, and
//! started. What stands for the base images is made of distribution packages (`scripts/dockerfile-roots.sh`).

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tempfile::TempDir;

use crate::support::builder::{Builder, Kind};
use crate::support::project::{self, Project};
use crate::support::skip::skip;
use crate::support::tools;

/// What the service of `tests/suite/dockerfile/service` says where nothing is missing.
const WELL: &str =
    "zone: 14:00 CEST\ncertificates: true\nuser: nonroot 65532\ntemporary file: true\nfile: words\ntrue\n";

const SETTINGS: &str = "[dockerfile]\ncopy = [{ from = \"etc\", to = \"./etc\" }]\nexpose = [8080]\nhealthcheck = [\"-ask\"]\ntimezone = true\n";

/// One image of each kind.
const BASES: &[&str] = &["scratch", "gcr.io/distroless/static-debian12", "alpine:3.20", "debian:12-slim"];

/// A module that needs no network: nothing is fetched where there is `vendor/`.
fn service(toml: &str) -> Project {
    let folder = tools::checkout().join("tests/suite/dockerfile/service");
    let read = |name: &str| fs::read(folder.join(name)).expect("the service is there");
    Project::empty()
        .file("go.mod", read("go.mod"))
        .file("main.go", read("main.go"))
        .file("vendor/modules.txt", "")
        .file("etc/words", "words\n")
        .file("gobuild.toml", toml)
}

/// Writes the Dockerfile, makes the images that it names, and has the engine's own names in it; gives what gobuild
/// wrote.
pub(super) fn write(project: &Project, builder: &Builder, args: &[&str]) -> String {
    let classic: &[&str] = if builder.kind == Kind::Classic { &["--builder", "classic"] } else { &[] };
    let args = [&["dockerfile", "--output", "Dockerfile", "--ignore", "--force"], classic, args].concat();
    project.gobuild(args).stderr_any().check();
    let text = String::from_utf8(project.read("Dockerfile")).expect("a Dockerfile is text");
    let words = text.lines().filter_map(|line| line.strip_prefix("FROM "));
    let named = words.filter_map(|line| line.split(' ').find(|word| !word.starts_with("--")));
    let bases: BTreeSet<&str> = named.filter(|name| *name != "scratch").collect();
    for base in &bases {
        make(builder, base);
    }
    let renamed: Vec<String> = text
        .lines()
        .map(|line| match bases.iter().rfind(|base| line.starts_with("FROM ") && line.contains(**base)) {
            Some(base) => line.replace(base, &builder.name(base)),
            None => line.to_owned(),
        })
        .collect();
    fs::write(project.path("Dockerfile"), renamed.join("\n") + "\n").expect("a file can be written");
    text
}

/// What stands for an image.
fn make(builder: &Builder, base: &str) {
    if builder.has(base) {
        return;
    }
    if !base.starts_with("golang:") {
        let kind = ["distroless", "alpine", "debian"].into_iter().find(|kind| base.contains(kind));
        // The user is that of the pin in own-user.lock.
        let own_user: &[&str] = if base.contains('@') { &["USER 1000:1000"] } else { &[] };
        builder.import(&root(kind.expect("it is one of these")), base, own_user);
        return;
    }
    let folder = TempDir::new().expect("a temporary folder can be made");
    let kind = if base.contains("alpine") { "golang-musl" } else { "golang" };
    project::copy(&root(kind), folder.path());
    go_into(folder.path());
    let path = "ENV PATH=/usr/local/go/bin:/usr/bin:/bin";
    builder.import(folder.path(), base, &[path, "ENV GOTOOLCHAIN=local", "ENV GOCACHE=/var/cache/go"]);
}

pub(super) fn builder(kind: Kind) -> Result<Builder, String> {
    let roots = tools::fetched("dockerfile-roots");
    if !roots.join("complete").exists() {
        return Err("the roots are missing: scripts/tools.sh makes them".to_owned());
    }
    Builder::find(kind)
}

fn root(name: &str) -> std::path::PathBuf {
    tools::fetched("dockerfile-roots").join(name)
}

/// Whoever builds may keep everything to himself, and the service is another user.
fn shut(folder: &Path) {
    for entry in fs::read_dir(folder).expect("a folder can be read").flatten() {
        let mode = entry.metadata().expect("it is there").permissions().mode() & 0o700;
        fs::set_permissions(entry.path(), fs::Permissions::from_mode(mode)).expect("its mode can be set");
        if entry.path().is_dir() {
            shut(&entry.path());
        }
    }
}

/// The service in one image.
fn is_well(builder: &Builder, shape: &str, base: &str) {
    let project = service(&format!("target = \"{base}\"\n{SETTINGS}"));
    if shape == "prebuilt" {
        project.gobuild::<&str>([]).stderr_any().check();
    }
    let text = write(&project, builder, &["--shape", shape]);
    shut(&project.dir());
    let shown = format!("{:?}, {shape}, {base}\n{text}", builder.kind);
    let tag = format!("{shape}-{base}").replace('/', "-");
    builder.build(&project.dir(), &tag, &[]).unwrap_or_else(|words| panic!("{shown}\n{words}"));
    assert_eq!(builder.started(&tag, &["/app/service", "-ask"]), WELL, "{shown}");
    let (_, mode, owner) = builder.file(&tag, "/app/service");
    assert_eq!((mode, owner), (0o755, 0), "{shown}");
}

/// The service in images of each kind, with one builder.
macro_rules! services {
    ($($(#[$attribute:meta])? $name:ident: $kind:expr, $shapes:expr, $bases:expr;)*) => {$(
        #[test]
        $(#[$attribute])?
        fn $name() {
            let builder = match builder($kind) {
                Ok(builder) => builder,
                Err(reason) => skip!("{reason}"),
            };
            for base in $bases {
                for shape in $shapes {
                    is_well(&builder, shape, base);
                }
            }
        }
    )*};
}

const COPIED: [&str; 1] = ["prebuilt"];
const BOTH: [&str; 2] = ["multi-stage", "prebuilt"];

services! {
    a_copied_binary_finds_all_it_looks_for: Kind::BuildKit, COPIED, BASES;
    a_copied_binary_does_with_the_classic_builder: Kind::Classic, COPIED, ["scratch", "debian:12-slim"];
    a_copied_binary_does_with_podman: Kind::Podman, COPIED, ["alpine:3.20"];
    a_copied_binary_does_with_buildah: Kind::Buildah, COPIED, ["scratch"];
    a_stage_builds_it: Kind::BuildKit, ["multi-stage"], ["scratch"];
    #[ignore = "takes minutes: make test-matrix"]
    every_image_is_well_in_both_shapes_with_buildkit: Kind::BuildKit, BOTH, BASES;
    #[ignore = "takes minutes: make test-matrix"]
    every_image_is_well_in_both_shapes_with_the_classic_builder: Kind::Classic, BOTH, BASES;
    #[ignore = "takes minutes: make test-matrix"]
    every_image_is_well_in_both_shapes_with_podman: Kind::Podman, BOTH, BASES;
    #[ignore = "takes minutes: make test-matrix"]
    every_image_is_well_in_both_shapes_with_buildah: Kind::Buildah, BOTH, BASES;
}

/// What docker itself thinks of the service, which it asks by the health check.
#[test]
fn docker_finds_it_healthy() {
    let builder = match builder(Kind::BuildKit) {
        Ok(builder) => builder,
        Err(reason) => skip!("{reason}"),
    };
    for (args, expected) in [("-ask", "healthy"), ("-nonsense", "unhealthy")] {
        let settings = SETTINGS.replace("-ask", args);
        let project = service(&format!("target = \"scratch\"\n{settings}"));
        project.gobuild::<&str>([]).stderr_any().check();
        write(&project, &builder, &[]);
        builder.build(&project.dir(), expected, &[]).unwrap_or_else(|words| panic!("{words}"));
        assert_eq!(builder.health(expected), expected);
    }
}

/// The Dockerfile of the documentation.
#[test]
fn the_example_is_well() {
    let builder = match builder(Kind::BuildKit) {
        Ok(builder) => builder,
        Err(reason) => skip!("{reason}"),
    };
    let project = Project::example("rpc");
    project.gobuild::<&str>([]).stderr_any().check();
    write(&project, &builder, &[]);
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
    let builder = match builder(Kind::BuildKit) {
        Ok(builder) => builder,
        Err(reason) => skip!("{reason}"),
    };
    let toml = format!(
        "[target.prod]\nimage = \"scratch\"\nplatforms = [\"linux/amd64\", \"linux/arm64\", \"linux/arm/v7\"]\n{SETTINGS}"
    );
    let project = service(&toml);
    project.gobuild::<&str>([]).stderr_any().check();
    let text = write(&project, &builder, &[]);
    assert!(text.contains("service-linux-${TARGETARCH}${TARGETVARIANT}"), "{text}");
    for (platform, file) in [("linux/amd64", "amd64"), ("linux/arm64", "arm64"), ("linux/arm/v7", "armv7")] {
        let built = builder.build(&project.dir(), file, &["--platform", platform]);
        built.unwrap_or_else(|words| panic!("{platform}: {words}\n{text}"));
        let expected = project.read(&format!("service-linux-{file}"));
        assert!(builder.file(file, "/app/service").0 == expected, "{platform} has another platform's binary");
    }
}

/// An image may have a user of its own who is not root and cannot install what is missing.
#[test]
fn an_image_with_a_user_of_its_own_is_added_to() {
    let builder = match builder(Kind::BuildKit) {
        Ok(builder) => builder,
        Err(reason) => skip!("{reason}"),
    };
    let project = service(&format!("target = \"alpine:3.20\"\n{SETTINGS}user = \"65532\"\n"))
        .file("gobuild.lock", include_str!("own-user.lock"));
    project.gobuild::<&str>([]).stderr_any().check();
    let text = write(&project, &builder, &[]);
    assert!(text.contains("\nUSER 0\n"), "{text}");
    builder.build(&project.dir(), "own-user", &[]).unwrap_or_else(|words| panic!("{words}\n{text}"));
    assert_eq!(builder.started("own-user", &["/app/service", "-ask"]), WELL, "{text}");
}

/// As much of Go as a build needs, with what it makes of its own packages: that takes a minute.
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
    let (warm, cache) = (service("target = \"scratch\"\n"), tools::fetched("cache/golang-image"));
    warm.go(["build", "-o", "service", "."]).env("GOCACHE", &cache).env("CGO_ENABLED", "0").check();
    project::copy(&cache, &root.join("var/cache/go"));
}
