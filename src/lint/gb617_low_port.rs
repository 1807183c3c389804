//! Docker lets every user listen there; Kubernetes with containerd 1.x does not.

use super::facts::Facts;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb617::LowPort;
use crate::dockerfile::parse::What;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB617, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    // In any stage: what is copied keeps its capabilities with some builders.
    let setcap = (0..facts.resolved.stages.len()).any(|stage| facts.runs_program(stage, &["setcap"]));
    if facts.is_unprivileged() != Some(true) || setcap {
        return Vec::new();
    }
    let mut found = Vec::new();
    for at in facts.final_steps() {
        let What::Expose(ports) = &at.step.what else { continue };
        for word in ports {
            let Some(port) = facts.known(at, &word.text) else { continue };
            let (port, protocol) = match port.split_once('/') {
                Some((port, protocol)) => (port.to_owned(), Some(protocol.to_owned())),
                None => (port, None),
            };
            if port.parse::<u16>().is_ok_and(|number| number > 0 && number < 1024) {
                let user = facts.user().map(|(_, user)| user);
                found.push(super::found(&word.span, LowPort { port, protocol, user }));
            }
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
        assert_eq!(said(&RULE, &last("scratch", "EXPOSE 80 8080\nUSER 65532\n")), ["80"]);
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &last("scratch", "EXPOSE 8080\nUSER 65532\n"));
        quiet(&RULE, &last("scratch", "EXPOSE 80\n"));
    }

    #[test]
    fn does_not_guess() {
        quiet(&RULE, &last("scratch", "ARG WHO\nEXPOSE 80\nUSER $WHO\n"));
        quiet(&RULE, &last("scratch", "ARG PORT\nEXPOSE $PORT\nUSER 1\n"));
    }
}
