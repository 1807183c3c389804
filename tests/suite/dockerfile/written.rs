//! What is written over, what is refused, and what is said.

use std::fs;

use snapbox::str;

use crate::support::project::Project;
use crate::support::tools;

fn module(toml: &str) -> Project {
    Project::hello().file("gobuild.toml", toml)
}

#[test]
fn the_page_shows_what_the_example_gives() {
    let project = Project::example("rpc");
    let text = project.gobuild(["dockerfile"]).stdout_any().stderr_any().check().stdout;
    let page = fs::read_to_string(tools::checkout().join("docs/dockerfile.md")).unwrap();
    let block = page.split("```dockerfile\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(text, block);
}

#[test]
fn the_same_state_gives_the_same_text() {
    let project = Project::example("rpc");
    let first = project.gobuild(["dockerfile"]).stdout_any().stderr_any().check().stdout;
    let second = project.gobuild(["dockerfile"]).stdout_any().stderr_any().check().stdout;
    assert_eq!(first, second);
}

#[test]
fn own_output_is_written_again_and_edits_are_kept() {
    let project = module("target = \"scratch\"\n");
    let write = || project.gobuild(["dockerfile", "--output", "Dockerfile"]);
    write().stderr_has("Wrote Dockerfile").check();
    let first = project.read("Dockerfile");
    write().stderr_has("Unchanged Dockerfile").check();
    assert_eq!(project.read("Dockerfile"), first);

    let project = project.file("gobuild.toml", "target = \"scratch\"\n[dockerfile]\nexpose = [8080]\n");
    let write = || project.gobuild(["dockerfile", "--output", "Dockerfile"]);
    write().stderr_has("Wrote Dockerfile").check();
    let second = String::from_utf8(project.read("Dockerfile")).unwrap();
    assert!(second.contains("EXPOSE 8080"), "{second}");

    let edited = second.replace("8080", "9090");
    let project = project.file("Dockerfile", &edited);
    let write = || project.gobuild(["dockerfile", "--output", "Dockerfile"]);
    write()
        .status(2)
        .stderr(str![[r"
...
error: Dockerfile was written or changed by somebody else, so it is kept
  the hash on its first line does not match its text
  help: see what would change: gobuild dockerfile | diff Dockerfile -
  help: overwrite it: --force

"]])
        .check();
    assert_eq!(project.read("Dockerfile"), edited.as_bytes());
    project
        .gobuild(["dockerfile", "--output", "Dockerfile", "--force"])
        .stderr_has("Wrote Dockerfile")
        .check();
    assert_eq!(project.read("Dockerfile"), second.as_bytes());
}

#[test]
fn somebody_elses_dockerfile_is_kept_and_nothing_else_is_written() {
    let project = module("target = \"scratch\"\n").file("Dockerfile", "FROM scratch\n");
    let before = project.tree();
    let refused = project.gobuild(["dockerfile", "--output", "Dockerfile", "--ignore"]).status(2);
    refused.stderr_has("Dockerfile was written or changed by somebody else").check();
    assert_eq!(project.tree().since(&before), Vec::<String>::new());
}

#[test]
fn dockerignore_names_what_is_sent() {
    let project =
        module("target = \"scratch\"\n[dockerfile]\ncopy = [{ from = \"./etc/\", to = \"./etc\" }]\n");
    project.gobuild(["dockerfile", "--output", "Dockerfile", "--ignore"]).stderr_any().check();
    let text = String::from_utf8(project.read(".dockerignore")).unwrap();
    assert!(text.ends_with("\n*\n!shop\n!etc\n"), "{text}");
    let built = ["dockerfile", "--shape", "multi-stage", "--output", "Dockerfile", "--ignore"];
    project.gobuild(built).stderr_any().check();
    let text = String::from_utf8(project.read(".dockerignore")).unwrap();
    assert!(text.contains("\n.git\n") && text.contains("\nshop\n"), "{text}");
}

#[test]
fn the_finished_binary_says_what_it_looks_for() {
    let project = module("target = \"scratch\"\n").file(
        "main.go",
        "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n\t\"time\"\n)\n\nfunc main() { fmt.Println(time.LoadLocation(os.Args[1])) }\n",
    );
    // Of the packages nobody can tell, and that is said.
    let run =
        project.gobuild(["dockerfile"]).stderr_has("scratch has no time zones; whether the binary loads any");
    assert!(!run.stdout_any().check().stdout.contains("zoneinfo"));
    project.gobuild::<&str>([]).stderr_any().check();
    let run = project.gobuild(["dockerfile"]).stderr_has("what the binary looks for was read from shop");
    let run = run.stderr_has("time zones are copied into the image; the other way is to link them in");
    assert!(run.stdout_any().check().stdout.contains("COPY --from=files /usr/share/zoneinfo/"));
    // The other way.
    project.gobuild(["-tags", "timetzdata"]).stderr_any().check();
    let run = project.gobuild(["dockerfile"]).stderr_has("time zones are linked into the binary");
    assert!(!run.stdout_any().check().stdout.contains("zoneinfo"));
}

#[test]
fn a_pinned_image_is_named_by_its_digest() {
    let digest = format!("sha256:{}", "1".repeat(64));
    let project = module("target = \"alpine:3.20\"\n");
    let folder = crate::support::layers::Layer::new().file("lib/ld-musl-x86_64.so.1", b"\x7fELF");
    let mut layout = crate::support::layers::Layout::default();
    let image = layout.image("linux/amd64", &serde_json::json!({}), &[folder.tar()]);
    let own = image["digest"].as_str().unwrap().to_owned();
    layout.name(image, "alpine:3.20");
    layout.write(&project.path("image"));
    project.gobuild(["image", "pin", "alpine:3.20", "--image", "image"]).stderr_any().check();
    let text = project.gobuild(["dockerfile"]).stdout_any().stderr_any().check().stdout;
    assert!(text.contains(&format!("\nFROM alpine:3.20@{own}\n")), "{text}");
    // A pin of one platform is not the image of several.
    let several = ["dockerfile", "--platform", "linux/amd64,linux/amd64/v3"];
    let text = project.gobuild(several).stdout_any().stderr_any().check().stdout;
    assert!(text.contains("\nFROM alpine:3.20\n"), "{text}");
    // A reference that has a digest keeps it.
    let target = format!("alpine:3.20@{digest}");
    let text = project.gobuild(["dockerfile", "--target", &target]).stdout_any().stderr_any().check().stdout;
    assert!(text.contains(&format!("\nFROM {target}\n")), "{text}");
}

#[test]
fn what_cannot_be_is_refused_with_a_way_out() {
    for (toml, args, message) in [
        ("", &[][..], "nothing names the image to write a Dockerfile for"),
        ("target = \"scratch\"\n[dockerfile]\nuser = \"app\"\n", &[], "scratch has no user `app`"),
        (
            "target = \"scratch\"\n[dockerfile]\npackages = [\"curl\"]\n",
            &[],
            "packages cannot be installed in scratch",
        ),
        (
            "target = \"nanoserver\"\n[image.nanoserver]\nfrom = \"mcr.microsoft.com/windows/nanoserver:ltsc2022\"\n",
            &[],
            "is for Windows",
        ),
        ("target = \"scratch\"\n[build]\noutput = \"../rpc\"\n", &[], "is outside the build context"),
        (
            "[target.prod]\nimage = \"scratch\"\nplatforms = [\"linux/arm\", \"linux/amd64\"]\n",
            &[],
            "write linux/arm/v7",
        ),
        (
            "[target.prod]\nimage = \"scratch\"\nplatforms = [\"linux/amd64\", \"linux/arm64\"]\n",
            &["--builder", "classic"],
            "the classic builder makes an image of one platform\n  prod lists linux/amd64, linux/arm64\n",
        ),
        ("target = \"scratch\"\n", &["--template", "none"], "cannot read none: no such file or directory"),
        ("target = \"scratch\"\n[dockerfile]\nuser = \"a b\"\n", &[], "`a b` is not a user"),
        (
            "target = \"scratch\"\n[dockerfile]\nargs = [\"a\\nb\"]\n",
            &[],
            "a value of [dockerfile] has a line end in it",
        ),
    ] {
        let project = module(toml);
        let run = project.gobuild([&["dockerfile"], args].concat()).status(2);
        run.stderr_has(message).check();
    }
}

#[test]
fn a_broken_template_shows_its_line() {
    let project = module("target = \"scratch\"\n").file("mine", "FROM {{ image.name }}\n{{ imaeg }}\n");
    project
        .gobuild(["dockerfile", "--template", "mine"])
        .status(2)
        .stderr_has("the template cannot be filled in: `imaeg` is undefined")
        .stderr_has("  --> mine:2")
        .check();
}

#[test]
fn json_has_the_text() {
    let project = module("target = \"scratch\"\n");
    let line =
        project.gobuild(["dockerfile", "--message-format", "json"]).stdout_any().stderr_any().check().stdout;
    let value: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!((value["reason"].as_str(), value["shape"].as_str()), (Some("dockerfile"), Some("prebuilt")));
    assert!(value["text"].as_str().unwrap().contains("\nFROM scratch\n"));
}
