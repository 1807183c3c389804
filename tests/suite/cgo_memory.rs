//! The look at the packages is remembered, and every change that could make another answer makes a new one.
//! Processes are counted by a go that notes each start.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

use crate::support::project::Project;
use crate::support::run::Output;
use crate::support::tools;

/// A module with a go that counts beside it.
pub(crate) struct Counted {
    pub(crate) project: Project,
    go: PathBuf,
}

impl Counted {
    pub(crate) fn new(project: Project) -> Self {
        Self::with_go_in(project, "counting")
    }

    /// The same module, with a go of another path.
    pub(crate) fn with_another_go(self) -> Self {
        Self::with_go_in(self.project, "counting-too")
    }

    /// Puts another file at the path of go.
    pub(crate) fn replace_go(&self) {
        let text = fs::read_to_string(&self.go).expect("the script can be read");
        fs::remove_file(&self.go).expect("the script can be removed");
        fs::write(&self.go, text + "# another\n").expect("a script can be written");
        fs::set_permissions(&self.go, fs::Permissions::from_mode(0o755)).expect("its mode can be set");
    }

    fn with_go_in(project: Project, folder: &str) -> Self {
        let root = project.top().join(folder);
        fs::create_dir_all(root.join("bin")).expect("a folder can be made");
        // As every distribution of Go has it: what has none may start another go tomorrow, and is asked anew.
        fs::write(root.join("VERSION"), "counting\n").expect("a file can be written");
        let go = root.join("bin/go");
        let script = format!(
            "#!/bin/sh\necho \"$1\" >> '{}'\nexec '{}' \"$@\"\n",
            project.top().join("starts").display(),
            tools::go().display()
        );
        fs::write(&go, script).expect("a script can be written");
        fs::set_permissions(&go, fs::Permissions::from_mode(0o755)).expect("its mode can be set");
        Self { project, go }
    }

    /// Builds for scratch: which verbs of go were started, in order, and what was said.
    fn build(&self, args: &[&str], cgo: Option<&str>) -> (String, Output) {
        self.build_with(args, &[("CGO_ENABLED", cgo.unwrap_or_default())])
    }

    /// The same with variables.
    pub(crate) fn build_with(&self, args: &[&str], env: &[(&str, &str)]) -> (String, Output) {
        let starts = self.project.top().join("starts");
        let _ = fs::remove_file(&starts);
        // A file system notes a time only so finely, and what is too new is not remembered.
        std::thread::sleep(std::time::Duration::from_millis(30));
        let go = self.go.to_str().expect("a temporary folder is text");
        let line = ["--go", go, "--target", "scratch"].into_iter().chain(args.iter().copied());
        let run = self.project.gobuild(line);
        let output = env.iter().fold(run, |run, (name, value)| run.env(name, value)).output();
        let verbs = fs::read_to_string(starts).unwrap_or_default();
        (verbs.split_whitespace().collect::<Vec<_>>().join(" "), output)
    }

