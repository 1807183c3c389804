//! Libraries of a compiler for Windows that no image of Windows has.

use super::cause::cgo_cause;
use super::{Check, Outcome, Subject};
use crate::binary::Format;
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb401::WindowsLibraryMissing;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB401, run };

/// Libraries of MinGW, MSYS2, Cygwin and LLVM. Windows has none of them, in no edition.
const OF_COMPILERS: &[&str] =
    &["libgcc_s_", "libstdc++-", "libwinpthread-", "libc++", "libunwind", "msys-", "cyg"];

/// Libraries of Visual C++, which come with its own installer; `nanoserver` and `servercore` have none that
/// anybody has written down.
const REDISTRIBUTED: &[&str] = &["vcruntime", "msvcp", "concrt", "vcomp"];

fn run(subject: &Subject<'_>) -> Outcome {
    let Format::Pe { image: pe, .. } = &subject.binary.format else { return Outcome::Fits };
    if subject.image.is_none() || subject.platform.os != "windows" {
        return Outcome::Fits;
    }
    let of = |stems: &[&str]| -> Vec<String> {
        let is_one = |name: &&String| {
            let name = name.to_ascii_lowercase();
            stems.iter().any(|stem| name.starts_with(stem))
        };
        pe.imports.iter().filter(is_one).cloned().collect()
    };
    let (of_compiler, redistributed) = (of(OF_COMPILERS), of(REDISTRIBUTED));
    if of_compiler.is_empty() && redistributed.is_empty() {
        return Outcome::Fits;
    }
    let certain = !of_compiler.is_empty();
    let found = WindowsLibraryMissing { of_compiler, redistributed, cause: cgo_cause(subject) };
    if certain { Outcome::misfit(found) } else { Outcome::cannot_tell(found) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::pe::Image as Pe;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::image::Image;

    fn importing(names: &[&str]) -> Case {
        let imports = names.iter().map(|&name| name.to_owned()).collect();
        let pe = Box::new(Pe { imports, subsystem: 3, ..Pe::default() });
        let nanoserver = Image::undescribed("mcr.microsoft.com/windows/nanoserver:ltsc2025");
        Case::new(fix::of(Format::Pe { machine: 0x8664, image: pe }))
            .image(nanoserver)
            .platform("windows/amd64")
    }

    #[test]
    fn libraries_of_windows_fit() {
        importing(&["kernel32.dll", "KERNEL32.dll", "api-ms-win-core-synch-l1-2-0.dll"]).fits(&CHECK);
        Case::new(fix::static_go()).fits(&CHECK);
    }

    #[test]
    fn libraries_of_the_compiler_do_not() {
        let details =
            importing(&["KERNEL32.dll", "libgcc_s_seh-1.dll", "libwinpthread-1.dll"]).misfit(&CHECK);
        assert_eq!(lines(&details)[0], "rpc needs libgcc_s_seh-1.dll (part of the compiler, not of Windows)");
        assert_eq!(details.evidence.len(), 2);
    }

    #[test]
    fn libraries_that_come_with_an_installer_cannot_be_judged() {
        let details = importing(&["VCRUNTIME140.dll"]).cannot_tell(&CHECK);
        assert!(lines(&details)[0].contains("not known of mcr.microsoft.com/windows/nanoserver"));
    }
}
