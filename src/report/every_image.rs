//! Where a file can run: the table over every known image, for people and as Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::shown::Shown;
use super::style::{ERROR, HELP, STATUS, STRONG, WARNING, paint, plain};
use super::words;
use crate::checks::Verdict;
use crate::diagnostics::{Finding, Severity, catalog};
use crate::platform::Platform;

/// One image on one platform.
#[derive(Debug, Clone)]
pub struct Row {
    /// The image's name.
    pub image: String,
    /// The platform.
    pub platform: Platform,
    /// What was found.
    pub verdict: Verdict,
}

/// One file with every row.
#[derive(Debug, Clone)]
pub struct Table {
    /// The file as it was typed.
    pub file: String,
    /// What kind of file it is, in a few words.
    pub kind: String,
    /// In the order of the catalogue.
    pub rows: Vec<Row>,
    /// Images that are not listed for any platform that was asked about.
    pub elsewhere: usize,
}

impl Table {
    /// The findings of every row, each with its text, which names the image.
    pub(super) fn findings(&self) -> impl Iterator<Item = (Shown, String)> {
        self.rows.iter().flat_map(|row| {
            row.verdict.findings.iter().map(|found| {
                let shown = Shown::of(found);
                let text = shown.text_for(Some(&row.image), &row.platform);
                (shown, text)
            })
        })
    }
}

impl Row {
    /// The first finding that rejects.
    pub(super) fn reason(&self) -> Option<&Finding> {
        self.verdict.findings.iter().find(|finding| finding.severity == Severity::Error)
    }

    /// What is only said: mostly what the program would miss while it runs.
    pub(super) fn warnings(&self) -> impl Iterator<Item = &Finding> {
        self.verdict.findings.iter().filter(|finding| finding.severity == Severity::Warning)
    }
}

