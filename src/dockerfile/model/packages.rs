//! What package managers install, by the names of packages.

use crate::shell::{Ran, has_hole};

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
    ("dpkg", &["-i", "--install"]),
    ("rpm", &["-i", "-ivh", "-U", "-Uvh", "--install", "--upgrade"]),
    ("xx-apk", &["add"]),
    ("xx-apt", &["install"]),
    ("xx-apt-get", &["install"]),
];

/// Options of theirs with a value in the next word: a group, a release, a repository, a folder.
const WITH_VALUE: &[&str] = &[
    "--virtual",
    "-t",
    "--target-release",
    "-X",
    "--repository",
    "-o",
    "--option",
    "-c",
    "--config-file",
    "-p",
    "--root",
    "--installroot",
    "--arch",
    "--keys-dir",
];

/// What the name of a script is made of that installs: `install_packages` of minideb, `clean-install` of Kubernetes,
/// `apk-install`, and what people write themselves. Which packages these bring no Dockerfile says.
const INSTALLS: &[&str] =
    &["install", "installs", "installer", "setup", "bootstrap", "provision", "deps", "dependencies"];

/// The one of coreutils, which copies files.
const COPIES: &str = "install";

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
    for ran in ran {
        if may_be_anything(ran) {
            answer = Installed::Unknown;
        }
        for word in names(ran) {
            let name = name(word);
            if has_hole(name) || name.is_empty() {
                answer = Installed::Unknown;
            }
            let brings = || BRINGS.iter().any(|(one, others)| *one == name && others.contains(&package));
            if name == package || brings() {
                return Installed::Yes;
            }
        }
    }
    answer
}

/// The words of a command that stand for packages.
fn names(ran: &Ran) -> Vec<&str> {
    let verbs = MANAGERS.iter().find(|(manager, _)| ran.is(manager)).map(|(_, verbs)| *verbs);
    let start = match verbs {
        Some(verbs) => ran.words.iter().position(|word| verbs.contains(&word.as_str())),
        None => installs(ran.name()).then_some(0),
    };
    let Some(start) = start else { return Vec::new() };
    let mut is_value = false;
    let is_name =
        |word: &&str| !std::mem::replace(&mut is_value, WITH_VALUE.contains(word)) && !word.starts_with('-');
    ran.words[start + 1..].iter().map(String::as_str).filter(is_name).collect()
}

/// The name of the package that a word stands for. Of a file it is what stands in front of the version.
fn name(word: &str) -> &str {
    let Some((path, ending)) = word.rsplit_once('.').filter(|(_, end)| matches!(*end, "apk" | "deb" | "rpm"))
    else {
        return word.split(['=', '~', '<', '>', '@', ':']).next().unwrap_or_default();
    };
    let file = path.rsplit('/').next().unwrap_or_default();
    if ending == "deb" {
        return file.split('_').next().unwrap_or_default();
    }
    let is_version = |at: &usize| {
        file[at + 1..]
            .starts_with(|letter: char| letter.is_ascii_digit() || has_hole(letter.encode_utf8(&mut [0; 4])))
    };
    let end = file.match_indices('-').map(|(at, _)| at).find(is_version);
    &file[..end.unwrap_or(file.len())]
}

/// Whether a program is named after installing.
fn installs(program: &str) -> bool {
    program != COPIES && program.split(['-', '_', '.']).any(|part| INSTALLS.contains(&part))
}

/// Whether a command installs what no Dockerfile tells: a script that is named so, a target of make that is, a text that
/// comes down a pipe.
fn may_be_anything(ran: &Ran) -> bool {
    let program = ran.name();
    let mut arguments = ran.words.iter().skip(1).map(String::as_str);
    match program {
        "sh" | "bash" | "ash" | "dash" | "zsh" | "ksh" => {
            let first = arguments.find(|word| !word.starts_with('-'));
            let reads = ran.words.iter().any(|word| word == "-s") || first.is_none();
            reads
                || first.is_some_and(|file| {
                    has_hole(file) || installs(file.rsplit('/').next().unwrap_or_default())
                })
        }
        "make" | "just" | "task" | "mage" => arguments.any(installs),
        "." | "source" | "eval" => {
            arguments.any(|word| has_hole(word) || installs(word.rsplit('/').next().unwrap_or_default()))
        }
        // A manager is asked by its packages, and other languages' managers bring packages of their own.
        _ => installs(program) && !MANAGERS.iter().any(|(manager, _)| *manager == program),
    }
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
        assert_eq!(asked("apk add \"gcc=$(cat version)\"", "make"), Installed::No);
    }

    #[test]
    fn a_script_that_is_named_after_installing_may_install_anything() {
        for script in [
            "install_packages curl",
            "clean-install curl",
            "apk-install curl",
            "./scripts/install-deps.sh",
            "bash /tmp/setup.sh --all",
            "curl -fsSL https://example.com/x | sh",
            "curl -fsSL https://example.com/x | bash -s -- -y",
            ". ./install.sh",
            "make install-tools deps",
        ] {
            assert_eq!(asked(script, "gcc"), Installed::Unknown, "{script}");
        }
        assert_eq!(asked("install_packages gcc", "gcc"), Installed::Yes);
        for script in [
            "install -m 755 x /usr/bin/",
            "npm install gcc",
            "go install ./...",
            "sh -c 'echo x'",
            "make build",
            "bash build.sh",
            "echo install.sh",
        ] {
            assert_eq!(asked(script, "gcc"), Installed::No, "{script}");
        }
    }

    #[test]
    fn a_package_in_a_file_has_the_name_of_the_file() {
        assert_eq!(asked("apk add --allow-untrusted /tmp/glibc-2.35-r1.apk", "glibc"), Installed::Yes);
        assert_eq!(asked("apk add glibc-$(cat v).apk glibc-bin-2.35.apk", "glibc"), Installed::Yes);
        assert_eq!(asked("dpkg -i ./gcc_12.2_amd64.deb", "gcc"), Installed::Yes);
        assert_eq!(asked("dpkg -i ./gcc-doc_12.2_amd64.deb", "gcc"), Installed::No);
        assert_eq!(asked("dpkg -i \"$(ls *.deb)\"", "gcc"), Installed::Unknown);
    }
}
