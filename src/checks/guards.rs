//! What holds for every check: the ids, the pages, the tone of the messages.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::fixtures::{self as fix, Case};
use super::{CHECKS, Traits, traits, verdict};
use crate::binary::{Binary, Format, GoInfo, pe};
use crate::diagnostics::catalog::RETIRED;
use crate::diagnostics::{Finding, Policy, Severity};
use crate::image::{Fact, Image, Root};
use crate::origin::Origin;

const HEADINGS: [&str; 4] = ["What it does", "Why it matters", "How to fix", "Example"];

fn listed(folder: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn ids_are_unique_sorted_well_formed_and_never_reused() {
    assert!(CHECKS.windows(2).all(|pair| pair[0].diagnostic.id < pair[1].diagnostic.id));
    let names: BTreeSet<&str> = CHECKS.iter().map(|check| check.diagnostic.name).collect();
    assert_eq!(names.len(), CHECKS.len());
    for check in CHECKS {
        let digits = check.diagnostic.id.strip_prefix("GB").unwrap();
        assert!(
            digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()),
            "{}",
            check.diagnostic.id
        );
        let plain = check
            .diagnostic
            .name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        assert!(plain, "{}", check.diagnostic.name);
        assert!(
            RETIRED.iter().all(|gone| gone.id != check.diagnostic.id && gone.name != check.diagnostic.name),
            "{}",
            check.diagnostic.id
        );
    }
}

#[test]
fn every_file_of_a_check_is_listed_under_its_own_name() {
    let files: BTreeSet<String> = listed("src/checks")
        .into_iter()
        .filter(|file| file.starts_with("gb") && file.contains('.'))
        .collect();
    let expected = CHECKS.iter().map(|check| {
        format!("{}_{}.rs", check.diagnostic.id, check.diagnostic.name).to_lowercase().replace('-', "_")
    });
    assert_eq!(files, expected.collect());
}

#[test]
fn every_check_has_one_page_and_every_page_a_check() {
    let expected = CHECKS.iter().map(|check| format!("{}.md", check.diagnostic.id));
    // GB6xx are the rules of the linter, which has a guard of its own.
    let pages: BTreeSet<String> =
        listed("docs/checks").into_iter().filter(|page| !page.starts_with("GB6")).collect();
    assert_eq!(pages, expected.collect());
}

#[test]
fn every_page_has_the_same_shape() {
    for check in CHECKS {
        let (title, rest) = check.diagnostic.page.split_once('\n').unwrap();
        assert_eq!(title, format!("# {}: {}", check.diagnostic.id, check.diagnostic.name));
        let headings: Vec<&str> = rest.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, HEADINGS, "{}", check.diagnostic.id);
        let summary = rest.trim_start().lines().next().unwrap();
        assert_eq!(
            summary.to_lowercase(),
            format!("{}.", check.diagnostic.summary).to_lowercase(),
            "{}",
            check.diagnostic.id
        );
        for part in rest.split("\n## ").skip(1) {
            let (heading, text) = part.split_once('\n').unwrap();
            assert!(text.trim().len() > 60, "{}: nothing under {heading}", check.diagnostic.id);
        }
        assert!(
            check.diagnostic.page.ends_with('\n') && !check.diagnostic.page.contains('\t'),
            "{}",
            check.diagnostic.id
        );
    }
}

#[test]
fn an_error_page_says_what_production_shows_and_its_example_names_the_check() {
    for check in CHECKS {
        let (_, why) = check.diagnostic.page.split_once("## Why it matters").unwrap();
        let (why, rest) = why.split_once("## How to fix").unwrap();
        assert!(why.contains("```"), "{}: no message of production", check.diagnostic.id);
        let word = if check.diagnostic.severity == Severity::Error { "error" } else { "warning" };
        let (_, example) = rest.split_once("## Example").unwrap();
        assert!(example.contains(&format!("{word}[{}]: ", check.diagnostic.id)), "{}", check.diagnostic.id);
    }
}

#[test]
fn a_summary_is_one_line_in_lower_case_without_a_full_stop() {
    for check in CHECKS {
        assert!(is_plain(check.diagnostic.summary), "{}: {}", check.diagnostic.id, check.diagnostic.summary);
    }
}

/// One line, no full stop, and no capital that belongs to the sentence alone.
fn is_plain(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().is_some_and(|first| !first.is_uppercase());
    let name = text.starts_with("Go's ") || text.chars().take(2).all(char::is_uppercase);
    (first || name) && !text.ends_with('.') && !text.contains('\n') && text.trim() == text
}

