//! The table of `docs/matrix.md`, and the README's rows of it.

use std::fmt::Write as _;

use super::Cell;
use super::programs::Way;

const BEGIN: &str = "<!-- measured by tests/suite/matrix: SNAPSHOTS=overwrite writes it -->\n";
const END: &str = "<!-- end of what was measured -->\n";

/// A page with the table in its place.
///
/// # Panics
/// Where the page has no such place.
pub(super) fn within(page: &str, cells: &[Cell]) -> String {
    let (before, rest) = page.split_once(BEGIN).expect("the page says where the table begins");
    let (_, after) = rest.split_once(END).expect("the page says where the table ends");
    format!("{before}{BEGIN}{}{END}{after}", table(cells))
}

/// The lines of a page's table of images, the two of its head first.
pub(super) fn lines(page: &str) -> Vec<&str> {
    let begin = |line: &&str| !line.starts_with("| image |");
    page.lines().skip_while(begin).take_while(|line| line.starts_with('|')).collect()
}

fn heading(way: &Way) -> String {
    match way {
        Way::Go(enabled) => format!("`CGO_ENABLED={enabled} go build`"),
        Way::Gobuild("auto") => "gobuild, left alone".to_owned(),
        Way::Gobuild(cgo) => format!("gobuild, `cgo = \"{cgo}\"`"),
    }
}

/// A row for each image and program, a column for each way.
fn table(cells: &[Cell]) -> String {
    let headings: Vec<String> = Way::ALL.iter().map(heading).collect();
    let mut text = format!("| image | C in the program | {} |\n", headings.join(" | "));
    writeln!(text, "| --- | --- |{}", " --- |".repeat(headings.len())).expect("a string takes it");
    for row in cells.chunk_by(|a, b| (a.image.name, a.program.example) == (b.image.name, b.program.example)) {
        let Cell { image, program, .. } = &row[0];
        write!(text, "| `{}` ({}) | {} |", image.name, image.libc, program.c).expect("a string takes it");
        for way in Way::ALL {
            let cell = row.iter().find(|cell| cell.way == *way).expect("each way was tried");
            write!(text, " {} |", cell.outcome).expect("a string takes it");
        }
        text.push('\n');
    }
    text
}
