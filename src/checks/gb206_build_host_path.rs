//! A search path, or a loader, that exists on the machine that linked the file and nowhere else.

use super::words::{line, noted};
use super::{Check, Outcome, Subject};
use crate::diagnostics::{Line, Message, catalog};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB206, run };

/// Folders that belong to a machine or a person, with what they are.
const PLACES: &[(&str, &str)] = &[
    ("/nix/store/", "a package store"),
    ("/gnu/store/", "a package store"),
    ("/home/", "somebody's home"),
    ("/root/", "somebody's home"),
    ("/Users/", "somebody's home"),
    ("/go/pkg/mod/", "Go's module cache"),
    ("/tmp/", "a folder that anybody may write to"),
    ("/var/tmp/", "a folder that anybody may write to"),
    ("/builds/", "a folder of a build"),
    ("/github/", "a folder of a build"),
    ("/workspace/", "a folder of a build"),
];

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(dynamic) = subject.binary.elf().and_then(|elf| elf.dynamic.as_ref()) else {
        return Outcome::Fits;
    };
    let listed = [("RPATH", &dynamic.rpath), ("RUNPATH", &dynamic.runpath)];
    let folders =
        listed.into_iter().flat_map(|(tag, folders)| folders.iter().map(move |folder| (tag, folder)));
    let evidence: Vec<Line> = folders
        .filter_map(|(tag, folder)| {
            let place = place(folder)?;
            Some(noted(format!("{} searches", subject.name), folder, format!("{tag}, {place}")))
        })
        .collect();
    if evidence.is_empty() {
        return Outcome::Fits;
    }
    let needed = line(format!("{} needs", subject.name), dynamic.needed.join(", "));
    Outcome::misfit(Message {
        title: "the binary searches for libraries where only its build machine has them".to_owned(),
        evidence: evidence.into_iter().chain((!dynamic.needed.is_empty()).then_some(needed)).collect(),
        production: None,
        cause: Some("a package has -Wl,-rpath in its #cgo LDFLAGS, or CGO_LDFLAGS has".to_owned()),
        help: vec![
            "copy the library into the image and drop the path: patchelf --remove-rpath FILE".to_owned(),
            "or link it in statically, where the package has a tag for it (wasmvm: -tags=muslc)".to_owned(),
        ],
    })
}

/// What kind of a place a folder is; none where an image may well have it.
fn place(folder: &str) -> Option<&'static str> {
    let inside = format!("{}/", folder.trim_end_matches('/'));
    let known = PLACES.iter().find(|(start, _)| inside.starts_with(start)).map(|(_, place)| *place);
    let relative = || (!folder.starts_with(['/', '$'])).then_some("relative to the folder it is started in");
    known.or_else(|| inside.contains("/pkg/mod/").then_some("Go's module cache")).or_else(relative)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};

    fn searching(folders: &[&str]) -> Case {
        let mut binary = fix::glibc_go(&["libwasmvm.so", "libc.so.6"]);
        fix::dynamic_mut(&mut binary).runpath = folders.iter().map(|&folder| folder.to_owned()).collect();
        Case::new(binary)
    }

    #[test]
    fn folders_that_an_image_may_have_fit() {
        searching(&["/usr/lib", "$ORIGIN/../lib", "${ORIGIN}", "/opt/app/lib", "/homework"]).fits(&CHECK);
        Case::new(fix::static_go()).fits(&CHECK);
    }

    #[test]
    fn folders_of_the_build_machine_are_said() {
        let module = "/go/pkg/mod/github.com/!cosm!wasm/wasmvm@v1.5.0/internal/api";
        let details = searching(&[module, "/usr/lib"]).misfit(&CHECK);
        assert_eq!(
            lines(&details),
            [
                format!("rpc searches {module} (RUNPATH, Go's module cache)"),
                "rpc needs libwasmvm.so, libc.so.6".to_owned(),
            ]
        );
        for folder in
            ["/nix/store/abc-zlib/lib", "/home/me/go/x", "/root", "/srv/gopath/pkg/mod/x", "lib", ""]
        {
            searching(&[folder]).misfit(&CHECK);
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_to_its_own_check() {
        let mut binary = fix::glibc_go(&[]);
        fix::elf_mut(&mut binary).dynamic = None;
        Case::new(binary).fits(&CHECK);
    }
}
