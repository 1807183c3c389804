//! The text of a Dockerfile alone: what the catalogue knows of its images is all that is asked.

use std::collections::BTreeMap;

use super::{Context, Facts, lint};
use crate::diagnostics::{Finding, Policy};
use crate::dockerfile::{model, parse};
use crate::error::{Error, Result};
use crate::image::{self, Image};

/// Lints a text whose last stage is the one that runs. `today` is a day as in `2026-08-31`, for what goes out of support.
///
/// # Errors
/// The text is no Dockerfile, or has no stage.
pub fn lint_text(text: &str, context: &dyn Context, policy: &Policy, today: &str) -> Result<Vec<Finding>> {
    let file = parse::parse(text)
        .map_err(|error| Error::new(format!("{}:{}: {}", error.line, error.column, error.message)))?;
    let resolved = model::resolve(&file);
    let last = resolved.find(None).ok_or_else(|| Error::new("the Dockerfile has no stage"))?;
    let copied = resolved.images_copied_from(last).into_iter().map(|(name, _)| name);
    let built_on =
        (0..resolved.stages.len()).filter_map(|stage| resolved.image(stage).ok().map(str::to_owned));
    let known = |name: String| Some((name.clone(), image::resolve(&name).ok()?));
    let images: BTreeMap<String, Image> = copied.chain(built_on).filter_map(known).collect();
    Ok(lint(&Facts::new(&resolved, last, &images, context, today), policy))
}

#[cfg(test)]
mod tests {
    use super::lint_text;
    use crate::diagnostics::evidence::LinkedBy;
    use crate::diagnostics::{Evidence, Policy};
    use crate::lint::Nothing;

    fn linked_by(build: &str) -> Option<LinkedBy> {
        let text = format!(
            "FROM golang:1.27-bookworm AS build\nWORKDIR /src\n{build}\nFROM alpine:3.24\n\
             COPY --from=build /app /app\nENTRYPOINT [\"/app\"]\n"
        );
        let found = lint_text(&text, &Nothing, &Policy::default(), "2026-12-01").unwrap();
        found.into_iter().find_map(|finding| match finding.evidence {
            Evidence::LibcMissing(found) => Some(found.linked_by),
            _ => None,
        })
    }

    #[test]
    fn a_variable_that_go_does_not_see_is_told_as_the_cause() {
        const BUILD: &str = "go build -race -o /app example.com/app";
        assert_eq!(linked_by(&format!("RUN {BUILD}")), Some(LinkedBy::CgoByDefault));
        for lost in
            ["RUN CGO_ENABLED=0 GOOS=linux\nRUN ", "RUN export CGO_ENABLED=0\nRUN ", "RUN CGO_ENABLED=0; "]
        {
            assert_eq!(linked_by(&format!("{lost}{BUILD}")), Some(LinkedBy::CgoSetElsewhere), "{lost}");
        }
    }

    #[test]
    fn what_is_no_dockerfile_is_an_error_with_its_place() {
        let error = lint_text("FROM alpine:3.24\nBUY milk\n", &Nothing, &Policy::default(), "2026-12-01");
        assert!(error.unwrap_err().message.starts_with("2:1: "));
    }
}
