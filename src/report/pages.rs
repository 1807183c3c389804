//! The example of every page is what gobuild prints, letter by letter.

use super::finding::render;
use crate::binary::{Binary, Format};
use crate::checks::fixtures::{self as fix, Case};
use crate::checks::{CHECKS, Policy, verdict};
use crate::config::origin::Origin;
use crate::image::{Fact, Image, Libc, Version};

fn from_environment(case: Case) -> Case {
    let environment = |name: &str| Origin::Environment(name.to_owned());
    case.cgo(true, environment("CGO_ENABLED")).cc("gcc", environment("CC"))
}

fn described(name: &str, libc: Version) -> Image {
    Image { libc: Fact::Known(Libc::Glibc(Fact::Known(libc))), ..Image::undescribed(name) }
}

/// The build that each page shows.
fn example(id: &str) -> Case {
    let alpine = |binary: Binary| Case::new(binary).image(fix::alpine());
    let needs = |names: &[&str]| fix::glibc_go(names);
    match id {
        "GB101" => alpine(fix::of(Format::Archive)).mode(0o644),
        "GB102" => alpine(fix::of(Format::MachO { cpu: 0x0100_0007, image: Box::default() })),
        "GB103" => alpine(fix::static_go()).platform("linux/arm64"),
        "GB104" => {
            let settings = [("GOARCH", "amd64"), ("GOAMD64", "v3")];
            alpine(Binary { go: fix::go(&settings), ..fix::static_go() })
        }
        "GB105" => {
            let mut binary = fix::static_go();
            fix::elf_mut(&mut binary).extent.end = 2_361_912;
            alpine(Binary { size: 1_048_576, ..binary })
        }
        "GB106" => alpine(fix::static_go()).mode(0o644),
        "GB107" => {
            let mut binary = fix::static_go();
            fix::elf_mut(&mut binary).inconsistencies = vec!["DT_STRTAB outside every segment".to_owned()];
            alpine(binary)
        }
        "GB108" => {
            let mut binary = fix::pie_without_cgo();
            fix::elf_mut(&mut binary).interpreter = None;
            fix::elf_mut(&mut binary).dynamic = None;
            alpine(binary)
        }
        "GB201" => from_environment(alpine(needs(&["libc.so.6"]))),
        "GB202" => Case::new(needs(&["libvips.so.42", "libc.so.6"])).image(fix::debian()),
        "GB203" => {
            let binary = fix::asks(needs(&["libc.so.6"]), "libc.so.6", &["GLIBC_2.2.5", "GLIBC_2.34"]);
            from_environment(Case::new(binary).image(described("debian:11", Version(2, 31, 0))))
        }
        "GB204" => {
            let mut image = described("redhat/ubi9", Version(2, 34, 0));
            image.amd64_level = Fact::Known(2);
            Case::new(needs(&["libc.so.6"])).image(image)
        }
        other => panic!("{other} has no example here"),
    }
}

#[test]
fn the_example_of_every_page_is_what_is_printed() {
    for check in CHECKS {
        let case = example(check.id);
        let findings = verdict(&case.subject(), &Policy::default()).findings;
        let ids: Vec<&str> = findings.iter().map(|finding| finding.id).collect();
        assert_eq!(ids, [check.id], "the example of {} is not of that check alone", check.id);
        let printed = anstream::adapter::strip_str(&render(&findings[0])).to_string();
        let (_, example) = check.page.split_once("## Example").unwrap();
        assert_eq!(example.trim(), format!("```\n{printed}```"), "{}", check.id);
    }
}
