//! Shared libraries that the loader will look for in vain.

use super::words::{cgo_cause, in_pod, line, noted, rebuild};
use super::{Check, Details, Evidence, Outcome, Severity, Subject, gb201_loader_missing, libc};
use crate::binary::elf::Dynamic;
use crate::image::{Fact, Image, Libc};

pub(super) static CHECK: Check = Check {
    id: "GB202",
    name: "library-missing",
    severity: Severity::Error,
    summary: "the binary needs a shared library that the image does not have",
    page: include_str!("../../docs/checks/GB202.md"),
    run,
};

fn run(subject: &Subject<'_>) -> Outcome {
    let (Some(image), Some(elf)) = (subject.image, subject.binary.elf()) else { return Outcome::Fits };
    let Some(dynamic) = elf.dynamic.as_ref().filter(|_| subject.platform.os == "linux") else {
        return Outcome::Fits;
    };
    // A C library comes with its loader: where that one is in doubt, its libraries are no further news.
    let loader_in_doubt = (gb201_loader_missing::CHECK.run)(subject) != Outcome::Fits;
    let asked = dynamic.needed.iter().map(String::as_str);
    let asked = asked.filter(|name| !(loader_in_doubt && (libc::is_glibc(name) || libc::is_musl(name))));
    let on_musl = matches!(image.libc_on(subject.platform), Fact::Known(Libc::Musl(_)));
    let (mut missing, mut unknown) = (Vec::new(), Vec::new());
    for soname in asked {
        match image.library_on(subject.platform, soname) {
            // musl answers to glibc's names (`ldso/dynlink.c`, `reserved`), but whether it has the functions
            // that were linked against glibc shows only when they are called for.
            Fact::Known(true) if on_musl && libc::is_glibc(soname) => unknown.push(soname),
            Fact::Known(true) => {}
            Fact::Known(false) => missing.push(soname),
            Fact::Unknown => unknown.push(soname),
        }
    }
    if missing.is_empty() && unknown.is_empty() {
        return Outcome::Fits;
    }
    let details = Details {
        title: title(&missing).to_owned(),
        evidence: evidence(subject, image, dynamic, &missing, &unknown),
        production: missing.first().or(unknown.first()).and_then(|soname| production(subject, image, soname)),
        cause: cgo_cause(subject),
        help: ways_out(subject, image, &missing, &unknown),
    };
    if missing.is_empty() { Outcome::CannotTell(details) } else { Outcome::Misfit(details) }
}

fn title(missing: &[&str]) -> &'static str {
    match missing.len() {
        0 => "it is not known whether the image has every shared library of this binary",
        1 => "the image lacks a shared library of this binary",
        _ => "the image lacks shared libraries of this binary",
    }
}

fn evidence(
    subject: &Subject<'_>,
    image: &Image,
    dynamic: &Dynamic,
    missing: &[&str],
    unknown: &[&str],
) -> Vec<Evidence> {
    let label = format!("{} needs", subject.name);
    let missing = missing.iter().map(|soname| noted(&label, *soname, format!("not in {}", image.name)));
    let unknown = unknown.iter().map(|soname| noted(&label, *soname, format!("not known of {}", image.name)));
    let mut lines: Vec<Evidence> = missing.chain(unknown).collect();
    // A path of the build machine explains why it worked there.
    let searched = if dynamic.runpath.is_empty() { &dynamic.rpath } else { &dynamic.runpath };
    if !searched.is_empty() {
        lines.push(line(format!("{} searches", subject.name), searched.join(":")));
    }
    lines
}

fn production(subject: &Subject<'_>, image: &Image, soname: &str) -> Option<String> {
    let path = in_pod(subject.name);
    match image.libc_on(subject.platform) {
        Fact::Known(Libc::Glibc(_)) => Some(format!(
            "{path}: error while loading shared libraries: {soname}: cannot open shared object file: \
             No such file or directory"
        )),
        Fact::Known(Libc::Musl(_)) => Some(format!(
            "Error loading shared library {soname}: No such file or directory (needed by {path})"
        )),
        // Without a known loader nobody gets as far as this.
        _ => None,
    }
}

