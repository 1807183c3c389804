//! Templates in `output`, `tags` and `ldflags`: `-X main.version={{ git.describe }}`.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};

use crate::error::{Error, Result};
use crate::origin::{Origin, Sourced};
use crate::suggest::closest;

/// What `git.NAME` can be, and what each is.
pub const GIT: [(&str, &str); 5] = [
    ("describe", "the nearest tag with the distance to it, as `git describe --tags --always --dirty` says"),
    ("commit", "the commit, in full"),
    ("tag", "the tag on this very commit"),
    ("dirty", "true where the tree has changes, else false"),
    ("date", "the day and time of the commit in UTC, 2006-01-02T15:04:05Z; the same for every build of it"),
];

/// What a template can ask for. It is asked only for what stands in the template: git is not run for
/// nothing.
pub trait TemplateFacts {
    /// `git.NAME`, with a name of [`GIT`]. An error says why there is no answer.
    fn git(&self, name: &str) -> Result<String>;
    /// `env.NAME`; none where the variable is not set.
    fn env(&self, name: &str) -> Option<String>;
}

/// Fills a template in. Unknown names are errors, and so is a name without an answer unless the
/// template says what else to take: `{{ env.VERSION | default("dev") }}`.
pub fn render(text: &Sourced<String>, facts: &dyn TemplateFacts) -> Result<String> {
    if !text.value.contains("{{") && !text.value.contains("{%") && !text.value.contains("{#") {
        return Ok(text.value.clone());
    }
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().keep_trailing_newline(true).build();
    environment.set_syntax(syntax.map_err(|error| not_a_template(text, &error))?);
    environment.set_debug(true);
    let template =
        environment.template_from_str(&text.value).map_err(|error| not_a_template(text, &error))?;
    let names: BTreeSet<String> = template.undeclared_variables(true).into_iter().collect();
    let answers = Answers::collect(&names, facts).map_err(|error| located(text, error))?;
    let context = BTreeMap::from([("git", Value::from(answers.git)), ("env", Value::from(answers.env))]);
    template.render(context).map_err(|error| {
        let range = error.range().and_then(|range| text.value.get(range)).unwrap_or_default();
        let mut missing = answers.missing;
        let at = missing.iter().position(|(name, _)| range.contains(name.as_str())).unwrap_or(0);
        if error.kind() == ErrorKind::UndefinedError && at < missing.len() {
            located(text, missing.swap_remove(at).1)
        } else {
            not_a_template(text, &error)
        }
    })
}

/// The answers, and for each name without one the error that counts if the template insists.
#[derive(Default)]
struct Answers {
    git: BTreeMap<String, Value>,
    env: BTreeMap<String, Value>,
    missing: Vec<(String, Error)>,
}

impl Answers {
    fn collect(names: &BTreeSet<String>, facts: &dyn TemplateFacts) -> Result<Self> {
        let mut answers = Self::default();
        for name in names {
            match name.split_once('.') {
                Some(("git", fact)) if GIT.iter().any(|(known, _)| *known == fact) => match facts.git(fact) {
                    Ok(value) => drop(answers.git.insert(fact.to_owned(), Value::from(value))),
                    Err(error) => answers.missing.push((name.clone(), error)),
                },
                Some(("env", variable)) => match facts.env(variable) {
                    Some(value) => drop(answers.env.insert(variable.to_owned(), Value::from(value))),
                    None => answers.missing.push((name.clone(), unset(variable))),
                },
                _ => return Err(unknown(name)),
            }
        }
        Ok(answers)
    }
}

fn unset(variable: &str) -> Error {
    Error::new(format!("the variable {variable} is not set"))
        .help(format!("set it, or give a default: {{{{ env.{variable} | default(\"dev\") }}}}"))
}

fn unknown(name: &str) -> Error {
    let all: Vec<String> = GIT.iter().map(|(fact, _)| format!("git.{fact}")).collect();
    let near = closest(name, all.iter().map(String::as_str))
        // The right word without its `git.`.
        .or_else(|| all.iter().map(String::as_str).find(|known| known[4..] == *name));
    let error = Error::new(format!("a template has no `{name}`"));
    let error = match near {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error,
    };
    error.help(format!("there are {} and env.NAME", all.join(", ")))
}

/// A template that cannot be read or evaluated, in the words of its engine.
fn not_a_template(text: &Sourced<String>, error: &minijinja::Error) -> Error {
    let reason = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    located(text, Error::new(format!("the template cannot be filled in: {reason}")))
}

