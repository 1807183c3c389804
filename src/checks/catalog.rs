//! The list of checks as a user asks for it: by id or by name.

use super::{CHECKS, Check};
use crate::error::{Error, Result};
use crate::suggest::closest;

/// A check that was taken out. Its id and name stay here for good, so that neither is given away again and
/// an old `--allow` is answered with the reason.
#[derive(Debug)]
pub struct Retired {
    /// The id that it had.
    pub id: &'static str,
    /// The name that it had.
    pub name: &'static str,
    /// One clause: what took its place, or why it is not needed any more.
    pub reason: &'static str,
}

/// Checks that are no longer there.
pub static RETIRED: &[Retired] = &[];

/// The check that a word stands for: an id or a name, in any case.
///
/// # Errors
/// No check is called so; the error names the nearest one, or all of them.
pub fn find(word: &str) -> Result<&'static Check> {
    let word = word.trim();
    let named = |id: &str, name: &str| id.eq_ignore_ascii_case(word) || name.eq_ignore_ascii_case(word);
    if let Some(check) = CHECKS.iter().find(|check| named(check.id, check.name)) {
        return Ok(check);
    }
    if let Some(gone) = RETIRED.iter().find(|gone| named(gone.id, gone.name)) {
        return Err(Error::new(format!("{} ({}) is no longer checked: {}", gone.id, gone.name, gone.reason)));
    }
    let error = Error::new(format!("there is no check `{word}`"));
    let words = CHECKS.iter().flat_map(|check| [check.id, check.name]);
    Err(match closest(word, words) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => CHECKS.iter().fold(error.detail("the checks are:"), |error, check| {
            error.detail(format!("  {} {}", check.id, check.name))
        }),
    })
}

/// Names the set of checks and the version that they belong to. A remembered verdict is worth nothing
/// under another fingerprint.
pub fn fingerprint() -> String {
    let ids: Vec<&str> = CHECKS.iter().map(|check| check.id).collect();
    format!("{} {}", env!("CARGO_PKG_VERSION"), ids.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_is_found_by_id_and_by_name_in_any_case() {
        for word in ["GB201", "gb201", "loader-missing", "Loader-Missing", " GB201 "] {
            assert_eq!(find(word).map(|check| check.id).unwrap(), "GB201", "{word}");
        }
    }

    #[test]
    fn a_slip_is_answered_with_the_nearest_name_and_nonsense_with_the_list() {
        let slip = find("loader-mising").err().unwrap();
        assert_eq!(slip.message, "there is no check `loader-mising`");
        assert_eq!(slip.help, ["did you mean `loader-missing`?"]);
        let nonsense = find("certificates").err().unwrap();
        assert!(nonsense.help.is_empty());
        assert!(nonsense.detail.contains(&"  GB203 glibc-too-new".to_owned()), "{nonsense:?}");
    }

    #[test]
    fn the_fingerprint_names_the_version_and_every_check() {
        let text = fingerprint();
        assert!(text.starts_with(env!("CARGO_PKG_VERSION")));
        assert!(CHECKS.iter().all(|check| text.contains(check.id)), "{text}");
    }
}