fn ways_out(subject: &Subject<'_>, image: &Image, missing: &[&str], unknown: &[&str]) -> Vec<String> {
    let of_compiler = |soname: &&str| soname.starts_with("libstdc++.so") || soname.starts_with("libgcc_s.so");
    let all = || missing.iter().chain(unknown);
    let mut help = Vec::new();
    if all().all(of_compiler) {
        let flags = "CGO_LDFLAGS=\"-O2 -g -static-libstdc++ -static-libgcc\"";
        help.push(format!("link the compiler's own libraries in: {flags} {}", rebuild(subject)));
    } else {
        help.push(format!("link them in, or build without cgo: CGO_ENABLED=0 {}", rebuild(subject)));
    }
    help.push(format!("or, if the Dockerfile adds them to {}: --allow GB202", image.name));
    help
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};

    #[test]
    fn libraries_that_are_there_fit_and_so_does_needing_none() {
        Case::new(fix::glibc_go(&["libc.so.6", "libm.so.6", "libstdc++.so.6"]))
            .image(fix::debian())
            .fits(&CHECK);
        for image in [fix::scratch(), fix::alpine(), fix::undescribed()] {
            Case::new(fix::static_go()).image(image.clone()).fits(&CHECK);
            Case::new(fix::pie_without_cgo()).image(image).fits(&CHECK);
        }
        Case::new(fix::glibc_go(&["libvips.so.42"])).fits(&CHECK);
    }

    #[test]
    fn a_library_that_is_known_to_be_absent_does_not_fit() {
        let mut binary = fix::glibc_go(&["libvips.so.42", "libc.so.6"]);
        fix::dynamic_mut(&mut binary).runpath = vec!["/go/pkg/mod/x".to_owned(), "$ORIGIN".to_owned()];
        let details = Case::new(binary).image(fix::debian()).misfit(&CHECK);
        assert_eq!(details.title, "the image lacks a shared library of this binary");
        assert_eq!(
            lines(&details),
            ["rpc needs libvips.so.42 (not in debian:12)", "rpc searches /go/pkg/mod/x:$ORIGIN"]
        );
        assert_eq!(
            details.production.unwrap(),
            "/app/rpc: error while loading shared libraries: libvips.so.42: \
             cannot open shared object file: No such file or directory"
        );
        assert!(details.help[1].ends_with("--allow GB202"));
    }

    #[test]
    fn musl_says_it_in_its_own_words_and_the_compilers_libraries_can_be_linked_in() {
        let needed = ["libstdc++.so.6", "libgcc_s.so.1", "libc.musl-x86_64.so.1"];
        let binary = fix::dynamic_go("/lib/ld-musl-x86_64.so.1", &needed);
        let details = Case::new(binary).image(fix::alpine()).misfit(&CHECK);
        assert_eq!(details.title, "the image lacks shared libraries of this binary");
        assert_eq!(
            details.production.unwrap(),
            "Error loading shared library libstdc++.so.6: No such file or directory (needed by /app/rpc)"
        );
        assert!(details.help[0].contains("-static-libstdc++"), "{:?}", details.help);
    }

    #[test]
    fn a_wrong_loader_speaks_for_its_own_library_and_for_no_other() {
        let binary = || fix::glibc_go(&["libstdc++.so.6", "libm.so.6", "libc.so.6"]);
        let details = Case::new(binary()).image(fix::alpine()).misfit(&CHECK);
        assert_eq!(lines(&details), ["rpc needs libstdc++.so.6 (not in alpine:3.20)"]);
        let details = Case::new(binary()).image(fix::undescribed()).cannot_tell(&CHECK);
        assert_eq!(lines(&details), ["rpc needs libstdc++.so.6 (not known of registry.corp/base:7)"]);
        Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::alpine()).fits(&CHECK);
    }

    #[test]
    fn a_shared_library_has_no_loader_to_speak_for_it() {
        let case = Case::new(fix::c_shared(&["libc.so.6"])).image(fix::alpine());
        assert_eq!(lines(&case.cannot_tell(&CHECK)), ["rpc needs libc.so.6 (not known of alpine:3.20)"]);
        Case::new(fix::c_shared(&["libc.musl-x86_64.so.1"])).image(fix::alpine()).fits(&CHECK);
    }

    #[test]
    fn a_library_that_nobody_looked_for_cannot_be_judged() {
        let case = Case::new(fix::glibc_go(&["libicuuc.so.76", "libc.so.6"])).image(fix::debian());
        let details = case.cannot_tell(&CHECK);
        assert_eq!(lines(&details), ["rpc needs libicuuc.so.76 (not known of debian:12)"]);
        let mixed = Case::new(fix::glibc_go(&["libicuuc.so.76", "libvips.so.42"])).image(fix::debian());
        assert_eq!(mixed.misfit(&CHECK).evidence.len(), 2);
    }
}
