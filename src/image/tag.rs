//! A tag in its parts, and the release of a family that it means.

use super::catalog::{Family, Release};
use super::reference::Reference;
use crate::suggest::closest;

/// A tag taken apart at its hyphens: `bookworm-20240612-slim` is the word `bookworm`, a build, and the
/// flavour `slim`.
#[derive(Debug)]
pub(super) struct Tag {
    /// What may name a release.
    words: Vec<String>,
    /// What changes no fact, in the order written.
    pub(super) flavours: Vec<String>,
    /// Whether the tag or a digest fixes one build.
    is_pinned: bool,
    /// Whether there is nothing but a digest, which says nothing about the release.
    pub(super) is_digest_alone: bool,
}

/// What a tag means in its family.
#[derive(Debug)]
pub(super) enum Choice {
    /// This release, whenever it is asked.
    Fixed(&'static Release),
    /// This release today.
    Moving {
        /// The row.
        release: &'static Release,
        /// The part of the tag that moves.
        word: String,
    },
    /// Some release of the family.
    Unlisted,
}

impl Tag {
    /// The tag of a reference, `latest` where there is none.
    pub(super) fn of(family: &Family, reference: &Reference) -> Self {
        let mut tag = Self {
            words: Vec::new(),
            flavours: Vec::new(),
            is_pinned: reference.digest.is_some(),
            is_digest_alone: reference.digest.is_some() && reference.tag.is_none(),
        };
        let written = reference.tag.as_deref().unwrap_or("latest");
        for (at, part) in written.split('-').enumerate() {
            if family.flavours.contains(&part) {
                tag.flavours.push(part.to_owned());
            } else if at > 0 && is_build(part) {
                tag.is_pinned = true;
            } else {
                tag.words.push(part.to_owned());
            }
        }
        if tag.words.is_empty() {
            tag.words.push("latest".to_owned());
        }
        tag
    }

    /// Whether it says nothing about the release.
    pub(super) fn is_latest(&self) -> bool {
        self.words == ["latest"]
    }

    /// How exactly the tag names a release: the length of the release's own tag, none if it does not.
    /// Each word may be a longer version of the release's: `3.20.3` for `3.20`.
    pub(super) fn names(&self, release: &Release) -> Option<usize> {
        let extends = |word: &str, of: &str| {
            word.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let fits = |tag: &&&str| {
            let parts: Vec<&str> = tag.split('-').collect();
            parts.len() == self.words.len() && self.words.iter().zip(parts).all(|(w, part)| extends(w, part))
        };
        release.tags.iter().chain(release.codes).filter(fits).map(|tag| tag.len()).max()
    }

    /// What is wrong in a tag that is nearly a release, and what was meant: a letter that looks like a digit
    /// (`3.2O`), a `v` in front (`v3.20`), a slip in a code name. None where it may be a release of its own.
    pub(super) fn slip(&self, family: &Family) -> Option<(String, String)> {
        let word = self.words.join("-");
        let like_a_digit = |letter| match letter {
            'O' | 'o' => '0',
            'l' | 'I' => '1',
            other => other,
        };
        let number = word.strip_prefix('v').unwrap_or(&word);
        let mended: String = number.chars().map(like_a_digit).collect();
        // At least one digit that is one: `lo` is none.
        if mended.starts_with(|letter: char| letter.is_ascii_digit())
            && number.contains(|letter: char| letter.is_ascii_digit())
        {
            let words = mended.split('-').map(str::to_owned).collect();
            let tag = Self { words, flavours: Vec::new(), is_pinned: false, is_digest_alone: false };
            let known = family.releases.iter().any(|release| tag.names(release).is_some());
            return (known && mended != word).then_some((word, mended));
        }
        let codes = family.releases.iter().flat_map(|release| release.codes).copied();
        let near = closest(&word, codes.filter(|_| word.len() > 4))?;
        (near != word).then(|| (word, near.to_owned()))
    }

    /// The release of the family that the tag means.
    pub(super) fn choose(&self, family: &'static Family) -> Choice {
        if self.is_digest_alone {
            return Choice::Unlisted;
        }
        let word = self.words.join("-");
        let named = family.releases.iter().filter_map(|release| Some((self.names(release)?, release)));
        if let Some((_, release)) = named.max_by_key(|(exactness, _)| *exactness) {
            // A build of a release that moves on is as old as it is.
            let is_old = release.facts.is_rolling() && self.is_pinned;
            return if is_old { Choice::Unlisted } else { Choice::Fixed(release) };
        }
        let moving = family.releases.iter().find(|release| release.floating.contains(&word.as_str()));
        let short = || {
            let longer = |tag: &&str| tag.strip_prefix(&word).is_some_and(|rest| rest.starts_with('.'));
            let newest = family.releases.iter().find(|release| release.tags.iter().any(longer));
            newest.filter(|_| family.short_tags)
        };
        match moving.or_else(short) {
            Some(release) if !self.is_pinned => Choice::Moving { release, word },
            _ => Choice::Unlisted,
        }
    }
}

/// A date or a build number: digits and dots.
fn is_build(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_digit()) && part.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}
