//! What holds for the whole table.

use std::collections::BTreeSet;

use super::named::KINDS;
use super::words::{Pattern, words};
use super::{CAUSES, Found, Often, SYMPTOMS, building, cause, find, sign};
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
    let causes = CAUSES
        .iter()
        .flat_map(|cause| cause.tell.iter().chain(cause.fix).chain(cause.here).chain([&cause.summary]));
    for text in symptoms.chain(causes.copied()) {
        assert!(!text.ends_with('.') && !text.contains('\n') && text.trim() == text, "{text}");
        assert_eq!(text.matches('`').count() % 2, 0, "{text}");
    }
}

/// Of one line a build and an explanation say the same, both ways: what a build knows is explained when it is
/// pasted, and what is explained as a build's message is known while one runs.
#[test]
fn a_build_and_an_explanation_know_the_same_messages() {
    for symptom in SYMPTOMS {
        for message in symptom.also.iter().chain([&symptom.message]) {
            let in_a_build =
                message.lines().find_map(building::number).map(|number| SYMPTOMS[number].message);
            let expected = symptom.build.map(|_| symptom.message);
            assert_eq!(in_a_build, expected, "{message}");
            let Found::Symptoms(pasted) = find(message) else { panic!("{message} is not explained") };
            assert_eq!(pasted[0].symptom, symptom, "{message}");
        }
    }
}

/// What the programs of a build really write, and the cause that is meant first.
const WRITTEN: &[(&str, &str)] = &[
    ("net(.text): relocation target getnameinfo not defined", "internal-link"),
    ("main.main: relocation target main.sum not defined", "library-not-linked"),
    ("error: libc of the specified target requires dynamic linking", "zig-static-glibc"),
    (" bx lr", "armv5-by-clang"),
    ("<inline asm>:1:2: error: instruction requires: armv4t (bx not available)", "armv5-by-clang"),
    ("ld.lld: error: undefined symbol: __sync_val_compare_and_swap_4", "armv5-by-clang"),
    ("cgo: C compiler \"zig\" not found: exec: \"zig\": executable file not found in $PATH", "no-c-compiler"),
    ("exec: \"aarch64-linux-gnu-gcc\": executable file not found in $PATH", "no-c-compiler"),
    ("package a\n\timports b: build constraints exclude all Go files in /src/b", "cgo-required"),
    ("x.c:1:1: error: unknown type name 'off64_t'; did you mean 'off_t'?", "c-source-too-old"),
    ("x.c:9:3: error: use of undeclared identifier 'pread64'", "c-source-too-old"),
    ("x.c:9:3: error: unknown type name 'u_int8_t'", "bsd-type-names"),
    ("gcc_arm64.S:30: Error: no such instruction: `stp x29,x30,[sp,'", "cross-c-compiler"),
    ("/usr/bin/ld: /src/libx.a(x.o): in function `say':", ""),
    ("x.c:(.text+0x1): undefined reference to `__fprintf_chk'", "bundled-archive"),
    ("/usr/bin/ld: x.o: undefined reference to `gnu_get_libc_version'", "bundled-archive"),
    ("ld.lld: error: undefined symbol: __isoc23_strtol", "bundled-archive"),
    ("ld.lld: error: undefined symbol: fstatat64", "bundled-archive"),
    ("ld.lld: error: undefined symbol: my_function", "library-not-linked"),
    ("a.go:3:10: fatal error: sys/capability.h: No such file or directory", "c-header-missing"),
    ("a.c:3:10: fatal error: sys/types.h: No such file or directory", "libc-headers-missing"),
    ("collect2: fatal error: cannot find 'ld.gold'", "linker-missing"),
    ("link: example.com/a: invalid reference to runtime.memhash", "linkname-refused"),
    ("error: unsupported linker arg: -Bsymbolic-functions", "zig-linker-flag"),
    ("go: github.com/x/y@v1.0.0: missing go.sum entry for go.mod file", "go-sum-incomplete"),
    ("collect2: error: ld returned 1 exit status", ""),
    ("/usr/local/go/pkg/tool/linux_amd64/link: running gcc failed: exit status 1", ""),
    ("open x: No such file or directory", ""),
    ("Package 'x' is odd", ""),
];

#[test]
fn what_the_programs_of_a_build_write_leads_to_its_cause() {
    for (written, expected) in WRITTEN {
        let number = written.lines().find_map(building::number);
        let first = number.and_then(|number| SYMPTOMS[number].causes.first()).copied();
        assert_eq!(first.unwrap_or_default(), *expected, "{written}");
        if let Some(number) = number {
            let Found::Symptoms(pasted) = find(written) else { panic!("{written} is not explained") };
            assert_eq!(pasted[0].symptom, &SYMPTOMS[number], "{written}");
        }
    }
}

/// What people paste, and the cause that is meant first: messages that were once taken for another, or for none.
const PASTED: &[(&str, &str)] = &[
    ("./app: not found", "glibc-loader-missing"),
    ("/app: line 1: ELF: not found", "wrong-architecture"),
    ("/app: line 1: \u{7f}ELF\u{2}\u{1}\u{1}: not found", "wrong-architecture"),
    ("zsh: bad CPU type in executable: ./app", "wrong-architecture"),
    ("/lib64/ld-linux-x86-64.so.2: bad ELF interpreter: No such file or directory", "glibc-loader-missing"),
    ("/lib/ld-musl-x86_64.so.1: bad ELF interpreter: No such file or directory", "musl-loader-missing"),
    ("symbol lookup error: ./app: undefined symbol: sqlite3_open_v2", "library-too-old"),
    ("Error relocating ./app: sqlite3_open_v2: symbol not found", "musl-too-old"),
    ("failed to compute cache key: \"/usr/share/zoneinfo\": not found", "stage-lacks-file"),
    ("failed to compute cache key: \"/src/app\": not found", "build-context"),
    ("lookup google.com on [::1]:53: read: connection refused", "no-resolv-conf"),
    ("lookup google.com on 10.0.0.1:53: no such host", "musl-resolver"),
    ("framework not found for '-framework CoreFoundation'", "macos-sdk-missing"),
    ("exit status 0xc0000135", "windows-dll-missing"),
    ("cannot allocate memory in static TLS block", "static-tls"),
    ("initial-exec TLS resolves to dynamic definition", "static-tls"),
    ("Dynamic loading not supported", "static-dlopen"),
    ("go: invalid GOARM: must be 5, 6, 7", "level-unknown"),
    ("go: cannot install cross-compiled binaries when GOBIN is set", "gobin-cross"),
    ("missing go.sum entry", "go-sum-incomplete"),
    ("dyld: Library not loaded: /opt/homebrew/opt/openssl@3/lib/libssl.3.dylib", "dylib-missing"),
];

#[test]
fn what_people_paste_leads_to_its_cause() {
    for (pasted, expected) in PASTED {
        let Found::Symptoms(found) = find(pasted) else { panic!("{pasted} is not explained") };
        let messages: Vec<_> = found.iter().map(|known| known.symptom.message).collect();
        assert_eq!(found.len(), 1, "{pasted}: {messages:?}");
        assert_eq!(found[0].symptom.causes[0], *expected, "{pasted}: {messages:?}");
    }
}
