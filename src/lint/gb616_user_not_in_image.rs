//! A name is looked up in the image's /etc/passwd when the container starts; a number needs none.

use super::contents::brings;
use super::facts::Facts;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb616::UserNotInImage;
use crate::dockerfile::parse::What;
use crate::image::Fact;
use crate::image::start::user::Stranger;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB616, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let mut found = looked_up(facts);
    let Some(image) = facts.final_image() else { return found };
    let Fact::Known(users) = &image.users else { return found };
    let Some((at, user)) = facts.user() else { return found };
    let What::User(word) = &at.step.what else { return found };
    let name = user.split(':').next().unwrap_or_default();
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    if is_number || users.iter().any(|user| user.name == name) || makes_users(facts) {
        return found;
    }
    let stranger = Stranger {
        name: name.to_owned(),
        group: false,
        known: users.iter().map(|user| user.name.clone()).collect(),
        written: user,
    };
    found.push(super::found(&word.span, UserNotInImage::Named { stranger, image: image.written.clone() }));
    found
}

/// A program that looks its own user up, in an image without users.
fn looked_up(facts: &Facts<'_>) -> Vec<Remark> {
    let Some(image) = facts.final_image() else { return Vec::new() };
    let none = matches!(&image.users, Fact::Known(users) if users.is_empty());
    if !none || !facts.program(false).is_some_and(|code| code.looks_up_users) || makes_users(facts) {
        return Vec::new();
    }
    let from = &facts.resolved.bottom(facts.last).parsed.image;
    let evidence = UserNotInImage::LookedUp { image: image.written.clone() };
    vec![super::found(&from.span, evidence).doubtful(true)]
}

fn makes_users(facts: &Facts<'_>) -> bool {
    facts.runs_program(facts.last, &["useradd", "adduser", "addgroup", "groupadd"])
        || facts.names_path(facts.last, &["/etc/passwd"])
        || brings(facts, &["passwd", "/etc"])
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{last, quiet, said};

    #[test]
    fn fires() {
        assert_eq!(said(&RULE, &last("scratch", "USER app\n")), ["app"]);
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &last("scratch", "USER 65532:65532\n"));
        quiet(&RULE, &last("alpine:3.24", "RUN adduser -D app\nUSER app\n"));
        quiet(&RULE, &last("alpine:3.24", "USER nobody\n"));
    }

    #[test]
    fn does_not_guess() {
        quiet(&RULE, &last("registry.example.com/base:7", "USER app\n"));
        quiet(&RULE, &last("scratch", "ARG WHO\nUSER $WHO\n"));
    }
}