/// The error with the line of the file, and the template as it stands there.
fn located(text: &Sourced<String>, error: Error) -> Error {
    let place = match &text.origin {
        Origin::File { path, line, key } => format!("  --> {}:{line} {key}", path.display()),
        other => format!("  --> {other}"),
    };
    let mut detail = vec![place];
    detail.extend(text.value.lines().map(|line| format!("   | {line}")));
    detail.extend(error.detail);
    Error { detail, ..error }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::path::PathBuf;

    use super::*;

    /// Answers from a list, and remembers what was asked.
    #[derive(Default)]
    struct Facts(RefCell<Vec<String>>);

    impl TemplateFacts for Facts {
        fn git(&self, name: &str) -> Result<String> {
            self.0.borrow_mut().push(format!("git.{name}"));
            match name {
                "describe" => Ok("v1.2-3-gabc".to_owned()),
                "dirty" => Ok("false".to_owned()),
                _ => Err(Error::new("not a git repository")),
            }
        }

        fn env(&self, name: &str) -> Option<String> {
            self.0.borrow_mut().push(format!("env.{name}"));
            (name == "BUILD").then(|| "77".to_owned())
        }
    }

    fn sourced(text: &str) -> Sourced<String> {
        let origin =
            Origin::File { path: PathBuf::from("gobuild.toml"), line: 4, key: "build.ldflags".to_owned() };
        Sourced::new(text.to_owned(), origin)
    }

    fn filled(text: &str) -> String {
        render(&sourced(text), &Facts::default()).unwrap()
    }

    fn refused(text: &str) -> Error {
        render(&sourced(text), &Facts::default()).unwrap_err()
    }

    #[test]
    fn names_become_their_answers() {
        assert_eq!(filled("-X main.v={{ git.describe }}"), "-X main.v=v1.2-3-gabc");
        assert_eq!(filled("{{ git.describe }}-{{env.BUILD}}"), "v1.2-3-gabc-77");
        assert_eq!(filled("{{ env.NOPE | default('dev') }}"), "dev");
        assert_eq!(filled("{{ git.tag | default('none') }}"), "none");
        assert_eq!(filled("{% if git.dirty == 'true' %}{{ env.NOPE }}{% else %}clean{% endif %}"), "clean");
    }

    #[test]
    fn plain_text_stays_as_it_is_and_asks_nothing() {
        let facts = Facts::default();
        for text in ["-s -w", "{name}", "-X 'a={b}'", "<&>\n", "100%"] {
            assert_eq!(render(&sourced(text), &facts).unwrap(), text);
        }
        assert_eq!(render(&sourced("{{ env.BUILD }}"), &facts).unwrap(), "77");
        assert_eq!(*facts.0.borrow(), ["env.BUILD"], "git is not asked for nothing");
    }

    #[test]
    fn an_answer_is_not_escaped_for_a_web_page() {
        struct Quoting;
        impl TemplateFacts for Quoting {
            fn git(&self, _: &str) -> Result<String> {
                Ok("<a> & 'b'".to_owned())
            }
            fn env(&self, _: &str) -> Option<String> {
                None
            }
        }
        assert_eq!(render(&sourced("{{ git.tag }}\n"), &Quoting).unwrap(), "<a> & 'b'\n");
    }

    #[test]
    fn an_unknown_name_shows_its_line_and_what_there_is() {
        let error = refused("-X main.v={{ git.descibe }}");
        assert_eq!(error.message, "a template has no `git.descibe`");
        assert_eq!(error.detail, ["  --> gobuild.toml:4 build.ldflags", "   | -X main.v={{ git.descibe }}"]);
        assert_eq!(
            error.help,
            [
                "did you mean `git.describe`?",
                "there are git.describe, git.commit, git.tag, git.dirty, git.date and env.NAME"
            ]
        );
        assert_eq!(refused("{{ commit }}").help[0], "did you mean `git.commit`?");
        assert_eq!(refused("{{ git }}").message, "a template has no `git`");
        assert_eq!(refused("{{ version }}").help.len(), 1);
    }

    #[test]
    fn a_name_without_an_answer_says_why() {
        let error = refused("{{ git.describe }} {{ env.VERSION }}");
        assert_eq!(error.message, "the variable VERSION is not set");
        assert_eq!(error.help, ["set it, or give a default: {{ env.VERSION | default(\"dev\") }}"]);
        assert_eq!(refused("{{ git.commit }}").message, "not a git repository");
        // The name that the template insists on, not the first that has no answer.
        let error = refused("{{ env.A | default('x') }} {{ git.commit }}");
        assert_eq!(error.message, "not a git repository");
    }

    #[test]
    fn a_broken_template_shows_its_line() {
        for text in ["{{ git.describe", "{{ git.describe | nofilter }}", "{% if %}"] {
            let error = refused(text);
            assert!(error.message.starts_with("the template cannot be filled in: "), "{}", error.message);
            assert_eq!(error.detail[0], "  --> gobuild.toml:4 build.ldflags");
        }
    }
}
