//! Archives and layouts with every feature of layers.

use serde_json::{Value, json};

use super::{inspect, path};
use crate::support::container::Engine;
use crate::support::layers::{Layer, Layout, gzip, saved};
use crate::support::project::Project;
use crate::support::root::Root;
use crate::support::skip::skip;

const CERTIFICATE: &[u8] = b"-----BEGIN CERTIFICATE-----\n";

fn config() -> Value {
    json!({
        "Entrypoint": ["/app"], "Cmd": ["--serve"], "User": "65532", "WorkingDir": "/srv",
        "Env": ["PATH=/bin", "LD_LIBRARY_PATH=/opt/lib"],
    })
}

/// What three layers of three packings leave.
fn layers() -> Vec<Vec<u8>> {
    vec![
        Layer::new()
            .file("etc/passwd", b"root:x:0:0::/:/bin/sh\n")
            .file("etc/ssl/certs/ca-certificates.crt", CERTIFICATE)
            .file("bin/busybox", b"#!/x\n")
            .hard("bin/sh", "bin/busybox")
            .file("usr/share/zoneinfo/Europe/Berlin", b"TZif2")
            .tar(),
        Layer::new().file("etc/.wh.passwd", b"").file("usr/share/zoneinfo/.wh..wh..opq", b"").gzip(),
        Layer::new().file("etc/nsswitch.conf", b"hosts: files dns\n").file("bin/.wh.busybox", b"").zstd(),
    ]
}

/// The image that these layers are.
fn holds(image: &Value) {
    assert_eq!(image["users"], json!([]), "hidden by a whiteout");
    assert_eq!(image["zoneinfo"], false, "hidden by an opaque folder");
    assert_eq!(image["shell"], "/bin/sh", "the second name of a file whose first is gone");
    assert_eq!((&image["ca_certificates"], &image["nsswitch"]), (&json!(true), &json!(true)));
    assert_eq!(image["run"]["entrypoint"], json!(["/app"]));
    assert_eq!((&image["run"]["user"], &image["run"]["workdir"]), (&json!("65532"), &json!("/srv")));
}

#[test]
fn an_archive_of_docker_save_is_read() {
    let document = json!({ "os": "linux", "architecture": "amd64", "config": config() });
    let archive = saved("corp/app:1", &document, &layers());
    let project = Project::empty().file("app.tar", &archive).file("app.tar.gz", gzip(&archive));
    for name in ["app.tar", "app.tar.gz"] {
        let read = &inspect(&project, &[name])[0];
        holds(&read["image"]);
        assert_eq!(read["image"]["name"], "corp/app:1");
        assert_eq!(read["image"]["platforms"], json!(["linux/amd64"]));
        assert_eq!(read["root"]["library_path"], json!(["/opt/lib"]));
        assert!(read["digest"].as_str().unwrap().starts_with("sha256:"));
    }
}

/// Two platforms behind an index in the index, with an attestation and a platform that is not there.
fn two_platforms() -> Layout {
    let mut layout = Layout::default();
    let amd64 = layout.image("linux/amd64", &config(), &layers());
    let arm = layout.image("linux/arm/v7", &json!(null), &[Layer::new().file("etc/passwd", b"").gzip()]);
    let mut attestation = layout.image("unknown/unknown", &json!(null), &[]);
    attestation["annotations"] = json!({ "vnd.docker.reference.type": "attestation-manifest" });
    let mut elsewhere = amd64.clone();
    elsewhere["digest"] = json!(format!("sha256:{}", "0".repeat(64)));
    let index = json!({ "schemaVersion": 2, "manifests": [amd64, arm, attestation, elsewhere] });
    let digest = layout.blob(index.to_string().as_bytes());
    layout.name(json!({ "digest": digest }), "docker.io/corp/app:1");
    layout
}

#[test]
fn a_layout_gives_every_platform_or_the_one_that_is_wanted() {
    let project = Project::empty().file("app.tar", two_platforms().tar()).folder("layout");
    two_platforms().write(&project.path("layout"));
    for name in ["app.tar", "layout"] {
        let all = inspect(&project, &[name]);
        let platforms: Vec<&Value> = all.iter().map(|read| &read["image"]["platforms"][0]).collect();
        assert_eq!(platforms, ["linux/amd64", "linux/arm/v7"]);
        holds(&all[0]["image"]);
        assert_eq!(all[1]["image"]["ca_certificates"], false);
        let one = inspect(&project, &[name, "--platform", "linux/arm/v7"]);
        assert_eq!((one.len(), &one[0]["image"]["platforms"][0]), (1, &json!("linux/arm/v7")));
        project
            .gobuild(["image", "inspect", name, "--platform", "linux/s390x"])
            .status(2)
            .stderr_has("has nothing for linux/s390x")
            .stderr_has("linux/amd64, linux/arm/v7")
            .check();
    }
}

