//! Where a file can run, as one JSON object: `{"reason":"table","version":2,…}`.

use serde::Serialize;

use super::every_image::{Row, Table};
use super::version::ShapeVersion;
use super::words;
use crate::diagnostics::Finding;
use crate::platform::Platform;

/// One file held against every known image.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TableObject<'a> {
    version: ShapeVersion,
    /// The file as named to `verify`.
    file: &'a str,
    /// What kind of file it is, in a few words.
    kind: &'a str,
    /// How many of the rows are accepted.
    accepted: usize,
    /// A row for each image and platform, in the order of `gobuild image list`.
    images: Vec<TableRow<'a>>,
    /// How many images are not listed for any platform that was asked about.
    elsewhere: usize,
}

/// One image on one platform.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TableRow<'a> {
    /// The image's name.
    image: &'a str,
    /// The platform.
    platform: &'a Platform,
    /// Whether nothing rejects the file there.
    accepted: bool,
    /// The first finding that rejects; null where none does.
    because: Option<ShortFinding>,
    /// What is only said.
    warnings: Vec<ShortFinding>,
}

/// A finding without its evidence.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShortFinding {
    /// `GB201`
    id: &'static str,
    /// `loader-missing`
    name: &'static str,
    /// One line, lower case, no full stop.
    title: String,
    /// False where the facts that the question needs are not known.
    certain: bool,
}

impl<'a> TableObject<'a> {
    pub(super) fn of(table: &'a Table) -> Self {
        Self {
            version: ShapeVersion,
            file: &table.file,
            kind: &table.kind,
            accepted: table.rows.iter().filter(|row| row.verdict.accepted()).count(),
            images: table.rows.iter().map(TableRow::of).collect(),
            elsewhere: table.elsewhere,
        }
    }
}

impl<'a> TableRow<'a> {
    fn of(row: &'a Row) -> Self {
        Self {
            image: &row.image,
            platform: &row.platform,
            accepted: row.verdict.accepted(),
            because: row.reason().map(ShortFinding::of),
            warnings: row.warnings().map(ShortFinding::of).collect(),
        }
    }
}

impl ShortFinding {
    fn of(finding: &Finding) -> Self {
        Self {
            id: finding.id(),
            name: finding.name(),
            title: words::message(finding).title,
            certain: finding.certain,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::report::every_image::sample;

    #[test]
    fn the_object_has_a_row_for_each_with_its_first_reason_and_its_warnings() {
        let table = sample();
        let object = serde_json::to_value(TableObject::of(&table)).unwrap();
        assert_eq!(object["accepted"], 3);
        assert_eq!(
            object["images"][3],
            json!({
                "image": "alpine:3.20", "platform": "linux/amd64", "accepted": false,
                "because": {
                    "id": "GB201", "name": "loader-missing",
                    "title": "the image has no loader for this binary", "certain": true,
                },
                "warnings": [],
            })
        );
        assert_eq!(object["images"][2]["warnings"][0]["id"], "GB204");
        assert_eq!(object["images"][7]["because"]["certain"], false);
    }
}
