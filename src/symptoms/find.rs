//! Which symptoms a text has.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::named::Named;
use super::words::{Pattern, as_written, words};
use super::{SYMPTOMS, Symptom};

/// Every pattern of the table, taken apart once.
static PATTERNS: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let known = |symptom: &'static Symptom| {
        symptom.patterns.iter().map(move |text| {
            let pattern = Pattern::new(text);
            Known { symptom, weight: pattern.weight(), pattern }
        })
    };
    SYMPTOMS.iter().flat_map(known).collect()
});

struct Known {
    symptom: &'static Symptom,
    pattern: Pattern,
    weight: usize,
}

/// A symptom that a text has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    /// Which one.
    pub symptom: &'static Symptom,
    /// What the text names in it, each once.
    pub named: Vec<Named>,
}

/// What a text turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// These symptoms, in the order in which the text has them.
    Symptoms(Vec<Recognised>),
    /// None; these are nearest, the nearest first.
    Nearest(Vec<&'static Symptom>),
}

/// So many of the nearest are worth reading.
const NEAREST: usize = 3;

/// Finds the symptoms of a pasted text. Of two that share a word the one that says more of it counts; what
/// nearly every log has (`permission denied`) counts only where nothing else is found.
pub fn find(text: &str) -> Found {
    // A terminal breaks lines between words, and a narrow one inside of them.
    let joined = text.replace(['\n', '\r'], "");
    let mut found = recognised(text);
    for more in recognised(&joined) {
        if found.iter().all(|known| known.symptom != more.symptom) {
            found.push(more);
        }
    }
    if found.iter().any(|known| !known.symptom.vague) {
        found.retain(|known| !known.symptom.vague);
    }
    if found.is_empty() { Found::Nearest(nearest(&words(text))) } else { Found::Symptoms(found) }
}

/// One place of one symptom.
struct Hit {
    symptom: &'static Symptom,
    place: Range<usize>,
    weight: usize,
    named: Vec<Named>,
}

/// The symptoms of a text as it stands, in its order, those that are vague as well.
pub(super) fn recognised(text: &str) -> Vec<Recognised> {
    let written = as_written(text);
    let lower: Vec<String> = written.iter().map(|word| word.to_lowercase()).collect();
    let mut hits: Vec<Hit> = PATTERNS.iter().flat_map(|known| hits(known, &written, &lower)).collect();
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.weight));
    let mut taken = vec![false; lower.len()];
    let mut kept: Vec<Hit> = Vec::new();
    for hit in hits {
        if taken[hit.place.clone()].iter().all(|taken| !taken) {
            taken[hit.place.clone()].fill(true);
            kept.push(hit);
        }
    }
    kept.sort_by_key(|hit| hit.place.start);
    let mut found: Vec<Recognised> = Vec::new();
    for Hit { symptom, named, .. } in kept {
        match found.iter_mut().find(|known| known.symptom == symptom) {
            Some(known) => add(&mut known.named, named),
            None => found.push(Recognised { symptom, named }),
        }
    }
    found
}

/// Adds names, each once.
pub(super) fn add(all: &mut Vec<Named>, more: Vec<Named>) {
    for name in more {
        if !all.contains(&name) {
            all.push(name);
        }
    }
}

fn hits(known: &'static Known, written: &[String], lower: &[String]) -> Vec<Hit> {
    let places = known.pattern.places(written, lower).into_iter();
    let hit = |place: super::words::Place| Hit {
        symptom: known.symptom,
        place: place.range,
        weight: known.weight,
        named: place.named.into_iter().filter_map(Named::new).collect(),
    };
    places.map(hit).collect()
}

/// The symptoms whose own messages share most words with the text: rare words count more than those that
/// many messages have.
fn nearest(text: &[String]) -> Vec<&'static Symptom> {
    let text: BTreeSet<&str> = text.iter().map(String::as_str).collect();
    let vocabularies: Vec<BTreeSet<String>> = SYMPTOMS.iter().map(vocabulary).collect();
    let weight = |word: &str| {
        let messages = vocabularies.iter().filter(|words| words.contains(word)).count();
        SYMPTOMS.len() / messages.max(1)
    };
    let mut scored: Vec<(usize, &'static Symptom)> = SYMPTOMS
        .iter()
        .zip(&vocabularies)
        .map(|(symptom, words)| {
            let shared = words.iter().filter(|word| text.contains(word.as_str()));
            (shared.map(|word| weight(word)).sum(), symptom)
        })
        .filter(|(score, _)| *score > 0)
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let best = scored.first().map_or(0, |(score, _)| *score);
    scored.retain(|(score, _)| *score * 2 >= best);
    scored.into_iter().take(NEAREST).map(|(_, symptom)| symptom).collect()
}