fn binaries() -> Vec<Binary> {
    let mut cut = fix::static_go();
    fix::elf_mut(&mut cut).extent.end = 9999;
    let mut odd = fix::glibc_go(&["libc.so.6"]);
    fix::elf_mut(&mut odd).inconsistencies.push("segment 2 outside the file".to_owned());
    let mut broken = fix::pie_without_cgo();
    fix::elf_mut(&mut broken).interpreter = None;
    fix::elf_mut(&mut broken).dynamic = None;
    let mut settled = fix::c_shared(&["libc.so"]);
    fix::dynamic_mut(&mut settled).flags = crate::binary::elf::DF_STATIC_TLS;
    vec![
        settled,
        fix::static_go(),
        fix::static_c(),
        fix::glibc_go(&["libc.so.6", "libstdc++.so.6", "libvips.so.42"]),
        fix::asks(fix::glibc_go(&["libc.so.6"]), "libc.so.6", &["GLIBC_2.99", "GLIBC_PRIVATE"]),
        fix::dynamic_go("/nix/store/x/ld-linux-x86-64.so.2", &[]),
        fix::dynamic_go("/lib/ld-musl-x86_64.so.1", &["libc.so"]),
        fix::pie_without_cgo(),
        fix::c_shared(&["libc.so.6"]),
        fix::of(Format::Archive),
        fix::of(Format::Pe { machine: 0x8664, image: Box::default() }),
        fix::of(Format::Unknown { start: vec![0] }),
        Binary { go: GoInfo::Malformed("no version".to_owned()), ..fix::static_go() },
        Binary {
            go: fix::go(&[("GOARCH", "amd64"), ("GOAMD64", "v3"), ("GOOS", "freebsd")]),
            ..fix::static_go()
        },
        cut,
        odd,
        broken,
        Binary { go: fix::go(&[("-race", "true"), ("GOARCH", "amd64")]), ..fix::static_go() },
        Binary { go: fix::go(&[("GOEXPERIMENT", "boringcrypto"), ("CGO_ENABLED", "0")]), ..fix::static_go() },
        searching(),
        importing(),
    ]
}

fn searching() -> Binary {
    let mut binary = fix::glibc_go(&["libx.so"]);
    fix::dynamic_mut(&mut binary).rpath = vec!["/home/me".to_owned(), "lib".to_owned()];
    binary
}

fn importing() -> Binary {
    let imports = vec!["libgcc_s_seh-1.dll".to_owned(), "VCRUNTIME140.dll".to_owned()];
    let image = Box::new(pe::Image { imports, ..pe::Image::default() });
    fix::of(Format::Pe { machine: 0x8664, image })
}

/// A file that shows everything that anybody looks for.
fn all_traits() -> Traits {
    let linked_in = |name: &String| traits::WANTED.contains(&name.as_str()) && name.ends_with('.');
    let functions = traits::wanted().into_iter().filter(|name| !linked_in(name));
    Traits {
        isa_level: Some(4),
        arm: Some(traits::Arm { cpu_arch: 14, fp_arch: 8 }),
        functions: Some(functions.collect()),
        names_nss_modules: Some(true),
        packed: Some(true),
        kernel: Some((6, 0, 0)),
    }
}

fn images() -> Vec<Option<Image>> {
    let mut demanding = fix::debian();
    demanding.amd64_level = Fact::Known(2);
    let mut bare = fix::rooted(fix::scratch(), Root::default());
    for cell in [&mut bare.ca_certificates, &mut bare.zoneinfo, &mut bare.tmp, &mut bare.mime_types] {
        *cell = Fact::Known(false);
    }
    bare.users = Fact::Known(Vec::new());
    let mut stand_in = fix::alpine_root();
    fix::link(&mut stand_in, "/lib64/ld-linux-x86-64.so.2", "/lib/ld-musl-x86_64.so.1");
    let all = [
        fix::alpine(),
        demanding,
        fix::scratch(),
        fix::uclibc(),
        fix::some_glibc(),
        fix::undescribed(),
        bare,
        fix::rooted(fix::debian(), fix::debian_root()),
        fix::rooted(fix::alpine(), stand_in),
    ];
    std::iter::once(None).chain(all.map(Some)).collect()
}

#[test]
fn everything_that_is_ever_said_has_the_same_tone_evidence_and_a_way_out() {
    let mut fired = BTreeSet::new();
    for binary in binaries() {
        for image in images() {
            for platform in ["linux/amd64", "linux/amd64/v2", "linux/arm64", "linux/arm/v6", "windows/amd64"]
            {
                for (mode, traits, planned) in [
                    ("", None, true),
                    ("c-shared", None, true),
                    ("", Some(all_traits()), true),
                    ("", Some(all_traits()), false),
                ] {
                    let case = Case { image: image.clone(), traits, ..Case::new(binary.clone()) };
                    let case = case.symbols(&[("nobody_has_it", None)]).thorough();
                    let case = case.platform(platform).build_mode(mode).mode(0o644);
                    let case = if planned { case.cgo(true, Origin::Default).stub() } else { case };
                    for finding in verdict(&case.subject(), &Policy::default()).findings {
                        fired.insert(finding.id());
                        has_the_tone(&finding);
                    }
                }
            }
        }
    }
    for step in fix::bad_steps() {
        let case = Case::starting(step);
        for finding in verdict(&case.subject(), &Policy::default()).findings {
            fired.insert(finding.id());
            has_the_tone(&finding);
        }
    }
    let every: BTreeSet<&str> = CHECKS.iter().map(|check| check.diagnostic.id).collect();
    assert_eq!(fired, every, "the samples above no longer reach every check");
}

fn has_the_tone(finding: &Finding) {
    let details = crate::report::words::message(finding);
    assert!(is_plain(&details.title), "{}", details.title);
    assert!(!details.evidence.is_empty() && !details.help.is_empty(), "{finding:?}");
    assert!(details.cause.as_deref().is_none_or(is_plain), "{finding:?}");
    for help in &details.help {
        assert!(is_plain(help.lines().next().unwrap()), "{help}");
    }
    for line in &details.evidence {
        assert!(!line.label.is_empty() && !line.value.is_empty(), "{finding:?}");
        assert!(line.note.as_deref() != Some(""), "{finding:?}");
    }
}

#[test]
fn no_image_and_no_platform_reject_a_plain_static_binary() {
    for image in images() {
        let case = Case { image, ..Case::new(fix::static_go()) };
        assert!(verdict(&case.subject(), &Policy::default()).findings.is_empty());
    }
}
