//! How files are called where one run makes several: `{name}-{os}-{arch}`.

use std::fmt::Write as _;

use super::values::Wrong;
use crate::platform::Platform;
use crate::suggest::closest;

/// What may stand in braces, and what it stands for.
const PLACES: [&str; 4] = ["name", "target", "os", "arch"];

/// Pieces of a template: text as it is, or a placeholder's name.
enum Piece<'a> {
    Text(&'a str),
    Place(&'a str),
}

fn pieces(template: &str) -> Result<Vec<Piece<'_>>, Wrong> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find(['{', '}']) {
        pieces.push(Piece::Text(&rest[..open]));
        let place = rest[open..].strip_prefix('{').and_then(|inner| inner.split_once('}'));
        let Some((place, after)) = place else {
            return Err(("a brace without its other half".to_owned().into(), Some(known())));
        };
        if !PLACES.contains(&place) {
            let help =
                closest(place, PLACES).map_or_else(known, |near| format!("did you mean `{{{near}}}`?"));
            return Err((format!("unknown placeholder `{{{place}}}`").into(), Some(help)));
        }
        pieces.push(Piece::Place(place));
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    Ok(pieces)
}

fn known() -> String {
    format!("there are {}", PLACES.map(|place| format!("{{{place}}}")).join(", "))
}

/// Whether a template can be filled in.
pub(super) fn check(template: &str) -> Result<(), Wrong> {
    pieces(template).map(drop)
}

/// Fills a template in. `{name}` is the file's own name, `{target}` the target's name or image with what
/// no file name should hold replaced by dashes, `{arch}` the architecture with its variant (`armv7`), so
/// that two platforms never share a name. A template that [`super::parse`] refuses comes back as it is.
pub fn expand(template: &str, name: &str, target: &str, platform: &Platform) -> String {
    let Ok(pieces) = pieces(template) else { return template.to_owned() };
    pieces.iter().fold(String::new(), |mut text, piece| {
        match piece {
            Piece::Text(plain) => text.push_str(plain),
            Piece::Place("name") => text.push_str(name),
            Piece::Place("target") => {
                let keep = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
                text.extend(target.chars().map(|letter| if keep(letter) { letter } else { '-' }));
            }
            Piece::Place("os") => text.push_str(&platform.os),
            Piece::Place(_) => {
                let variant = platform.variant.as_deref().unwrap_or_default();
                let _ = write!(text, "{}{variant}", platform.arch);
            }
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, platform: &str) -> String {
        expand(template, "rpc", "alpine:3.20", &platform.parse().unwrap())
    }

    #[test]
    fn two_platforms_never_share_a_name() {
        let template = crate::config::defaults::NAME;
        assert_eq!(filled(template, "linux/amd64"), "rpc-linux-amd64");
        assert_eq!(filled(template, "linux/arm/v6"), "rpc-linux-armv6");
        assert_eq!(filled(template, "linux/arm/v7"), "rpc-linux-armv7");
        assert_eq!(filled("{target}/{name}", "linux/arm64"), "alpine-3.20/rpc");
    }

    #[test]
    fn what_cannot_be_filled_in_says_what_can() {
        let wrong = |template| check(template).unwrap_err();
        assert_eq!(
            wrong("{nam}"),
            ("unknown placeholder `{nam}`".to_owned().into(), Some("did you mean `{name}`?".to_owned()))
        );
        assert_eq!(wrong("{version}").1, Some("there are {name}, {target}, {os}, {arch}".to_owned()));
        assert_eq!(wrong("{name").0, "a brace without its other half".to_owned().into());
        assert_eq!(wrong("name}").0, "a brace without its other half".to_owned().into());
        assert_eq!(check("{name}_{arch}"), Ok(()));
    }
}
