//! What holds for the whole table.

use std::collections::BTreeSet;

use super::named::KINDS;
use super::words::{Pattern, words};
use super::{CAUSES, Found, Often, SYMPTOMS, cause, find, sign};
use crate::checks::CHECKS;

/// The list of failures that the table was made from.
fn classes() -> BTreeSet<String> {
    let of = |letter: char, last: u32| (1..=last).map(move |number| format!("{letter}{number}"));
    of('A', 10).chain(of('B', 24)).chain(of('C', 20)).chain(of('D', 7)).collect()
}

#[test]
fn every_failure_of_the_list_has_one_cause_and_a_message_that_leads_to_it() {
    let listed: Vec<&str> = CAUSES.iter().filter_map(|cause| cause.class).collect();
    assert_eq!(listed.len(), 61);
    assert_eq!(listed.iter().map(|&class| class.to_owned()).collect::<BTreeSet<_>>(), classes());
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    for symptom in SYMPTOMS.iter().filter(|symptom| !symptom.vague) {
        if let Found::Symptoms(found) = find(symptom.message) {
            reached.extend(found.iter().flat_map(|known| known.symptom.causes).copied());
        }
    }
    for cause in CAUSES {
        assert!(reached.contains(cause.name), "no message leads to {}", cause.name);
    }
}

#[test]
fn every_message_of_the_table_is_its_own_symptom_and_no_other() {
    let mut wrong = Vec::new();
    for symptom in SYMPTOMS {
        for message in symptom.also.iter().chain([&symptom.message]) {
            for pasted in [(*message).to_owned(), format!("app-1  | {}\n", message.to_uppercase())] {
                let found = match find(&pasted) {
                    Found::Symptoms(found) => found.iter().map(|known| known.symptom.message).collect(),
                    Found::Nearest(_) => Vec::new(),
                };
                if found != [symptom.message] {
                    wrong.push(format!("{pasted:?} is taken for {found:#?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a pattern's word has before, in and behind its braces.
fn in_braces(word: &str) -> (&str, &str, &str) {
    let Some((before, rest)) = word.split_once('{') else { return ("", word, "") };
    let (inner, after) = rest.split_once('}').unwrap_or_else(|| panic!("{word}: no brace ends it"));
    let (_, inner) = inner.split_once(':').unwrap_or_else(|| panic!("{word}: a name of what?"));
    (before, inner, after)
}

#[test]
fn every_pattern_is_in_the_form_that_words_have_and_says_enough() {
    for symptom in SYMPTOMS {
        for pattern in symptom.patterns {
            for word in pattern.split_whitespace().filter(|word| *word != "..") {
                let (before, inner, after) = in_braces(word);
                for one in inner.split('|') {
                    let bare = format!("{before}{one}{after}").replace('*', "x");
                    assert_eq!(words(&bare), [bare.as_str()], "{pattern}: {word} never stands in a text");
                }
            }
            let pattern_read = Pattern::new(pattern);
            // An instruction is short, and says enough with what it is done to.
            let enough = if pattern.contains('*') { 6 } else { 4 };
            assert!(pattern_read.weight() >= enough, "{pattern} is too loose");
            for kind in pattern_read.kinds() {
                assert!(KINDS.iter().any(|(own, _)| *own == kind), "{pattern}: there is no {kind}");
            }
        }
    }
}

#[test]
fn names_are_unique_and_everything_named_is_there() {
    let names: BTreeSet<&str> = CAUSES.iter().map(|cause| cause.name).collect();
    assert_eq!(names.len(), CAUSES.len());
    let messages: BTreeSet<&str> = SYMPTOMS.iter().map(|symptom| symptom.message).collect();
    assert_eq!(messages.len(), SYMPTOMS.len());
    let mut asked = BTreeSet::new();
    for symptom in SYMPTOMS {
        assert!(!symptom.causes.is_empty(), "{}", symptom.message);
        for name in symptom.causes {
            assert!(cause(name).is_some(), "{}: there is no cause {name}", symptom.message);
            asked.insert(*name);
        }
    }
    assert_eq!(asked, names);
    for cause in CAUSES {
        for id in cause.checks {
            assert!(
                CHECKS.iter().any(|check| check.diagnostic.id == *id),
                "{}: there is no check {id}",
                cause.name
            );
        }
        // A cause may be called like a check that sees it, and like no other.
        let namesake = CHECKS.iter().find(|check| check.diagnostic.name == cause.name);
        assert!(namesake.is_none_or(|check| cause.checks.contains(&check.diagnostic.id)), "{}", cause.name);
        for word in cause.signs {
            let word = word.trim_start_matches('!');
            assert!(sign::SIGNS.contains(&word) || word.starts_with("module:"), "{}: {word}", cause.name);
        }
        assert!(!cause.tell.is_empty() && !cause.fix.is_empty(), "{}", cause.name);
    }
}

#[test]
fn how_often_follows_the_list() {
    for cause in CAUSES {
        let expected = match cause.class.and_then(|class| class.chars().next()) {
            Some('A') => Often::VeryCommon,
            Some('B') => Often::Common,
            Some('C') => Often::Occasional,
            _ => Often::Rare,
        };
        assert_eq!(cause.often, expected, "{}", cause.name);
    }
    assert!(CAUSES.is_sorted_by_key(|cause| cause.often));
}

#[test]
fn the_prose_is_one_line_in_lower_case_without_a_full_stop() {
    let symptoms = SYMPTOMS.iter().map(|symptom| symptom.says);
    let causes = CAUSES.iter().flat_map(|cause| cause.tell.iter().chain(cause.fix).chain([&cause.summary]));
    for text in symptoms.chain(causes.copied()) {
        assert!(!text.ends_with('.') && !text.contains('\n') && text.trim() == text, "{text}");
        assert_eq!(text.matches('`').count() % 2, 0, "{text}");
    }
}
