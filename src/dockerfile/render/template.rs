//! The templates: gobuild's own, and the user's.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};

use super::words;
use crate::error::{Error, Result};

/// The embedded templates, by the name under which `extends` finds them.
pub(super) const EMBEDDED: &[(&str, &str)] = &[
    ("base", include_str!("../../../templates/dockerfile/base.Dockerfile")),
    ("scratch", include_str!("../../../templates/dockerfile/scratch.Dockerfile")),
    ("distroless", include_str!("../../../templates/dockerfile/distroless.Dockerfile")),
    ("alpine", include_str!("../../../templates/dockerfile/alpine.Dockerfile")),
    ("debian", include_str!("../../../templates/dockerfile/debian.Dockerfile")),
    ("redhat", include_str!("../../../templates/dockerfile/redhat.Dockerfile")),
    ("other", include_str!("../../../templates/dockerfile/other.Dockerfile")),
];

/// Fills in the user's template, or the one of a family.
pub(super) fn fill(family: &str, own: Option<(&str, &str)>, model: &minijinja::Value) -> Result<String> {
    let failed = |name: &str, error: &minijinja::Error| {
        let reason = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        let mut shown = Error::new(format!("the template cannot be filled in: {reason}"));
        shown = match error.line() {
            Some(line) => shown.detail(format!("  --> {}:{line}", error.name().unwrap_or(name))),
            None => shown.detail(format!("  --> {name}")),
        };
        shown.help("the variables of a template are in docs/dockerfile.md")
    };
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.set_auto_escape_callback(|_| AutoEscape::None);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    templates.set_syntax(syntax.map_err(|error| failed(family, &error))?);
    templates.add_filter("exec", |list: Vec<String>| words::exec(&list));
    templates.add_filter("copied", |from: Vec<String>, to: String| words::copied(&from, &to));
    templates.add_filter("quoted", |text: String| words::quoted(&text));
    templates.add_filter("shell", |text: String| words::shell(&text));
    for (name, text) in EMBEDDED {
        templates.add_template(name, text).map_err(|error| failed(name, &error))?;
    }
    let name = own.map_or(family, |(path, _)| path);
    if let Some((path, text)) = own {
        templates.add_template(path, text).map_err(|error| failed(path, &error))?;
    }
    let text = templates
        .get_template(name)
        .and_then(|template| template.render(model))
        .map_err(|error| failed(name, &error))?;
    Ok(text.trim_end().to_owned() + "\n")
}