    fn verbs(&self, args: &[&str]) -> String {
        self.build(args, None).0
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.project.path(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
}

pub(crate) const WITH_C: &str =
    "package lib\n\n// int one(void) { return 1; }\nimport \"C\"\n\nvar One = int(C.one())\n";
pub(crate) const LIB: &str = "package lib\n\nvar Two = 2\n";

fn app() -> Counted {
    let project = Project::empty()
        .file("go.mod", "module example.com/app\n\ngo 1.22\n")
        .file(
            "main.go",
            "package main\n\nimport \"example.com/app/lib\"\n\nfunc main() { println(lib.Two) }\n",
        )
        .file("lib/lib.go", LIB)
        .file("lib/extra.go", "//go:build extra\n\npackage lib\n");
    let app = Counted::new(project);
    assert_eq!(app.verbs(&["-o", "app"]), "env list build");
    app
}

#[test]
fn a_build_with_nothing_to_do_starts_go_build_alone() {
    let app = app();
    for _ in 0..3 {
        assert_eq!(app.verbs(&["-o", "app"]), "build");
    }
    let stored = Project::empty()
        .file("go.mod", "module example.com/c\n\ngo 1.22\n")
        .file("main.go", "package main\n\nimport \"C\"\n\nfunc main() {}\n");
    let c = Counted::new(stored);
    // Whether there is a compiler for scratch here or not: the packages are looked at twice, and only once.
    let looks = || c.verbs(&["-o", "c"]).replace("build", "").trim().to_owned();
    assert_eq!(looks(), "env list list");
    assert_eq!(looks(), "");
}

#[test]
fn each_change_that_can_bring_c_is_seen() {
    let app = app();
    let seen = |what: &str| {
        let (verbs, output) = app.build(&["-o", "app"], Some("0"));
        assert!(verbs.starts_with("list"), "{what}: {verbs}");
        assert!(output.stderr.contains("loses its C half"), "{what}: {}", output.stderr);
    };
    let gone = |path: &str| fs::remove_file(app.project.path(path)).expect("it can be removed");
    let quiet = || {
        let (_, output) = app.build(&["-o", "app"], Some("0"));
        assert!(!output.stderr.contains("loses its C half"), "{}", output.stderr);
    };
    quiet();

    app.write("lib/c.go", WITH_C);
    seen("a new file");
    gone("lib/c.go");
    quiet();

    app.write("lib/extra.go", WITH_C);
    seen("a tag line that went away, in a file that was ignored");
    app.write("lib/extra.go", "//go:build extra\n\npackage lib\n");
    quiet();

    app.write("other/c.go", &WITH_C.replace("package lib", "package other"));
    app.write("other/pure.go", "package other\n");
    app.write("lib/lib.go", "package lib\n\nimport _ \"example.com/app/other\"\n\nvar Two = 2\n");
    seen("a new import");
    app.write("lib/lib.go", LIB);
    quiet();
}

/// What is behind the imports of a file makes no difference to what belongs to a build; all before it may.
#[test]
fn a_change_behind_the_imports_asks_nothing() {
    let app = app();
    let changed = LIB.replace("Two = 2", "Two = 2 // two");
    app.write("lib/lib.go", &changed);
    assert_eq!(app.verbs(&["-o", "app"]), "build");
    // As editors write: another file in its place.
    app.write("lib/lib.go.new", &changed.replace("2 //", "1 + 1 //"));
    fs::rename(app.project.path("lib/lib.go.new"), app.project.path("lib/lib.go")).expect("a rename");
    assert_eq!(app.verbs(&["-o", "app"]), "build");
    for before in
        ["//go:build linux\n\npackage lib", "// A comment.\npackage lib", "package lib\n\nimport _ \"fmt\""]
    {
        app.write("lib/lib.go", &LIB.replace("package lib", before));
        assert_eq!(app.verbs(&["-o", "app"]), "list build", "{before}");
        assert_eq!(app.verbs(&["-o", "app"]), "build", "{before}");
    }
    // What cannot be read is no Go file that anything is known of.
    app.write("lib/lib.go", "package lib\n\nimport \"fmt\nvar Two = 2\n");
    assert!(app.verbs(&["-o", "app"]).starts_with("list"));
}

#[test]
fn what_cgo_is_told_above_an_import_asks_again() {
    let app = app();
    app.write("lib/c.go", WITH_C);
    let build = || app.build(&["-o", "app"], Some("0")).0;
    assert_eq!(build(), "env list list build");
    assert_eq!(build(), "build");
    app.write("lib/c.go", &WITH_C.replace("var One", "var Number, One = 1, int(C.one()) // "));
    assert_eq!(build(), "build");
    app.write("lib/c.go", &WITH_C.replace("// int", "// #cgo LDFLAGS: -lz\n// int"));
    assert_eq!(build(), "list list build");
}

#[test]
fn a_module_from_elsewhere_counts_like_ones_own() {
    let project = Project::empty()
        .file("go.mod", "module example.com/app\n\ngo 1.22\n\nrequire example.com/near v0.0.0\n\nreplace example.com/near => ./near\n")
        .file("near/go.mod", "module example.com/near\n\ngo 1.22\n")
        .file("near/near.go", "package near\n")
        .file("main.go", "package main\n\nimport _ \"example.com/near\"\n\nfunc main() {}\n");
    let app = Counted::new(project);
    assert_eq!(app.verbs(&["-o", "app"]), "env list build");
    assert_eq!(app.verbs(&["-o", "app"]), "build");
    app.write("near/c.go", &WITH_C.replace("package lib", "package near"));
    let (verbs, output) = app.build(&["-o", "app"], Some("0"));
    assert!(
        verbs.contains("list") && output.stderr.contains("example.com/near"),
        "{verbs} {}",
        output.stderr
    );
}

#[test]
fn tags_and_workspaces_are_other_questions() {
    let app = app();
    assert_eq!(app.verbs(&["-tags=extra", "-o", "app"]), "list build");
    assert_eq!(app.verbs(&["-o", "app"]), "build");
    app.write("go.work", "go 1.22\n\nuse .\n");
    assert!(app.verbs(&["-o", "app"]).contains("list"));
    assert_eq!(app.verbs(&["-o", "app"]), "build");
    app.write("go.mod", "module example.com/app\n\ngo 1.22\n\n// touched\n");
    assert!(app.verbs(&["-o", "app"]).contains("list"));
}

#[test]
fn a_pattern_sees_a_package_that_is_new() {
    let app = app();
    // A folder that comes with the first result would be one more place to look.
    fs::create_dir(app.project.path("bin")).expect("a folder can be made");
    assert!(app.verbs(&["-o", "bin/", "./..."]).starts_with("list"));
    assert_eq!(app.verbs(&["-o", "bin/", "./..."]), "build");
    app.write("deep/down/main.go", "package main\n\nimport \"C\"\n\nfunc main() {}\n");
    let (verbs, output) = app.build(&["-o", "bin/", "./..."], Some("0"));
    // Go leaves out of a pattern what cannot be built.
    assert!(verbs.contains("list list"), "{verbs}");
    assert!(output.stderr.contains("example.com/app/deep/down loses its C half"), "{}", output.stderr);
}

#[test]
fn a_file_that_is_embedded_changes_nothing_about_c() {
    let project = Project::hello()
        .file("embed.go", "package main\n\nimport _ \"embed\"\n\n//go:embed text\nvar text string\n")
        .file("text", "one");
    let app = Counted::new(project);
    assert_eq!(app.verbs(&["-o", "app"]), "env list build");
    app.write("text", "two");
    assert_eq!(app.verbs(&["-o", "app"]), "build");
}

#[test]
fn what_go_cannot_list_it_says_itself() {
    let app = app();
    app.write("lib/broken.go", "package lib\n\nimport _ \"example.com/nowhere\"\n");
    let (_, ours) = app.build(&["-o", "app"], None);
    let go = Command::new(tools::go())
        .args(["build", "-o", "app"])
        .current_dir(app.project.dir())
        .envs(tools::go_environment())
        .env("CGO_ENABLED", "0")
        .output()
        .expect("go runs");
    assert_eq!(Some(ours.status), go.status.code());
    let theirs = String::from_utf8_lossy(&go.stderr);
    assert!(ours.stderr.ends_with(&*theirs), "{}\n---\n{theirs}", ours.stderr);
}
