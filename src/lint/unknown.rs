//! What cannot be judged, said once each: images that nobody has described, values that only the build has.

use super::Facts;
use crate::diagnostics::Unjudged;
use crate::dockerfile::model::{Base, shortened};
use crate::image::facts::Source;

/// Each once, in the order of the file.
pub fn unknown(facts: &Facts<'_>) -> Vec<Unjudged> {
    let mut found: Vec<Unjudged> = Vec::new();
    let reached = facts.resolved.reached(facts.last);
    for (index, stage) in facts.resolved.stages.iter().enumerate() {
        if !reached.contains(&index) {
            continue;
        }
        let unjudged = match &stage.base {
            Base::Stage(_) => continue,
            Base::Unknown(reason) => {
                Unjudged::Unresolved { written: shortened(&stage.parsed.image.text), reason: reason.clone() }
            }
            Base::Image(name) => match facts.images.get(name) {
                Some(image) if image.source != Source::Nobody => continue,
                _ => Unjudged::Undescribed { image: name.clone() },
            },
        };
        if !found.contains(&unjudged) {
            found.push(unjudged);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::dockerfile::{model, parse};
    use crate::image;
    use crate::lint::Nothing;

    fn of(text: &str) -> Vec<Unjudged> {
        let file = parse::parse(text).unwrap();
        let resolved = model::resolve(&file);
        let last = resolved.find(None).unwrap();
        let images = BTreeMap::from([("alpine:3.24".to_owned(), image::resolve("alpine:3.24").unwrap())]);
        unknown(&Facts::new(&resolved, last, &images, &Nothing, "2026-11-23"))
    }

    #[test]
    fn what_is_described_is_no_note() {
        assert_eq!(of("FROM alpine:3.24\n"), []);
        assert_eq!(of("FROM corp/x AS a\nFROM alpine:3.24\n"), [], "nothing comes of the first stage");
    }

    #[test]
    fn each_is_named_once_in_the_order_of_the_file() {
        let text = "ARG BASE\nFROM $BASE AS a\nFROM corp/x AS b\nFROM corp/x\n\
                    COPY --from=a /a /a\nCOPY --from=b /b /b\n";
        let (written, reason) = ("$BASE".to_owned(), "ARG BASE has no default".to_owned());
        let image = "corp/x".to_owned();
        assert_eq!(of(text), [Unjudged::Unresolved { written, reason }, Unjudged::Undescribed { image }]);
    }
}
