//! What package managers install, by the names of packages.

use crate::shell::Ran;

/// Whether a package is installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Installed {
    /// By name, or with one that brings it.
    Yes,
    /// By none of these commands.
    No,
    /// A command installs what only the build knows.
    Unknown,
}

/// Package managers, and the words that make them install.
const MANAGERS: &[(&str, &[&str])] = &[
    ("apk", &["add"]),
    ("apt", &["install"]),
    ("apt-get", &["install"]),
    ("aptitude", &["install"]),
    ("dnf", &["install", "groupinstall"]),
    ("microdnf", &["install"]),
    ("yum", &["install", "groupinstall"]),
    ("tdnf", &["install"]),
    ("zypper", &["install", "in"]),
    ("pacman", &["-S", "-Sy", "-Syu"]),
];

/// Packages that bring others along: alpine's `alpine-sdk` and `build-base`, Debian's `build-essential`.
const BRINGS: &[(&str, &[&str])] = &[
    ("alpine-sdk", &["build-base", "gcc", "g++", "musl-dev", "make", "git"]),
    ("build-base", &["gcc", "g++", "musl-dev", "make"]),
    ("build-essential", &["gcc", "g++", "make"]),
    ("base-devel", &["gcc", "g++", "make"]),
    ("g++", &["gcc"]),
    ("libc6-compat", &["gcompat"]),
];

/// Whether the commands install a package. Versions (`gcc=12`, `gcc~12`), architectures (`gcc:amd64`) and repositories
/// (`gcc@edge`) are no part of its name.
pub fn installed<'a>(ran: impl IntoIterator<Item = &'a Ran>, package: &str) -> Installed {
    let mut answer = Installed::No;
    for word in ran.into_iter().filter_map(names).flatten() {
        if word.contains(['$', '`']) {
            answer = Installed::Unknown;
            continue;
        }
        let name = word.split(['=', '~', '<', '>', '@', ':']).next().unwrap_or_default();
        let brings = || BRINGS.iter().any(|(one, others)| *one == name && others.contains(&package));
        if name == package || brings() {
            return Installed::Yes;
        }
    }
    answer
}

/// The packages that a command names.
fn names(ran: &Ran) -> Option<impl Iterator<Item = &str>> {
    let (_, verbs) = MANAGERS.iter().find(|(manager, _)| ran.is(manager))?;
    let at = ran.words.iter().position(|word| verbs.contains(&word.as_str()))?;
    let mut virtual_name = false;
    Some(ran.words[at + 1..].iter().map(String::as_str).filter(move |word| {
        // `--virtual .build-deps` names a group.
        let is_name = !std::mem::replace(&mut virtual_name, matches!(*word, "--virtual" | "-t"));
        is_name && !word.starts_with('-')
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Surroundings, walk};

    fn asked(script: &str, package: &str) -> Installed {
        installed(&walk(script, &Surroundings::default()), package)
    }

    #[test]
    fn a_package_is_installed_by_its_name_or_with_another() {
        assert_eq!(asked("apk add --no-cache gcc=13.2 musl-dev", "gcc"), Installed::Yes);
        assert_eq!(asked("apk add alpine-sdk", "musl-dev"), Installed::Yes);
        assert_eq!(
            asked("apt-get update && apt-get install -y build-essential:amd64", "gcc"),
            Installed::Yes
        );
        assert_eq!(asked("apk add -t .deps g++", "gcc"), Installed::Yes);
    }

    #[test]
    fn a_name_inside_of_another_is_none() {
        assert_eq!(asked("apk add libgcc", "gcc"), Installed::No);
        assert_eq!(
            asked("wget https://example.com/gcc.tar.gz && apk add --virtual gcc make", "gcc"),
            Installed::No
        );
        assert_eq!(asked("apk del gcc; echo apk add gcc", "gcc"), Installed::No);
    }

    #[test]
    fn what_only_the_build_knows_may_be_anything() {
        assert_eq!(asked("apk add $(cat packages.txt)", "gcc"), Installed::Unknown);
        assert_eq!(asked("apk add ${PACKAGES%x} gcc", "gcc"), Installed::Yes);
    }
}
