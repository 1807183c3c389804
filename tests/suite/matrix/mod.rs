//! The matrix that gobuild is for: programs with C, with Go's own C and without any; images with glibc, with musl
//! and with nothing; cgo on, off and left alone. Every binary is built and started for real, and `docs/matrix.md`
//! shows what came of it.
//!
//! | file | what is in it |
//! | --- | --- |
//! | [`programs`] | the programs, the images, and the ways to build |
//! | [`kitchen`] | builds each program in each way |
//! | [`outcome`] | what became of one binary in one image, in a few words |
//! | [`table`] | the table of `docs/matrix.md`, and the README's rows of it |
//! | [`modules`] | real modules with C and C++ in them; the programs around them are in `modules/` |

mod kitchen;
mod modules;
mod outcome;
mod programs;
mod table;

use std::fs;
use std::path::Path;

use snapbox::{Assert, Data};
use tempfile::TempDir;

use crate::oracle;
use crate::support::container::Engine;
use crate::support::skip::skip;
use crate::support::tools;

use kitchen::{Built, built};
use outcome::Outcome;
use programs::{IMAGES, Image, PROGRAMS, Program, Way};

/// One binary of one program in one image.
struct Cell {
    program: &'static Program,
    image: &'static Image,
    way: Way,
    outcome: Outcome,
}

/// A root with every binary of an image in `/app`, each under the name of its program and its way.
fn root(image: &Image, built: &[Built]) -> TempDir {
    let folder = TempDir::new_in(tools::fetched("cache/oracle")).expect("a temporary folder can be made");
    oracle::link(&tools::fetched("cache/oracle/roots").join(image.root), folder.path());
    for path in ["app", "etc"] {
        fs::create_dir_all(folder.path().join(path)).expect("a folder can be made");
    }
    let config = tools::checkout().join("examples/rpc/etc/config.yaml");
    fs::copy(config, folder.path().join("etc/config.yaml")).expect("a file can be copied");
    for one in built.iter().filter(|one| one.is_for(image)) {
        if let Ok(binary) = &one.result {
            fs::copy(&binary.file, folder.path().join("app").join(one.name()))
                .expect("a binary can be copied");
        }
    }
    folder
}

/// What becomes of every binary that is meant for an image, when `start` starts it there.
fn column(
    image: &'static Image,
    built: &[Built],
    start: impl Fn(&Program, &str) -> Result<Outcome, String>,
) -> Result<Vec<Cell>, String> {
    let mut cells = Vec::new();
    for one in built.iter().filter(|one| one.is_for(image)) {
        let outcome = match &one.result {
            Err(refused) => refused.clone(),
            Ok(binary) => start(one.program, &format!("/app/{}", one.name()))?.linked(binary.kind.as_deref()),
        };
        cells.push(Cell { program: one.program, image, way: one.way, outcome });
    }
    Ok(cells)
}

fn in_a_root(image: &'static Image, built: &[Built], enter: &oracle::Enter) -> Result<Vec<Cell>, String> {
    let root = root(image, built);
    column(image, built, |program, path| {
        let argv = program.line(path);
        let happened = enter.ask(&[oracle::Question { root: root.path(), argv }]).remove(0);
        if happened.could_not_be_tried() {
            return Err(format!("programs cannot be started in a root here: {happened}"));
        }
        let ran = happened.printed(program.prints);
        Ok(Outcome::of(ran, &happened.log())
            .unwrap_or_else(|| panic!("{path} in {}: {happened}", image.name)))
    })
}

fn in_a_container(image: &'static Image, built: &[Built], engine: &Engine) -> Vec<Cell> {
    let imported = engine.import(root(image, built).path());
    let cells = column(image, built, |program, path| {
        let line = program.line(path);
        let line: Vec<&str> = line.iter().map(String::as_str).collect();
        let (well, said) = imported.run(&line);
        let ran = well && said == program.prints;
        Ok(Outcome::of(ran, &said).unwrap_or_else(|| panic!("{path} in {}: {said}", image.name)))
    });
    cells.expect("a container says no more than its program")
}

/// What gobuild publishes runs; what it does not publish has no compiler to blame, but its user's own choice.
fn hold(cells: &[Cell]) {
    for Cell { program, image, way, outcome } in cells {
        let place = format!("{} for {}, {way}: {outcome}", program.example, image.name);
        match way {
            Way::Go(_) => {}
            Way::Gobuild("off") if program.needs_c => assert!(outcome.is_refused(), "{place}"),
            Way::Gobuild(_) => assert!(outcome.is_running(), "{place}"),
        }
    }
}

/// `SNAPSHOTS=overwrite` writes it.
#[test]
fn what_gobuild_hands_on_runs_in_every_image_and_the_page_says_so() {
    if let Some(reason) = oracle::missing() {
        skip!("{reason}");
    }
    let enter = oracle::enter();
    let built = built();
    let mut cells = Vec::new();
    for image in IMAGES {
        match in_a_root(image, &built, &enter) {
            Ok(column) => cells.extend(column),
            Err(reason) => skip!("{reason}"),
        }
    }
    hold(&cells);
    assert_eq!(cells.len(), IMAGES.len() * PROGRAMS.len() * Way::ALL.len());
    let page = tools::checkout().join("docs/matrix.md");
    let text = fs::read_to_string(&page).expect("there is a page");
    let written = Data::read_from(Path::new(&page), None);
    Assert::new().action_env("SNAPSHOTS").eq(table::within(&text, &cells), written);
}

/// The README shows a few rows, as they are in the page that is measured.
#[test]
fn the_rows_of_the_readme_are_rows_of_the_page() {
    let text = |path: &str| fs::read_to_string(tools::checkout().join(path)).expect("the file can be read");
    let (readme, page) = (text("README.md"), text("docs/matrix.md"));
    let (few, whole) = (table::lines(&readme), table::lines(&page));
    assert_eq!(whole.len(), 2 + IMAGES.len() * PROGRAMS.len(), "docs/matrix.md has a row for each");
    assert_eq!(few.get(..2), whole.get(..2), "both tables have one head");
    assert!(few.len() > 2, "the README shows rows");
    for row in &few[2..] {
        assert!(whole[2..].contains(row), "the README has a row that docs/matrix.md does not have: {row}");
    }
}

#[test]
#[ignore = "some two hundred starts of a container: make test-matrix"]
fn containers_agree() {
    if let Some(reason) = oracle::missing() {
        skip!("{reason}");
    }
    let Some(engine) = Engine::find() else {
        skip!("no container engine answers, neither docker nor podman");
    };
    let enter = oracle::enter();
    let built = built();
    for image in IMAGES {
        let roots = in_a_root(image, &built, &enter).expect("what may start containers may enter roots");
        let containers = in_a_container(image, &built, &engine);
        for (root, container) in roots.iter().zip(&containers) {
            let place = format!("{} for {}, {}", root.program.example, image.name, root.way);
            assert_eq!(root.outcome, container.outcome, "{place}");
        }
    }
}
