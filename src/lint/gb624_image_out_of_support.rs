//! An image past its end of life gets no security fixes, and its package servers go away.

use super::facts::Facts;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb624::ImageOutOfSupport;
use crate::dockerfile::model::Base;
use crate::image::Fact;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB624, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let reached = facts.resolved.reached(facts.last);
    let mut found = Vec::new();
    for (index, stage) in facts.resolved.stages.iter().enumerate() {
        let Base::Image(_) = stage.base else { continue };
        let Some(image) = facts.image(index).filter(|_| reached.contains(&index)) else { continue };
        if let Fact::Known(Some(day)) = &image.end_of_life
            && day.as_str() < facts.today
        {
            let evidence = ImageOutOfSupport {
                image: image.written.clone(),
                end_of_life: day.clone(),
                today: facts.today.to_owned(),
            };
            found.push(super::found(&stage.parsed.image.span, evidence));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{last, quiet, said};

    #[test]
    fn fires() {
        assert_eq!(said(&RULE, &last("alpine:3.16", "")), ["alpine:3.16"]);
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &last("alpine:3.24", ""));
    }

    #[test]
    fn does_not_guess() {
        quiet(&RULE, &last("registry.example.com/base:7", ""));
    }
}
