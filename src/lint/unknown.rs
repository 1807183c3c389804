//! What cannot be judged, said once each: images that nobody has described, values that only the build has.

use super::Facts;
use crate::dockerfile::model::{Base, shortened};
use crate::image::facts::Source;

/// Clauses, each once, in the order of the file.
pub fn unknown(facts: &Facts<'_>) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    let reached = facts.resolved.reached(facts.last);
    for (index, stage) in facts.resolved.stages.iter().enumerate() {
        if !reached.contains(&index) {
            continue;
        }
        let clause = match &stage.base {
            Base::Stage(_) => continue,
            Base::Unknown(reason) => {
                format!("what hangs on `{}` is not judged: {reason}", shortened(&stage.parsed.image.text))
            }
            Base::Image(name) => match facts.images.get(name) {
                Some(image) if image.source != Source::Nobody => continue,
                _ => format!(
                    "what hangs on {name} is not judged: nobody has described it; gobuild image pin {name} reads it"
                ),
            },
        };
        if !said.contains(&clause) {
            said.push(clause);
        }
    }
    said
}
