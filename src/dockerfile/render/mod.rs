//! Writes the Dockerfile that fits a target.
//!
//! | file | its one thought |
//! | --- | --- |
//! | [`family`] | which template an image gets |
//! | [`needs`] | what the binary looks for when it runs |
//! | `bring` | what the image lacks of that, and how it gets there |
//! | `user` | whom the binary runs as |
//! | [`stage`] | the stage that builds |
//! | `model` | the variables of the templates |
//! | `template` | the templates, gobuild's own and the user's |
//! | `words` | quoting |
//! | [`seal`] | the line that tells an edit from what gobuild wrote |
//! | [`mod@ignore`] | `.dockerignore` |

mod bring;
pub mod family;
pub mod ignore;
mod model;
pub mod needs;
pub mod seal;
pub mod stage;
mod template;
mod user;
mod words;

#[cfg(test)]
mod tests;

use crate::config::dockerfile::{Builder, Dockerfile};
use crate::error::{Error, Result};
use crate::image::{Fact, Image, Reference};
use crate::platform::Platform;
use family::Family;
use needs::Needs;
use stage::Stage;

/// Everything that a Dockerfile depends on.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The target as it was named: a table of gobuild.toml, or the image.
    pub target: &'a str,
    /// What is known of the image.
    pub image: &'a Image,
    /// The platforms of the target; empty where it lists none.
    pub platforms: &'a [Platform],
    /// `[dockerfile]`
    pub settings: &'a Dockerfile,
    /// What builds it.
    pub builder: Builder,
    /// The program's name.
    pub program: &'a str,
    /// Where the binary comes from.
    pub source: Source<'a>,
    /// What it looks for.
    pub needs: Needs,
    /// An image's name with the digest of gobuild.lock, where it has one.
    pub pinned: &'a dyn Fn(&str) -> String,
    /// The user's template: its path and its text.
    pub template: Option<(&'a str, &'a str)>,
}

/// Where the binary comes from.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// gobuild made it: a path in the build context, with `${TARGETARCH}${TARGETVARIANT}` where there are several.
    Prebuilt(&'a str),
    /// A stage builds it.
    Build(Stage<'a>),
}

/// A Dockerfile, and what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The text, with the line that seals it.
    pub text: String,
    /// What was decided and cannot be seen, and what is not known.
    pub notes: Vec<String>,
    /// `.dockerignore`, sealed too.
    pub ignore: String,
}

/// Writes it.
pub fn render(request: &Request<'_>) -> Result<Rendered> {
    check(request)?;
    let mut notes = Vec::new();
    let family = Family::of(request.image);
    let model = model::model(request, family, &mut notes)?;
    let text = template::fill(family.name(), request.template, &model)?;
    let about = format!("Written by gobuild for {}", request.image.name);
    Ok(Rendered {
        text: seal::seal(&text, &format!("{about}: change gobuild.toml, not this file")),
        notes,
        ignore: seal::seal(&ignore::ignore(request), &about),
    })
}

/// `FROM` for the target's image.
fn from(request: &Request<'_>) -> String {
    (request.pinned)(&request.image.name)
}

fn check(request: &Request<'_>) -> Result<()> {
    let image = request.image;
    if image.os.as_ref().known().is_some_and(|os| os != "linux") {
        return Err(Error::new(format!(
            "{} is for Windows, and Dockerfiles are written for Linux",
            image.name
        )));
    }
    if image.name.parse::<Reference>().is_err() {
        return Err(Error::new(format!("the target {} has no image to build on", request.target))
            .detail(format!("  it was {}", image.source))
            .help("name it beside what is read: image = \"registry.corp/base:7\""));
    }
    if request.builder == Builder::Classic && request.platforms.len() > 1 {
        let platforms = request.platforms.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        return Err(Error::new("the classic builder makes an image of one platform")
            .detail(format!("  {} lists {platforms}", request.target))
            .detail("  it fills in neither $TARGETARCH nor $BUILDPLATFORM, which tell the binaries apart")
            .help("one Dockerfile for each: gobuild dockerfile --builder classic --platform linux/amd64")
            .help("or BuildKit, which docker has had since 18.09: DOCKER_BUILDKIT=1 docker build .")
            .help("and leave `builder` out"));
    }
    let packages = request.settings.packages.as_ref().filter(|list| !list.value.is_empty());
    let family = Family::of(image);
    if let Some(packages) = packages.filter(|_| request.template.is_none() && family.manager(image).is_none())
    {
        let error = Error::new(format!("packages cannot be installed in {}", image.name))
            .detail(format!("  asked for by {}", packages.origin));
        return Err(match image.shell {
            Fact::Known(None) => error.help("it has no shell; use an image with a package manager"),
            _ => error.help(
                "its package manager is not known; write a template: gobuild dockerfile --template FILE",
            ),
        });
    }
    let texts = request.settings.env.values().chain(request.settings.labels.values());
    let lists = [&request.settings.args, &request.settings.healthcheck];
    let words = lists.into_iter().flatten().flat_map(|list| &list.value);
    for text in texts.chain(words) {
        if text.value.contains(['\n', '\r', '\0']) {
            return Err(Error::new("a value of [dockerfile] has a line end in it")
                .detail(format!("  {}", text.origin)));
        }
    }
    Ok(())
}