/// What the rows of one group have in common. The order is the order of the groups: accepted, accepted with
/// warnings, rejected, not known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Accepted(Vec<&'static str>),
    Rejected(&'static str),
    CannotTell(&'static str),
}

impl Group {
    fn of(row: &Row) -> Self {
        match row.reason() {
            None => Self::Accepted(row.warnings().map(Finding::id).collect()),
            Some(finding) if finding.certain => Self::Rejected(finding.id()),
            Some(finding) => Self::CannotTell(finding.id()),
        }
    }

    fn heading(&self, rows: &[&Row]) -> String {
        let count = paint(STRONG, format_args!("({})", rows.len()));
        match self {
            Self::Accepted(ids) if ids.is_empty() => format!("{} {count}", paint(STATUS, "accepted")),
            Self::Accepted(ids) => {
                let said =
                    ids.iter().map(|id| format!("{}: {}", mark(WARNING, "warning", id), title(id, rows)));
                format!("{} {count}, {}", paint(STATUS, "accepted"), said.collect::<Vec<_>>().join("; "))
            }
            Self::Rejected(id) => {
                format!(
                    "{} {count}, {}: {}",
                    paint(ERROR, "rejected"),
                    mark(ERROR, "error", id),
                    title(id, rows)
                )
            }
            Self::CannotTell(id) => {
                let word = paint(ERROR, "rejected, since it is not known");
                format!("{word} {count}, {}: {}", mark(ERROR, "error", id), title(id, rows))
            }
        }
    }
}

fn mark(style: anstyle::Style, word: &str, id: &str) -> String {
    paint(style, format_args!("{word}[{id}]"))
}

/// The title that a check's findings have in all rows; where they differ, what the check is about.
fn title(id: &str, rows: &[&Row]) -> String {
    let mut titles = rows
        .iter()
        .flat_map(|row| &row.verdict.findings)
        .filter(|finding| finding.id() == id)
        .map(|finding| words::message(finding).title);
    let first = titles.next();
    let text = match first {
        Some(first) if titles.all(|title| title == first) => first,
        _ => catalog::named(id).map_or_else(String::new, |check| check.summary.to_owned()),
    };
    plain(&text)
}

/// For people: the images of one answer together.
pub fn human(table: &Table) -> String {
    let mut platforms: Vec<&Platform> = table.rows.iter().map(|row| &row.platform).collect();
    platforms.sort();
    platforms.dedup();
    let mut text = format!("{}: {}\n", paint(STRONG, plain(&table.file)), plain(&table.kind));
    for platform in platforms {
        let rows: Vec<&Row> = table.rows.iter().filter(|row| row.platform == *platform).collect();
        let accepted = rows.iter().filter(|row| row.verdict.accepted()).count();
        let _ = writeln!(text, "fits {accepted} of the {} known images for {platform}", rows.len());
        let mut groups: BTreeMap<Group, Vec<&Row>> = BTreeMap::new();
        for row in rows {
            groups.entry(Group::of(row)).or_default().push(row);
        }
        for (group, rows) in &groups {
            let _ = writeln!(text, "\n{}", group.heading(rows));
            text.push_str(&families(rows));
        }
        text.push('\n');
    }
    if table.elsewhere > 0 {
        let _ = writeln!(text, "{} more known images are not listed for such a platform", table.elsewhere);
    }
    if table.rows.iter().any(|row| !row.verdict.findings.is_empty()) {
        let help = format!("gobuild verify {} --target IMAGE shows the evidence", plain(&table.file));
        let _ = writeln!(text, "{}: {help}", paint(HELP, "help"));
    }
    text
}

/// A line of images is not longer than this, in letters.
const WIDTH: usize = 100;

/// The images of a group, one family a line.
fn families(rows: &[&Row]) -> String {
    let mut families: Vec<(&str, Vec<&str>)> = Vec::new();
    for row in rows {
        let (family, member) = split(&row.image);
        match families.iter_mut().find(|(name, _)| *name == family) {
            Some((_, members)) => members.push(member),
            None => families.push((family, vec![member])),
        }
    }
    let mut text = String::new();
    for (family, members) in families {
        if let [only] = members[..] {
            let _ = writeln!(text, "  {family}{only}");
            continue;
        }
        let mut line = format!("  {family}");
        for member in members {
            if line.chars().count() + 1 + member.chars().count() > WIDTH {
                let _ = writeln!(text, "{line}");
                line.truncate(0);
                line.push_str("     ");
            }
            line.push(' ');
            line.push_str(member);
        }
        let _ = writeln!(text, "{line}");
    }
    text
}

/// What images share, with the sign that ends it, and the rest: `alpine:` and `3.20`,
/// `gcr.io/distroless/` and `static-debian12`.
fn split(image: &str) -> (&str, &str) {
    let slash = image.rfind('/').map_or(0, |at| at + 1);
    let at = image[slash..].find(':').map_or(slash, |colon| slash + colon + 1);
    image.split_at(at)
}

/// A heading and a table of Markdown, one row an image and platform.
pub fn markdown(table: &Table) -> String {
    let cell = |text: &str| plain(text).replace('\\', "\\\\").replace('|', "\\|");
    let one = |finding: &Finding| format!("{} {}", finding.id(), cell(&words::message(finding).title));
    let mut text = format!(
        "## {}\n\n{}\n\n| image | platform | accepted | reason | warnings |\n| --- | --- | --- | --- | --- |\n",
        cell(&table.file),
        cell(&table.kind)
    );
    for row in &table.rows {
        let accepted = if row.verdict.accepted() { "yes" } else { "**no**" };
        let reason = row.reason().map(one).unwrap_or_default();
        let warnings = row.warnings().map(one).collect::<Vec<_>>().join("; ");
        let cells = [cell(&row.image), row.platform.to_string(), accepted.to_owned(), reason, warnings];
        let line = cells.iter().fold(String::from("|"), |line, cell| match cell.as_str() {
            "" => line + " |",
            cell => format!("{line} {cell} |"),
        });
        let _ = writeln!(text, "{line}");
    }
    text.push('\n');
    text
}

/// A program with a loader, held against images of every answer.
#[cfg(test)]
pub(super) fn sample() -> Table {
    use crate::checks::fixtures::{self as fix, Case};
    use crate::checks::verdict;
    use crate::diagnostics::Policy;
    use crate::image::{Fact, Image};

    let mut demanding = fix::debian();
    demanding.amd64_level = Fact::Known(2);
    let named = |name: &str, image: Image| Image { name: name.to_owned(), ..image };
    let images = [
        named("debian:13", fix::debian()),
        named("debian:12", fix::debian()),
        named("redhat/ubi9", demanding),
        named("alpine:3.20", fix::alpine()),
        named("alpine:3.19", fix::alpine()),
        named("gcr.io/distroless/static-debian12", fix::scratch()),
        named("gcr.io/distroless/static-debian11", fix::scratch()),
        fix::undescribed(),
    ];
    let rows = images.into_iter().map(|image| {
        let name = image.name.clone();
        let case = Case::new(fix::glibc_go(&["libc.so.6"])).image(image);
        let verdict = verdict(&case.subject(), &Policy::default());
        Row { image: name, platform: case.platform.clone(), verdict }
    });
    let rows = rows.collect();
    Table { file: "bin/a|b".to_owned(), kind: "dynamic".to_owned(), rows, elsewhere: 3 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_groups_with_one_family_a_line() {
        let text = anstream::adapter::strip_str(&human(&sample())).to_string();
        let expected = "\
bin/a|b: dynamic
fits 3 of the 8 known images for linux/amd64

accepted (2)
  debian: 13 12

accepted (1), warning[GB204]: the image's C library starts on x86-64-v2 processors only
  redhat/ubi9

rejected (4), error[GB201]: the image has no loader for this binary
  alpine: 3.20 3.19
  gcr.io/distroless/ static-debian12 static-debian11

rejected, since it is not known (1), error[GB201]: it is not known whether the image has a loader for this binary
  registry.corp/base:7

3 more known images are not listed for such a platform
help: gobuild verify bin/a|b --target IMAGE shows the evidence
";
        assert_eq!(text, expected);
    }

    #[test]
    fn markdown_is_one_table_whatever_stands_in_a_name() {
        let text = markdown(&sample());
        assert!(text.starts_with("## bin/a\\|b\n\ndynamic\n\n| image |"), "{text}");
        assert!(text.contains("\n| debian:13 | linux/amd64 | yes | | |\n"), "{text}");
        let row =
            "\n| alpine:3.20 | linux/amd64 | **no** | GB201 the image has no loader for this binary | |\n";
        assert!(text.contains(row), "{text}");
        let columns = |line: &str| line.replace("\\|", "").matches('|').count();
        assert!(text.lines().filter(|line| line.starts_with('|')).all(|line| columns(line) == 6), "{text}");
    }
}
