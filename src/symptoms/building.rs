//! What the lines that go, compilers and linkers write while gobuild builds are signs of.

use super::find::{Recognised, add, recognised};
use super::{Cause, InBuild, Libc, Named, SYMPTOMS, Symptom};

/// A line, and the package that go was at work on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The line.
    pub line: String,
    /// The package.
    pub package: Option<String>,
}

/// A symptom that a build has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// Which one.
    pub symptom: &'static Symptom,
    /// Its causes that this build does not rule out, the most frequent first; at least one.
    pub causes: Vec<&'static Cause>,
    /// What was named in it, each once.
    pub named: Vec<Named>,
    /// The first line that has it.
    pub said: Said,
}

/// The number of the symptom of a build that a line has, if it has one: lines of one number are alike.
pub fn number(line: &str) -> Option<usize> {
    let first = of_a_build(line).into_iter().next()?;
    SYMPTOMS.iter().position(|symptom| *symptom == *first.symptom)
}

fn of_a_build(line: &str) -> Vec<Recognised> {
    let mut all = recognised(line);
    all.retain(|known| !known.symptom.vague && known.symptom.build.is_some());
    all
}

/// What a build said, each thing once. One that ended well has said nothing but warnings. `libc` is what was linked
/// with, where that is known.
pub fn met(lines: &[Said], failed: bool, libc: Option<Libc>) -> Vec<Met> {
    let mut all: Vec<Met> = Vec::new();
    for said in lines {
        for Recognised { symptom, named } in of_a_build(&said.line) {
            if !failed && symptom.build == Some(InBuild::Stops) {
                continue;
            }
            let possible = |cause: &&Cause| cause.libc.is_none() || libc.is_none() || cause.libc == libc;
            let causes: Vec<&Cause> = symptom.all_causes().filter(possible).collect();
            let same = |met: &&mut Met| met.symptom == symptom && things(&met.named) == things(&named);
            match all.iter_mut().find(same) {
                Some(met) => add(&mut met.named, named),
                None if causes.is_empty() => {}
                None => all.push(Met { symptom, causes, named, said: said.clone() }),
            }
        }
    }
    // Beside what is certain, a guess is noise.
    if all.iter().any(|met| met.causes.len() == 1) {
        all.retain(|met| met.causes.len() == 1);
    }
    all
}

/// What has to be brought, each by itself; of functions that are missing one answer speaks for all.
fn things(named: &[Named]) -> Vec<&Named> {
    let thing = |name: &&Named| {
        matches!(name, Named::Library(_) | Named::Header(_) | Named::PkgConfig(_) | Named::Program(_))
    };
    named.iter().filter(thing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(lines: &[&str]) -> Vec<Said> {
        let said = |line: &&str| Said { line: (*line).to_owned(), package: None };
        lines.iter().map(said).collect()
    }

    fn causes(lines: &[&str], libc: Option<Libc>) -> Vec<Vec<&'static str>> {
        let met = met(&said(lines), true, libc);
        met.iter().map(|met| met.causes.iter().map(|cause| cause.name).collect()).collect()
    }

    #[test]
    fn each_library_is_one_answer_and_all_functions_are_one() {
        let lines = ["ld: cannot find -lz", "ld: cannot find -lX11: x", "ld: cannot find -lz: No such file"];
        let named: Vec<_> = met(&said(&lines), true, None).into_iter().map(|met| met.named).collect();
        let library = |name: &str| vec![Named::Library(name.to_owned())];
        assert_eq!(named, [library("z"), library("X11")]);
        let lines = ["ld.lld: error: undefined symbol: __fprintf_chk", "x: undefined symbol: stat64"];
        let met = met(&said(&lines), true, Some(Libc::Musl));
        let function = |name: &str| Named::Function(name.to_owned());
        assert_eq!(met[0].named, [function("__fprintf_chk"), function("stat64")]);
        assert_eq!(met.len(), 1);
    }

    #[test]
    fn the_c_library_rules_causes_out() {
        let line = ["x.a(x.o): undefined reference to `__isoc23_strtol'"];
        assert_eq!(causes(&line, Some(Libc::Musl)), [["bundled-archive"]]);
        assert_eq!(causes(&line, Some(Libc::Glibc)), [["archive-of-newer-glibc"]]);
        assert_eq!(causes(&line, None), [["bundled-archive", "archive-of-newer-glibc"]]);
        assert!(causes(&["error: unknown type name 'off64_t'"], Some(Libc::Glibc)).is_empty());
    }

    #[test]
    fn what_is_certain_stands_alone_and_a_build_that_ended_well_has_warnings_only() {
        let lines = ["undefined reference to `own'", "/usr/bin/ld: cannot find -lown"];
        assert_eq!(causes(&lines, None), [["c-library-missing"]]);
        let warning = "warning: Using 'getaddrinfo' in statically linked applications requires at runtime the shared \
                       libraries from the glibc version used for linking";
        let all = met(&said(&[lines[1], warning]), false, None);
        assert_eq!(all.iter().map(|met| met.causes[0].name).collect::<Vec<_>>(), ["static-glibc-nss"]);
    }

    #[test]
    fn a_misspelt_name_and_what_containers_say_are_no_messages_of_a_build() {
        for line in ["./main.go:3:2: undefined: fmtt", "exec /app: no such file or directory", "# ex.org/app"]
        {
            assert_eq!(number(line), None, "{line}");
        }
        assert!(number("a.c:1: fatal error: x.h: No such file or directory").is_some());
    }
}
