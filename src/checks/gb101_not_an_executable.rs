//! A file that nobody can start, or one that was to be loaded and can only be started.

use super::{Check, Outcome, Subject};
use crate::binary::Format;
use crate::binary::elf::{DF_1_PIE, Elf, Linkage};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb101::{Kind, NotAnExecutable};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB101, run };

fn run(subject: &Subject<'_>) -> Outcome {
    if matches!(subject.build.mode.as_str(), "archive" | "c-archive") {
        return Outcome::Fits;
    }
    let library = subject.expects_library();
    let found = match &subject.binary.format {
        Format::Elf(elf) => return elf_file(subject, elf, library),
        // Neither of the readers tells a program from a library here.
        Format::Pe { .. } | Format::MachO { .. } | Format::Wasm => return Outcome::Fits,
        Format::Archive => Kind::Archive,
        Format::Script { interpreter } => Kind::Script { interpreter: interpreter.clone() },
        Format::Empty => Kind::Empty,
        Format::Unknown { start } => Kind::Unknown { start: start.iter().take(8).copied().collect() },
    };
    misfit(subject, found, library)
}

fn elf_file(subject: &Subject<'_>, elf: &Elf, library: bool) -> Outcome {
    let found = match elf.linkage() {
        Linkage::Relocatable => Kind::ObjectFile,
        Linkage::Other => Kind::OtherElf,
        Linkage::SharedLibrary if library => return Outcome::Fits,
        Linkage::SharedLibrary => Kind::SharedLibrary,
        // A library may name a loader too, as glibc's own does.
        Linkage::Dynamic if library && is_loadable(elf) => return Outcome::Fits,
        Linkage::Static | Linkage::StaticPie | Linkage::Dynamic if library => Kind::Program,
        // Whether it starts is for GB108 to say.
        Linkage::Static | Linkage::StaticPie | Linkage::Dynamic | Linkage::Broken => return Outcome::Fits,
    };
    misfit(subject, found, library)
}

fn is_loadable(elf: &Elf) -> bool {
    elf.object_type == 3 && elf.dynamic.as_ref().is_some_and(|dynamic| dynamic.flags_1 & DF_1_PIE == 0)
}

fn misfit(subject: &Subject<'_>, found: Kind, library: bool) -> Outcome {
    Outcome::misfit(NotAnExecutable {
        found,
        library,
        build_mode: subject.build.mode.clone(),
        executable: subject.mode.is_none_or(|bits| bits & 0o111 != 0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};

    #[test]
    fn a_program_fits_and_a_library_fits_where_one_was_asked_for() {
        for binary in [fix::static_go(), fix::glibc_go(&["libc.so.6"]), fix::pie_without_cgo()] {
            Case::new(binary).fits(&CHECK);
        }
        for mode in ["c-shared", "plugin"] {
            Case::new(fix::c_shared(&["libc.so.6"])).build_mode(mode).fits(&CHECK);
        }
        Case::new(fix::of(Format::Archive)).build_mode("c-archive").fits(&CHECK);
    }

    #[test]
    fn gos_own_record_says_what_was_asked_for_where_nobody_else_does() {
        Case::new(fix::c_shared(&[])).fits(&CHECK);
        Case::new(fix::c_shared(&[])).build_mode("exe").misfit(&CHECK);
    }

    #[test]
    fn what_cannot_be_started_does_not_fit() {
        let mut object = fix::static_c();
        fix::elf_mut(&mut object).object_type = 1;
        let mut core = fix::static_c();
        fix::elf_mut(&mut core).object_type = 4;
        let script = Format::Script { interpreter: "/bin/sh".to_owned() };
        for (binary, found) in [
            (fix::of(Format::Archive), "rpc is an archive of object files"),
            (fix::of(Format::Empty), "rpc is an empty file"),
            (fix::of(script), "rpc is a script for /bin/sh"),
            (
                fix::of(Format::Unknown { start: vec![0xca, 0xfe, 0, 1] }),
                "rpc is of an unknown format, starting with ca fe 00 01",
            ),
            (object, "rpc is an object file"),
            (core, "rpc is neither a program nor a library (a core dump?)"),
        ] {
            let details = Case::new(binary).misfit(&CHECK);
            assert_eq!(details.title, "this is not an executable");
            assert_eq!(lines(&details)[0], found);
            assert_eq!(details.production.unwrap(), "exec /app/rpc: exec format error");
        }
    }

    #[test]
    fn an_archive_as_go_leaves_it_is_refused_for_its_mode_first() {
        let details = Case::new(fix::of(Format::Archive)).mode(0o644).misfit(&CHECK);
        assert_eq!(details.production.unwrap(), "exec: \"/app/rpc\": permission denied: unknown");
    }

    #[test]
    fn a_program_does_not_fit_where_a_library_was_asked_for() {
        let details = Case::new(fix::static_go()).build_mode("c-shared").misfit(&CHECK);
        assert_eq!(details.title, "this is not a shared library");
        assert_eq!(
            lines(&details),
            ["rpc is an executable", "it should be a shared library (-buildmode=c-shared)"]
        );
    }
}
