//! What holds for every rule: the ids, the pages, the pairs of test files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::RULES;
use crate::checks::CHECKS;

fn listed(folder: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn ids_and_names_are_sorted_well_formed_and_nobody_elses() {
    assert!(RULES.windows(2).all(|pair| pair[0].diagnostic.id < pair[1].diagnostic.id));
    for rule in RULES {
        assert!(
            rule.diagnostic.id.len() == 5 && rule.diagnostic.id.starts_with("GB6"),
            "{}",
            rule.diagnostic.id
        );
        assert!(
            CHECKS.iter().all(|check| check.diagnostic.name != rule.diagnostic.name),
            "{}",
            rule.diagnostic.name
        );
        assert!(
            !rule.diagnostic.summary.ends_with('.')
                && rule.diagnostic.summary.trim() == rule.diagnostic.summary,
            "{}",
            rule.diagnostic.id
        );
    }
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.diagnostic.name).collect();
    assert_eq!(names.len(), RULES.len());
}

#[test]
fn every_rule_has_its_file_its_page_and_its_pair() {
    let files = listed("src/lint").into_iter().filter(|file| file.starts_with("gb"));
    let expected = RULES.iter().map(|rule| {
        format!("{}_{}.rs", rule.diagnostic.id, rule.diagnostic.name).to_lowercase().replace('-', "_")
    });
    assert_eq!(files.collect::<BTreeSet<_>>(), expected.collect());
    let pages = listed("docs/checks").into_iter().filter(|page| page.starts_with("GB6"));
    assert_eq!(
        pages.collect::<BTreeSet<_>>(),
        RULES.iter().map(|rule| format!("{}.md", rule.diagnostic.id)).collect()
    );
    let pairs = listed("tests/dockerfiles/rules");
    assert_eq!(pairs, RULES.iter().map(|rule| rule.diagnostic.id.to_owned()).collect());
}

#[test]
fn every_page_has_the_same_shape() {
    for rule in RULES {
        let (title, rest) = rule.diagnostic.page.split_once('\n').unwrap();
        assert_eq!(title, format!("# {}: {}", rule.diagnostic.id, rule.diagnostic.name));
        let headings: Vec<&str> = rest.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(
            headings,
            ["What it does", "Why it matters", "How to fix", "Example"],
            "{}",
            rule.diagnostic.id
        );
        let summary = rest.trim_start().lines().next().unwrap();
        assert_eq!(
            summary.to_lowercase(),
            format!("{}.", rule.diagnostic.summary).to_lowercase(),
            "{}",
            rule.diagnostic.id
        );
        let (_, why) = rest.split_once("## Why it matters").unwrap();
        assert!(why.split_once("## How to fix").unwrap().0.contains("```"), "{}", rule.diagnostic.id);
        let (_, example) = rest.split_once("## Example").unwrap();
        assert!(example.contains(&format!("[{}]: ", rule.diagnostic.id)), "{}", rule.diagnostic.id);
        assert!(
            rule.diagnostic.page.ends_with('\n') && !rule.diagnostic.page.contains('\t'),
            "{}",
            rule.diagnostic.id
        );
    }
}

#[test]
fn every_rule_has_tests_for_its_three_answers() {
    for rule in RULES {
        let name =
            format!("{}_{}.rs", rule.diagnostic.id, rule.diagnostic.name).to_lowercase().replace('-', "_");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint").join(name);
        let code = fs::read_to_string(path).unwrap();
        for test in ["fn fires()", "fn is_quiet_on_what_fits()", "fn does_not_guess()"] {
            assert!(code.contains(test), "{}: {test}", rule.diagnostic.id);
        }
    }
}
