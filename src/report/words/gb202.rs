//! GB202 in words.

use super::cgo;
use super::shared::{image, in_pod, line, noted, rebuild};
use crate::diagnostics::evidence::gb202::{Answer, AskedLibrary, Doubt, LibraryMissing, Loader};
use crate::diagnostics::{About, Line, Message};

pub(super) fn message(found: &LibraryMissing, about: &About) -> Message {
    let evidence = found
        .asked
        .iter()
        .map(|asked| row(asked, about))
        .chain(
            found
                .unread
                .iter()
                .map(|one| noted(format!("{} cannot be read", one.soname), &one.path, one.faults.join("; "))),
        )
        .collect();
    let title = title(found).to_owned();
    let Some(first) = found.asked.first() else {
        let help = vec![format!("if these files in {} are intact: --allow GB202", image(about))];
        return Message { title, evidence, help, ..Message::default() };
    };
    Message {
        title,
        evidence: evidence.into_iter().chain(searched(found, about)).collect(),
        production: production(found.loader, first, about),
        cause: found.cgo.as_ref().map(cgo::cause),
        help: ways_out(found, about),
    }
}

fn title(found: &LibraryMissing) -> &'static str {
    match found.asked.iter().filter(|asked| asked.answer.is_certain()).count() {
        0 => "it is not known whether the image has every shared library that this binary needs",
        1 => "the image lacks a shared library that this binary needs",
        _ => "the image lacks shared libraries that this binary needs",
    }
}

fn row(asked: &AskedLibrary, about: &About) -> Line {
    let note = match &asked.answer {
        Answer::Absent => format!("not in {}", image(about)),
        Answer::OtherArchitecture { path } => format!("{path} is for another architecture"),
        Answer::Unknown => format!("not known of {}", image(about)),
        Answer::Doubtful { doubt } => doubtful(doubt),
    };
    let through = if asked.through.is_empty() {
        String::new()
    } else {
        format!(", asked for through {}", asked.through.join(" and "))
    };
    noted(format!("{} needs", asked.by), &asked.soname, note + &through)
}

fn doubtful(doubt: &Doubt) -> String {
    match doubt {
        Doubt::SystemFolders => "the loader's built-in folders could not be read".to_owned(),
        Doubt::RelativeFolder => {
            "a folder of its search path depends on where the binary is started".to_owned()
        }
        Doubt::RelativePath { path } => format!("{path} depends on the folder that the binary is started in"),
        Doubt::Token { token, text } => format!("the value of ${token} in {text} is not known"),
    }
}

/// A path of the build machine explains why it worked there.
fn searched(found: &LibraryMissing, about: &About) -> Option<Line> {
    let folders = &found.search_path;
    (!folders.is_empty()).then(|| line(format!("{} searches", about.file), folders.join(":")))
}

/// What each loader prints (`elf/dl-load.c`, `ldso/dynlink.c`).
fn production(loader: Option<Loader>, first: &AskedLibrary, about: &About) -> Option<String> {
    let own = in_pod(&about.file);
    let soname = &first.soname;
    Some(match loader? {
        Loader::Glibc => format!(
            "{own}: error while loading shared libraries: {soname}: cannot open shared object file: \
             No such file or directory"
        ),
        Loader::Musl => {
            let asker = first.by_path.as_ref().unwrap_or(&own);
            format!("Error loading shared library {soname}: No such file or directory (needed by {asker})")
        }
    })
}

fn ways_out(found: &LibraryMissing, about: &About) -> Vec<String> {
    let of_compiler =
        |one: &AskedLibrary| one.soname.starts_with("libstdc++.so") || one.soname.starts_with("libgcc_s.so");
    let first = if found.asked.iter().all(of_compiler) {
        let flags = "CGO_LDFLAGS=\"-O2 -g -static-libstdc++ -static-libgcc\"";
        format!("link in the compiler's own libraries: {flags} {}", rebuild(about))
    } else {
        format!("link them in, or build without cgo: CGO_ENABLED=0 {}", rebuild(about))
    };
    vec![first, format!("or, if the Dockerfile adds them to {}: --allow GB202", image(about))]
}
