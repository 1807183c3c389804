//! Every binary in every root: what happens, what gobuild says, and where the two differ.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use crate::support::project::Project;
use crate::support::{skip, tools};

use super::exceptions::{EXCEPTIONS, Exception};
use super::reality::{Enter, Question};
use super::recipes::Recipe;
use super::roots::Root;
use super::verdict::{self, Against};

/// One cell.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    root: String,
    binary: String,
    ran: bool,
    happened: String,
    accepted: Option<bool>,
    said: String,
}

impl Cell {
    /// Whether gobuild and the machine are of different minds.
    fn differs(&self) -> bool {
        self.accepted != Some(self.ran)
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let accepted = match self.accepted {
            Some(true) => "accepted",
            Some(false) => "rejected",
            None => "no verdict",
        };
        let ran = if self.ran { "runs" } else { "fails" };
        let (binary, root) = (&self.binary, &self.root);
        write!(f, "{binary:36} {root:28} {ran:5} {accepted:10} | {} | {}", self.happened, self.said)
    }
}

/// A binary and its folder.
pub(super) type Made = (Recipe, PathBuf);

/// Fills the matrix in: each root with the binaries of its architecture.
pub(super) fn fill(enter: &Enter, binaries: &[Made], roots: &[&Root]) -> Vec<Cell> {
    let reads_roots = verdict::reads_roots(&Project::empty());
    if !reads_roots {
        skip::announce("the oracle", "verify has no --rootfs, so only the images of the catalogue are asked");
    }
    let cells = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(root) = roots.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let row = row(enter, binaries, root, reads_roots);
                    cells.lock().expect("no thread failed").extend(row);
                }
            });
        }
    });
    let mut cells = cells.into_inner().expect("no thread failed");
    cells.sort();
    cells
}

/// One root, with everything in it.
fn row(enter: &Enter, binaries: &[Made], root: &Root, reads_roots: bool) -> Vec<Cell> {
    let binaries: Vec<&Made> = binaries.iter().filter(|(recipe, _)| recipe.arch() == root.arch).collect();
    let folder = TempDir::new_in(tools::fetched("cache/oracle")).expect("a temporary folder can be made");
    link(&root.path(), folder.path());
    for (recipe, made) in &binaries {
        link(made, &folder.path().join("app").join(&recipe.name));
    }
    let project = Project::empty();
    let mut cells = Vec::new();
    for (recipe, made) in &binaries {
        let inside = format!("/app/{}", recipe.name);
        let (ran, happened) = happened(enter, root, folder.path(), &programs(recipe, made, &inside));
        let file = folder.path().join("app").join(&recipe.name).join("app");
        let rootfs = reads_roots.then(|| (root.name.to_owned(), Against::Rootfs(folder.path())));
        let image = root.image.map(|image| (root.image_name(image), Against::Image(image)));
        for (name, against) in rootfs.into_iter().chain(image) {
            let said = verdict::ask(&project, &file, against, root);
            cells.push(Cell {
                root: name,
                binary: recipe.name.clone(),
                ran,
                happened: happened.clone(),
                accepted: said.accepted,
                said: said.words,
            });
        }
    }
    cells
}

/// The command lines that use a binary: itself, or each program beside it that loads it.
fn programs(recipe: &Recipe, made: &Path, inside: &str) -> Vec<Vec<String>> {
    let app = format!("{inside}/app");
    if !recipe.is_loaded() {
        return vec![vec![app]];
    }
    let names = fs::read_dir(made).expect("the folder can be read");
    let names = names.map(|entry| entry.expect("an entry can be read").file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| name.starts_with("load"));
    names.sort();
    assert!(!names.is_empty(), "nothing loads {}", recipe.name);
    names.iter().map(|name| vec![format!("{inside}/{name}"), app.clone()]).collect()
}

/// Whether one of them ran, and what became of the last.
fn happened(enter: &Enter, root: &Root, folder: &Path, programs: &[Vec<String>]) -> (bool, String) {
    let emulator = root.emulator().map(|emulator| {
        let inside = folder.join("qemu-static");
        if !inside.exists() {
            fs::hard_link(&emulator, inside)
                .unwrap_or_else(|error| panic!("{}: {error}", emulator.display()));
        }
        "/qemu-static".to_owned()
    });
    let argv = |program: &Vec<String>| emulator.iter().chain(program).cloned().collect();
    let questions: Vec<Question<'_>> =
        programs.iter().map(|program| Question { root: folder, argv: argv(program) }).collect();
    let answers = enter.ask(&questions);
    let words: BTreeSet<String> = answers.iter().map(ToString::to_string).collect();
    let words: Vec<String> = words.into_iter().collect();
    (answers.iter().any(super::reality::Happened::ran), words.join(", or "))
}

/// The same tree again, without the bytes; nothing that is started here writes.
pub(crate) fn link(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let entry = entry.expect("an entry can be read");
        let (kind, target) = (entry.file_type().expect("an entry has a type"), to.join(entry.file_name()));
        if kind.is_dir() {
            link(&entry.path(), &target);
        } else if kind.is_symlink() {
            let path = fs::read_link(entry.path()).expect("a link can be read");
            std::os::unix::fs::symlink(path, target).expect("a link can be made");
        } else {
            fs::hard_link(entry.path(), target).expect("a file can be linked");
        }
    }
}

/// What is wrong with a matrix: cells that differ and are not listed, and listed ones that do not differ.
/// What is listed and was not asked here is another test's.
pub(super) fn complaints(cells: &[Cell]) -> Vec<String> {
    let listed = |cell: &Cell| EXCEPTIONS.iter().find(|exception| exception.names(&cell.binary, &cell.root));
    let mut complaints = Vec::new();
    for cell in cells {
        let word = match (listed(cell), cell.differs()) {
            (None, false) | (Some(_), true) => continue,
            (None, true) if cell.accepted == Some(true) => "FALSE ACCEPT".to_owned(),
            (None, true) if cell.accepted.is_none() => "NO VERDICT".to_owned(),
            (None, true) => "FALSE REJECT".to_owned(),
            (Some(Exception { reason, .. }), false) => format!("NO LONGER DIFFERS (listed: {reason})"),
        };
        complaints.push(format!("{word}: {cell}"));
    }
    complaints
}