fn vocabulary(symptom: &Symptom) -> BTreeSet<String> {
    let messages = symptom.also.iter().chain([&symptom.message]);
    messages.flat_map(|message| words(message)).filter(|word| word.len() > 3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<&'static str> {
        match find(text) {
            Found::Symptoms(found) => found.iter().map(|known| known.symptom.message).collect(),
            Found::Nearest(near) => panic!("{text}: only near {near:?}"),
        }
    }

    #[test]
    fn other_paths_names_cases_and_quotes_make_no_difference() {
        for text in [
            "exec /usr/local/bin/payments-api: no such file or directory",
            "EXEC /APP: NO SUCH FILE OR DIRECTORY",
            "exec \u{201c}/srv/x\u{201d}: no such\nfile or directory",
            "exec /srv/x: no such file or direc\ntory",
            "standard_init_linux.go:207: exec user process caused: no such file or directory",
        ] {
            assert_eq!(messages(text), ["exec /app/rpc: no such file or directory"], "{text}");
        }
    }

    #[test]
    fn a_message_is_found_in_a_whole_log() {
        let log = "Events:\n  Type     Reason     Age   From     Message\n  Warning  BackOff    5s    kubelet  \
                   Back-off restarting failed container app in pod shop-5d9 (CrashLoopBackOff)\n\
                   2026-03-01T10:00:00Z stderr F \u{1b}[31m/app: /lib/x86_64-linux-gnu/libc.so.6: version \
                   `GLIBC_2.32' not found (required by /app)\u{1b}[0m\n\
                   2026-03-01T10:00:00Z stderr F /app: /lib/x86_64-linux-gnu/libc.so.6: version \
                   `GLIBC_2.34' not found (required by /app)\n";
        assert_eq!(
            messages(log),
            ["/app: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /app)"]
        );
    }

    #[test]
    fn two_messages_of_one_log_are_both_found_in_their_order() {
        let log = "unknown time zone Asia/Tokyo, then: x509: certificate signed by unknown authority";
        assert_eq!(
            messages(log),
            ["unknown time zone Europe/Paris", "x509: certificate signed by unknown authority"]
        );
    }

    #[test]
    fn what_says_nothing_by_itself_is_an_answer_only_alone() {
        assert_eq!(messages("CrashLoopBackOff"), ["Back-off restarting failed container (CrashLoopBackOff)"]);
        assert_eq!(
            messages("CrashLoopBackOff: exec /x: exec format error"),
            ["exec /app: exec format error"]
        );
        assert_eq!(messages("permission denied"), ["permission denied"]);
    }

    #[test]
    fn other_lines_are_no_symptom() {
        for line in [
            "2026/03/01 10:00:00 listening on :8080",
            "GET /favicon.ico 404 not found",
            "error: user not found",
            "go: downloading github.com/mattn/go-sqlite3 v1.14.22",
            "loaded plugin metrics, version 2.34",
            "exec: started /app/rpc with 3 arguments",
            "exit status 1",
            "runtime/cgo: pthread_create failed: Resource temporarily unavailable",
            "x509: certificate has expired or is not yet valid",
        ] {
            assert!(matches!(find(line), Found::Nearest(_)), "{line}: {:?}", find(line));
        }
    }

    #[test]
    fn a_stranger_is_answered_with_the_nearest_and_nonsense_with_nothing() {
        let Found::Nearest(near) = find("could not verify the certificate of that authority") else {
            panic!("this is no message of the table");
        };
        assert_eq!(near[0].message, "x509: certificate signed by unknown authority");
        assert_eq!(find("xyzzy plugh"), Found::Nearest(Vec::new()));
        assert_eq!(find(""), Found::Nearest(Vec::new()));
    }
}
