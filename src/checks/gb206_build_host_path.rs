//! A search path, or a loader, that exists on the machine that linked the file and nowhere else.

use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb206::{BuildHostPath, Place, Searched};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB206, run };

/// Folders that belong to a machine or a person, with what they are.
const PLACES: &[(&str, Place)] = &[
    ("/nix/store/", Place::PackageStore),
    ("/gnu/store/", Place::PackageStore),
    ("/home/", Place::Home),
    ("/root/", Place::Home),
    ("/Users/", Place::Home),
    ("/go/pkg/mod/", Place::ModuleCache),
    ("/tmp/", Place::Temporary),
    ("/var/tmp/", Place::Temporary),
    ("/builds/", Place::Build),
    ("/github/", Place::Build),
    ("/workspace/", Place::Build),
];

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(dynamic) = subject.binary.elf().and_then(|elf| elf.dynamic.as_ref()) else {
        return Outcome::Fits;
    };
    let listed = [(false, &dynamic.rpath), (true, &dynamic.runpath)];
    let folders =
        listed.into_iter().flat_map(|(runpath, all)| all.iter().map(move |folder| (runpath, folder)));
    let searched: Vec<Searched> = folders
        .filter_map(|(runpath, folder)| {
            Some(Searched { folder: folder.clone(), runpath, place: place(folder)? })
        })
        .collect();
    if searched.is_empty() {
        return Outcome::Fits;
    }
    Outcome::misfit(BuildHostPath { searched, needed: dynamic.needed.clone() })
}

/// What kind of a place a folder is; none where an image may well have it.
fn place(folder: &str) -> Option<Place> {
    let inside = format!("{}/", folder.trim_end_matches('/'));
    let known = PLACES.iter().find(|(start, _)| inside.starts_with(start)).map(|(_, place)| *place);
    let relative = || (!folder.starts_with(['/', '$'])).then_some(Place::Relative);
    known.or_else(|| inside.contains("/pkg/mod/").then_some(Place::ModuleCache)).or_else(relative)
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
