//! What the remembered look at the packages depends on beside their own files: modules, workspaces, flags,
//! variables, go itself. Each change brings C, so that an old answer would be a wrong one.

use std::fs;

use crate::cgo_memory::{Counted, LIB, WITH_C};
use crate::support::project::Project;

const OFF: (&str, &str) = ("CGO_ENABLED", "0");
const MAIN: &str = "package main\n\nimport _ \"example.com/near\"\n\nfunc main() {}\n";

fn near(text: &str) -> String {
    text.replace("package lib", "package near")
}

/// A module with `example.com/near` twice beside it: of Go alone in `near`, with C in `withc`.
fn two_of_one() -> Project {
    Project::empty()
        .file("main.go", MAIN)
        .file("near/go.mod", "module example.com/near\n\ngo 1.22\n")
        .file("near/near.go", near(LIB))
        .file("withc/go.mod", "module example.com/near\n\ngo 1.22\n")
        .file("withc/near.go", near(LIB))
        .file("withc/c.go", near(WITH_C))
}

fn module(replacement: &str) -> String {
    format!(
        "module example.com/app\n\ngo 1.22\n\nrequire example.com/near v1.0.0\n\n\
         replace example.com/near => {replacement}\n"
    )
}

/// It is asked, or not, and the answer is that there is C, or none.
#[track_caller]
fn holds(app: &Counted, args: &[&str], env: &[(&str, &str)], asked: bool, has_c: bool) {
    let (verbs, output) = app.build_with(&[args, &["-o", "app"]].concat(), &[&[OFF], env].concat());
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert_eq!(verbs.contains("list"), asked, "{verbs}");
    assert_eq!(output.stderr.contains("loses its C half"), has_c, "{}", output.stderr);
}

/// A change is seen once, and what it brought is remembered.
#[track_caller]
fn brings_c(app: &Counted, args: &[&str], env: &[(&str, &str)], change: impl FnOnce()) {
    holds(app, args, env, true, false);
    holds(app, args, env, false, false);
    change();
    holds(app, args, env, true, true);
    holds(app, args, env, false, true);
}

#[test]
fn another_file_in_the_place_of_go_mod() {
    for (args, env) in [(&["-modfile=alt.mod"][..], &[][..]), (&[], &[("GOFLAGS", "-modfile=alt.mod")])] {
        let app =
            Counted::new(two_of_one().file("go.mod", module("./near")).file("alt.mod", module("./near")));
        brings_c(&app, args, env, || app.write("alt.mod", &module("./withc")));
    }
}

#[test]
fn a_replacement_in_another_folder() {
    let project = two_of_one().file("go.mod", module("../outside"));
    let outside = project.top().join("outside");
    fs::rename(project.path("near"), &outside).unwrap();
    let app = Counted::new(project);
    brings_c(&app, &[], &[], || fs::write(outside.join("c.go"), near(WITH_C)).unwrap());
}

#[test]
fn vendored_packages_and_the_list_of_them() {
    let project = two_of_one().file("go.mod", module("./near"));
    project.go(["mod", "vendor"]).check();
    let app = Counted::new(project);
    brings_c(&app, &[], &[], || app.write("vendor/example.com/near/c.go", &near(WITH_C)));
    // The module itself has no C: another question.
    holds(&app, &["-mod=mod"], &[], true, false);
    holds(&app, &["-mod=mod"], &[], false, false);
    holds(&app, &["-mod=vendor"], &[], true, true);
    let list = String::from_utf8(app.project.read("vendor/modules.txt")).unwrap();
    app.write("vendor/modules.txt", &format!("{list}\n"));
    holds(&app, &["-mod=vendor"], &[], true, true);
}

