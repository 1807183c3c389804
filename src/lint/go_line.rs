//! The words of a `go build`: its flags, GOFLAGS included, and its packages.
//!
//! Source: cmd/go (`base/goflags.go`: a flag of the line wins over the same one of GOFLAGS).

use crate::cli::go_flags::{self, Takes};
use crate::cli::quoted_split;
use crate::shell::{WORDS, has_hole};

/// One of them, with what only the build knows as holes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct GoLine {
    /// In their order, those of GOFLAGS first: the name without dashes, and the value.
    flags: Vec<(String, Option<String>)>,
    /// Packages or files.
    pub(super) packages: Vec<String>,
    /// Whether a word that only the build knows may be any flag.
    pub(super) any_flag: bool,
}

impl GoLine {
    /// Of the words behind `go build`, and of GOFLAGS.
    pub(super) fn of(words: &[String], goflags: &str) -> Self {
        let mut found = Self::default();
        match quoted_split(goflags) {
            Ok(words) => words.iter().for_each(|word| {
                found.flag(word);
            }),
            Err(_) => found.any_flag = true,
        }
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if word == "--" || !(word.starts_with('-') || may_be_flags(word)) || word == "-" {
                found.packages.extend((word != "--").then(|| word.clone()));
                found.packages.extend(words.by_ref().cloned());
            } else if may_be_flags(word) {
                // Flags or packages: as the one it may change anything, as the other it may be any.
                found.any_flag = true;
                found.packages.push(word.clone());
            } else if found.flag(word) == Takes::Value
                && let Some(flag) = found.flags.last_mut()
            {
                flag.1 = words.next().cloned();
            }
        }
        // What stands in front of a package that is known were flags.
        if let Some(first) = found.packages.iter().position(|word| !may_be_flags(word)) {
            let sure = found.packages.split_off(first);
            found.packages = sure;
        }
        found
    }

    /// One word of flags; whether its value is the next.
    fn flag(&mut self, word: &str) -> Takes {
        let Some(bare) = word.strip_prefix("--").or_else(|| word.strip_prefix('-')) else {
            self.any_flag |= has_hole(word);
            return Takes::Nothing;
        };
        let (name, value) = match bare.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (bare, None),
        };
        self.any_flag |= has_hole(name);
        let takes = if value.is_some() { None } else { go_flags::lookup(name) };
        self.flags.push((name.to_owned(), value));
        takes.unwrap_or(Takes::Nothing)
    }

    /// The last value of a flag.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.flags.iter().rev().find(|(flag, _)| flag == name)?.1.as_deref()
    }

    /// The build tags; none where only the build knows them all.
    pub(super) fn tags(&self) -> Option<Vec<&str>> {
        let tags = self.value("tags").unwrap_or_default();
        let all = tags.split([',', ' ']).filter(|tag| !tag.is_empty());
        (!self.any_flag && !has_hole(tags)).then(|| all.collect())
    }

    /// Whether a tag is given, or may be.
    pub(super) fn may_have_tag(&self, tag: &str) -> bool {
        let own = self.value("tags").unwrap_or_default().split([',', ' ']).any(|one| one == tag);
        own || self.tags().is_none()
    }

    /// Whether this is the value of a flag, or may be.
    pub(super) fn may_say(&self, name: &str, wanted: &str) -> bool {
        match self.value(name) {
            Some(value) => value == wanted || has_hole(value),
            None => self.any_flag,
        }
    }

    /// Whether this is the value of a flag for sure.
    pub(super) fn says(&self, name: &str, wanted: &str) -> bool {
        self.value(name) == Some(wanted)
    }
}

/// Whether a word may be flags, as far as the file says.
fn may_be_flags(word: &str) -> bool {
    word.starts_with([WORDS, crate::shell::HOLE])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Surroundings, walk};

    /// The line of a script whose one command is a `go build`.
    fn line(script: &str) -> GoLine {
        let ran = walk(script, &Surroundings::default()).remove(0);
        GoLine::of(&ran.words[2..], ran.environment.get("GOFLAGS").text())
    }

    #[test]
    fn a_flag_has_its_value_in_its_word_or_in_the_next() {
        let found = line("go build -v -o /app --tags=a,b -trimpath -C cmd ./x -o");
        assert_eq!((found.value("o"), found.value("C")), (Some("/app"), Some("cmd")));
        assert_eq!(found.tags(), Some(vec!["a", "b"]));
        assert_eq!(found.packages, ["./x", "-o"]);
        assert!(found.value("v").is_none() && !found.any_flag);
    }

    #[test]
    fn the_line_wins_over_goflags() {
        let found = line("GOFLAGS='-buildmode=pie -tags=a' go build -tags b");
        assert!(found.says("buildmode", "pie") && found.may_have_tag("b") && !found.may_have_tag("a"));
        assert!(line("GOFLAGS=\"-v $(flags)\" go build").any_flag);
    }

    #[test]
    fn what_only_the_build_knows_may_be_any_flag_where_a_flag_may_stand() {
        assert!(line("go build $(flags) -o /app .").any_flag);
        assert!(!line("go build -o /app . $(packages)").any_flag);
        assert!(!line("go build -o \"$(name)\" -ldflags \"$(flags)\" .").any_flag);
        assert_eq!(line("go build $(flags) -o /app ./a").packages, ["./a"]);
        assert!(line("go build -tags \"$(tags)\"").may_have_tag("netgo"));
    }
}
