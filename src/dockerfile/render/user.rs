//! Whom the binary runs as.

use super::Request;
use super::needs::Need;
use crate::error::{Error, Result};
use crate::image::{Fact, Image};

/// The id that distroless gave its `nonroot`, and that many took over: no distribution hands it out.
const NONROOT: u32 = 65532;

/// The user of the final stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct User {
    /// As `USER` takes it.
    pub(super) id: String,
    /// Why this one.
    pub(super) why: String,
    /// The entry of `/etc/passwd` that has to be made, because the binary looks users up and would not find
    /// itself.
    pub(super) entry: Option<Entry>,
}

/// How an entry of `/etc/passwd` comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// The image has no such file: a new one.
    New(u32),
    /// Behind those of the image.
    Added(u32),
}

/// Decides it; the notes are lines worth saying.
pub(super) fn user(request: &Request<'_>, notes: &mut Vec<String>) -> Result<User> {
    let image = request.image;
    let (id, why) = match &request.settings.user {
        Some(set) => chosen(&set.value, image, notes)?,
        None => by_itself(image),
    };
    let number = id.split(':').next().and_then(|id| id.parse::<u32>().ok());
    let entry = match (request.needs.users, number) {
        (Need::Yes, Some(number)) => entry(number, image, notes),
        _ => None,
    };
    let why = match entry {
        Some(_) if request.settings.user.is_none() => "Not root.".to_owned(),
        _ => why,
    };
    Ok(User { id, why, entry })
}

/// A name or an id, each with a group behind a colon.
fn chosen(set: &str, image: &Image, notes: &mut Vec<String>) -> Result<(String, String)> {
    let (name, group) = set.split_once(':').map_or((set, None), |(name, group)| (name, Some(group)));
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    if !is_word(name) || group.is_some_and(|group| !is_word(group)) {
        return Err(
            Error::new(format!("`{set}` is not a user")).help("a user reads like 65532, app or 65532:65532")
        );
    }
    if name.parse::<u32>().is_ok() {
        return Ok((set.to_owned(), "As gobuild.toml says.".to_owned()));
    }
    match image.users.as_ref() {
        Fact::Known(users) => match users.iter().find(|user| user.name == name) {
            // Kubernetes' runAsNonRoot takes an id alone for a proof.
            Some(user) if group.is_none_or(|group| group == name) => Ok((
                user.uid.to_string(),
                format!("{name} of {}, by id: runAsNonRoot takes no name.", image.name),
            )),
            Some(_) => Ok((set.to_owned(), "As gobuild.toml says.".to_owned())),
            None => {
                let error = Error::new(format!("{} has no user `{name}`", image.name));
                let names: Vec<&str> = users.iter().map(|user| user.name.as_str()).collect();
                let error = if names.is_empty() {
                    error.detail("  it has no /etc/passwd, so only an id can be named")
                } else {
                    error.detail(format!("  it has {}", names.join(", ")))
                };
                Err(error.help("name an id, which needs no entry: user = \"65532\""))
            }
        },
        Fact::Unknown => {
            notes.push(format!("whether {} has a user `{name}` is not known", image.name));
            Ok((set.to_owned(), "As gobuild.toml says.".to_owned()))
        }
    }
}

/// The user in the image's configuration, where that is not root.
pub(super) fn of_image(image: &Image) -> Option<&str> {
    let own = image.run.as_ref().and_then(|run| run.user.as_deref());
    own.filter(|own| !matches!(own.split(':').next(), Some("root" | "0" | "")))
}

/// Nobody said: a user of the image that is not root, else an id that needs no entry.
fn by_itself(image: &Image) -> (String, String) {
    if let Some(own) = of_image(image) {
        return (own.to_owned(), format!("The user of {} itself.", image.name));
    }
    let users = image.users.as_ref().known().map(Vec::as_slice).unwrap_or_default();
    match users.iter().find(|user| user.name == "nonroot") {
        Some(user) => (format!("{0}:{0}", user.uid), format!("nonroot of {}.", image.name)),
        None => (format!("{NONROOT}:{NONROOT}"), "Not root; an id needs no entry in /etc/passwd.".to_owned()),
    }
}

fn entry(id: u32, image: &Image, notes: &mut Vec<String>) -> Option<Entry> {
    match image.users.as_ref() {
        Fact::Known(users) if users.iter().any(|user| user.uid == id) => None,
        Fact::Known(users) if users.is_empty() => Some(Entry::New(id)),
        // Root is in every /etc/passwd.
        Fact::Unknown if id == 0 => None,
        _ if matches!(image.shell, Fact::Known(Some(_))) => Some(Entry::Added(id)),
        _ => {
            notes.push(format!("the binary looks up users, and {} may not know {id}", image.name));
            None
        }
    }
}

/// The lines of a new `/etc/passwd`, or the one line that is added to it.
pub(super) fn passwd(entry: Entry) -> Vec<String> {
    let line = |id: u32| format!("nonroot:x:{id}:{id}:nonroot:/:/sbin/nologin");
    let root = "root:x:0:0:root:/:/sbin/nologin".to_owned();
    match entry {
        Entry::New(0) => vec![root],
        Entry::New(id) => vec![root, line(id)],
        Entry::Added(id) => vec![line(id)],
    }
}
