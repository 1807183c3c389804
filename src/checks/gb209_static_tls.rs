//! musl gives thread-local variables of a library that is loaded later no place among those of the program.

use super::{Check, Outcome, Subject};
use crate::binary::elf::{DF_STATIC_TLS, Linkage};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb209::StaticTls;
use crate::image::{Fact, Libc};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB209, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let (Some(image), Some(elf)) = (subject.image, subject.binary.elf()) else { return Outcome::Fits };
    let settled = elf.dynamic.as_ref().is_some_and(|dynamic| dynamic.flags & DF_STATIC_TLS != 0);
    let on_musl = matches!(image.libc_on(subject.platform), Fact::Known(Libc::Musl(_)));
    if elf.linkage() != Linkage::SharedLibrary || !settled || !on_musl {
        return Outcome::Fits;
    }
    Outcome::cannot_tell(StaticTls { flag: "DF_STATIC_TLS" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::Binary;
    use crate::checks::fixtures::{self as fix, Case};

    fn library(flags: u64) -> Binary {
        let mut library = fix::c_shared(&["libc.so"]);
        fix::dynamic_mut(&mut library).flags = flags;
        library
    }

    #[test]
    fn a_library_without_such_variables_fits_and_so_does_glibc_and_a_program() {
        Case::new(library(0)).image(fix::alpine()).fits(&CHECK);
        Case::new(library(DF_STATIC_TLS)).image(fix::debian()).fits(&CHECK);
        Case::new(library(DF_STATIC_TLS)).image(fix::undescribed()).fits(&CHECK);
        Case::new(fix::static_go()).image(fix::alpine()).fits(&CHECK);
    }

    #[test]
    fn how_it_is_loaded_on_musl_cannot_be_told() {
        let details = Case::new(library(DF_STATIC_TLS)).image(fix::alpine()).cannot_tell(&CHECK);
        assert!(details.help[1].ends_with("--allow GB209"));
    }
}