/// One archive and one layout under each spelling, and one of two images by its name or tag.
#[test]
fn a_source_is_written_as_the_container_tools_write_it() {
    let mut layout = Layout::default();
    for (name, user) in [("docker.io/corp/app:1", "1000"), ("docker.io/corp/app:2", "2000")] {
        let image =
            layout.image("linux/amd64", &json!({ "User": user }), &[Layer::new().file("a", b"").tar()]);
        layout.name(image, name);
    }
    let project = Project::empty().file("app.tar", layout.tar()).folder("layout").folder("root");
    layout.write(&project.path("layout"));
    for source in [
        "docker-archive:app.tar:corp/app:2",
        "oci-archive:app.tar:docker.io/corp/app:2",
        "oci:layout:corp/app:2",
    ] {
        let read = inspect(&project, &[source]);
        assert_eq!((read.len(), &read[0]["image"]["run"]["user"]), (1, &json!("2000")), "{source}");
    }
    assert_eq!(inspect(&project, &["dir:root"])[0]["image"]["name"], "root");
    for (source, words) in [
        ("app.tar", "app.tar holds several images"),
        ("oci:layout:corp/app:3", "layout has no image corp/app:3"),
        ("oci:root", "cannot read root: it is no OCI layout"),
        ("docker-daemon:corp/none:1", "no local engine has the image corp/none:1"),
        ("docker://corp/none:1", "docker pull corp/none:1"),
    ] {
        let run = project.gobuild(["image", "inspect", source]).env("PATH", "/nowhere");
        run.status(2).stderr_has(words).check();
    }
}

#[test]
fn the_tar_of_a_root_file_system_is_an_image_without_configuration() {
    let root = Root::of("musl");
    let project = Project::empty().file("root.tar.gz", Layer::new().folder(root.path()).gzip());
    let image = inspect(&project, &["root.tar.gz"])[0]["image"].clone();
    let folder = inspect(&project, &[&path(root.path())])[0]["image"].clone();
    assert_eq!((&image["libc"], &image["libraries"]), (&folder["libc"], &folder["libraries"]));
    assert_eq!(image["run"], Value::Null);
}

#[test]
fn a_binary_is_held_against_the_platform_that_it_is_for() {
    let root = Root::of("musl");
    let mut layout = Layout::default();
    let musl = Layer::new().folder(root.path()).gzip();
    let host =
        gobuild::platform::Platform::linux(if cfg!(target_arch = "aarch64") { "arm64" } else { "amd64" });
    for (platform, layer) in [(host.to_string(), musl), ("linux/s390x".to_owned(), Layer::new().tar())] {
        let descriptor = layout.image(&platform, &json!({}), &[layer]);
        layout.name(descriptor, "corp/app:1");
    }
    let project = Project::hello().file("app.tar", layout.tar()).file(
        "gobuild.toml",
        format!("[target.prod]\nimage = \"corp/app:1\"\narchive = \"app.tar\"\nplatforms = [\"{host}\"]\n"),
    );
    project.go(["build", "-o", "static"]).env("CGO_ENABLED", "0").stderr_any().check();
    project.go(["build", "-o", "pie", "-buildmode=pie"]).env("CGO_ENABLED", "0").stderr_any().check();
    let line = ["verify", "--image", "app.tar", "static"];
    project.gobuild(line).stdout_has(format!("accepted for corp/app:1 on {host}")).check();
    project
        .gobuild(["verify", "--image", "app.tar", "pie"])
        .status(3)
        .stdout_any()
        .stderr_has("GB201")
        .check();
    project.gobuild(["verify", "pie"]).status(3).stdout_any().stderr_has("GB201").check();
    project.gobuild(["-o", "out/rpc"]).stderr_any().check();
    assert!(project.has("out/rpc"));
    // The archive has no third platform.
    project
        .gobuild(["-o", "out/x", "--platform", "linux/riscv64"])
        .status(2)
        .stderr_has(format!("corp/app:1 is for {host}, not for linux/riscv64"))
        .check();
}

#[test]
fn an_image_of_the_local_engine_is_saved_and_read() {
    let Some(engine) = Engine::find() else { skip!("no container engine answers") };
    let root = Root::of("musl");
    let image = engine.import(root.path());
    let project = Project::empty();
    let environment = [("DOCKER_HOST", std::env::var_os("DOCKER_HOST").unwrap_or_default())];
    let run = project.gobuild(["image", "inspect", "--message-format", "json", image.name()]);
    let run = environment.iter().fold(run, |run, (name, value)| run.env(name, value));
    let output = run.stdout_any().check();
    let read: Value = serde_json::from_str(output.stdout.trim()).unwrap();
    let folder = inspect(&project, &[&path(root.path())])[0]["image"].clone();
    assert_eq!(
        (&read["image"]["libc"], &read["image"]["libraries"]),
        (&folder["libc"], &folder["libraries"])
    );
    assert_eq!(read["image"]["name"], image.name());
}

#[test]
fn an_image_that_no_engine_has_says_what_each_answered() {
    let project = Project::empty();
    project
        .gobuild(["image", "inspect", "corp/none:1"])
        .env("PATH", "/nowhere")
        .status(2)
        .stderr_has("no local engine has the image corp/none:1")
        .stderr_has("podman: not found")
        .stderr_has("docker save -o image.tar corp/none:1")
        .check();
}
