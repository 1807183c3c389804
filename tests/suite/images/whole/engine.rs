//! The same images in a container engine and in gobuild: both agree whether they start.

use std::collections::BTreeSet;

use super::kitchen::Shape;
use super::shapes;
use crate::support::container::Engine;
use crate::support::project::Project;
use crate::support::skip::skip;

/// Everything that gobuild says of the image in an archive.
fn verdict(project: &Project, name: &str) -> (bool, String) {
    let output = project.gobuild(["verify", "--image", &format!("{name}.tar")]).output();
    let said = format!("{}{}", output.stdout, output.stderr);
    assert!(matches!(output.status, 0 | 3), "{name}: status {}\n{said}", output.status);
    (output.status == 0, said)
}

fn tag(name: &str) -> String {
    format!("gobuild-start-{}-{name}:latest", std::process::id())
}

/// Asks gobuild of each shape, and the engine where there is one; how many were asked, and what could not be made.
fn ask(shapes: Vec<Shape>, engine: Option<&Engine>) -> (usize, Vec<&'static str>) {
    let project = Project::empty();
    let (mut asked, mut wrong, mut left_out) = (0, Vec::new(), Vec::new());
    for shape in shapes {
        let (name, expected) = (shape.name, shape.rejected);
        if !shape.can_be_made() {
            left_out.push(name);
            continue;
        }
        let archive = project.path(format!("{name}.tar"));
        std::fs::write(&archive, shape.archive(&tag(name))).unwrap();
        let (accepted, said) = verdict(&project, name);
        asked += 1;
        let named = expected.is_none_or(|id| said.contains(&format!("error[{id}]")));
        if accepted != expected.is_none() || !named {
            wrong.push(format!("{name}: expected {expected:?}, and gobuild says\n{said}"));
        }
        if let Some(engine) = engine {
            let (started, words) = engine.load(&archive, &tag(name)).run(&[]);
            if started != accepted {
                let engine = if started { "it started" } else { "it did not start" };
                wrong.push(format!("{name}: {engine}: {words}\nand gobuild says\n{said}"));
            }
        }
        std::fs::remove_file(archive).unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    (asked, left_out)
}

#[test]
fn each_shape_is_judged_as_it_ends() {
    let (asked, left_out) = ask(shapes::good().into_iter().chain(shapes::bad()).collect(), None);
    if !left_out.is_empty() {
        skip!("without Debian's packages there are no images {}", left_out.join(", "));
    }
    assert!(asked >= 60, "only {asked}");
}

#[test]
fn an_engine_agrees_on_one_shape_for_each_check_and_as_many_good_ones() {
    let Some(engine) = Engine::find() else { skip!("no container engine answers") };
    let mut seen = BTreeSet::new();
    let plain = |shape: &Shape| shape.needs.is_empty();
    let bad = shapes::bad().into_iter().filter(|shape| plain(shape) && seen.insert(shape.rejected));
    let bad: Vec<Shape> = bad.collect();
    let good = shapes::good().into_iter().filter(plain).take(9);
    ask(good.chain(bad).collect(), Some(&engine));
}

#[test]
#[ignore = "one container after another: make test-matrix"]
fn an_engine_agrees_on_every_shape() {
    let Some(engine) = Engine::find() else { skip!("no container engine answers") };
    let (asked, left_out) = ask(shapes::good().into_iter().chain(shapes::bad()).collect(), Some(&engine));
    if !left_out.is_empty() {
        skip!("without Debian's packages there are no images {}", left_out.join(", "));
    }
    assert!(asked >= 60, "only {asked}");
}