#[test]
fn a_module_of_the_workspace_that_is_not_in_the_build() {
    let other = "module example.com/other\n\ngo 1.22\n";
    let project = two_of_one()
        .file("go.mod", "module example.com/app\n\ngo 1.22\n\nrequire example.com/near v1.0.0\n")
        .file(
            "go.work",
            "go 1.22\n\nuse (\n\t. // the program\n\t\"./other\"\n)\n\nreplace (\n\
             \texample.com/near v1.0.0 => ./near\n\texample.com/near v1.1.0 => ./withc\n)\n",
        )
        .file("other/go.mod", other)
        .file("other/other.go", "package other\n");
    let app = Counted::new(project);
    // It asks for the newer one, and so the whole workspace gets it.
    brings_c(&app, &[], &[], || {
        app.write("other/go.mod", &format!("{other}\nrequire example.com/near v1.1.0\n"));
    });
    let work = String::from_utf8(app.project.read("go.work")).unwrap();
    app.write("go.work", &work.replace("./withc", "./near"));
    holds(&app, &[], &[], true, false);
}

fn with_tag(tag: &str) -> Counted {
    let c = format!("//go:build {tag}\n\n{}", WITH_C.replace("package lib", "package main"));
    Counted::new(
        Project::empty()
            .file("go.mod", "module example.com/app\n\ngo 1.22\n")
            .file("main.go", "package main\n\nfunc main() {}\n")
            .file("c.go", c),
    )
}

#[test]
fn a_tag_wherever_it_stands() {
    let app = with_tag("extra");
    holds(&app, &[], &[], true, false);
    for (args, env) in [(&["-tags=extra"][..], &[][..]), (&[], &[("GOFLAGS", "-tags=extra")])] {
        holds(&app, args, env, true, true);
        holds(&app, args, env, false, true);
        holds(&app, &[], &[], false, false);
    }
    app.write("gobuild.toml", "[build]\ntags = [\"extra\"]\n");
    holds(&app, &[], &[], false, true);
}

#[test]
fn an_experiment_and_another_architecture() {
    let app = with_tag("goexperiment.arenas");
    holds(&app, &[], &[], true, false);
    holds(&app, &[], &[("GOEXPERIMENT", "arenas")], true, true);
    holds(&app, &[], &[("GOEXPERIMENT", "arenas")], false, true);
    holds(&app, &[], &[], false, false);
    let app = with_tag("arm64");
    holds(&app, &[], &[], true, false);
    holds(&app, &["--platform=linux/arm64"], &[], true, true);
    holds(&app, &["--platform=linux/arm64"], &[], false, true);
}

/// Which files an overlay puts in the place of others no manifest holds: it is asked each time.
#[test]
fn an_overlay_is_asked_each_time() {
    let project = two_of_one()
        .file("go.mod", module("./near"))
        .file("other.go", near(LIB))
        .file("overlay.json", "{\"Replace\": {\"near/near.go\": \"other.go.txt\"}}")
        .file("other.go.txt", near(LIB));
    let _ = fs::remove_file(project.path("other.go"));
    let app = Counted::new(project);
    for (args, env) in
        [(&["-overlay=overlay.json"][..], &[][..]), (&[], &[("GOFLAGS", "-overlay=overlay.json")])]
    {
        app.write("other.go.txt", &near(LIB));
        holds(&app, args, env, true, false);
        holds(&app, args, env, true, false);
        // The folder is not touched, and neither is the overlay's own file.
        app.write("other.go.txt", &near("package lib\n\nimport \"C\"\n"));
        let (verbs, output) = app.build_with(&[args, &["-o", "app"]].concat(), &[&[OFF], env].concat());
        assert!(verbs.starts_with("list list"), "{verbs}");
        assert!(output.stderr.contains("example.com/near cannot be built without cgo"), "{}", output.stderr);
    }
}

#[test]
fn another_go() {
    let app = with_tag("extra");
    holds(&app, &[], &[], true, false);
    holds(&app, &[], &[], false, false);
    let again = app.with_another_go();
    holds(&again, &[], &[], true, false);
    holds(&again, &[], &[], false, false);
    // The same path, another file.
    again.replace_go();
    holds(&again, &[], &[], true, false);
}
