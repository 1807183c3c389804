//! A file for another operating system.

use super::{Check, Outcome, Subject};
use crate::binary::Format;
use crate::binary::elf::Elf;
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb102::{Abi, FileFormat, WrongFormat};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB102, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let os = subject.platform.os.as_str();
    let format = match &subject.binary.format {
        Format::Elf(_) => FileFormat::Elf,
        Format::Pe { .. } => FileFormat::Pe,
        Format::MachO { .. } => FileFormat::MachO,
        Format::Wasm => FileFormat::Wasm,
        // Not a program for any system: GB101.
        Format::Archive | Format::Script { .. } | Format::Empty | Format::Unknown { .. } => {
            return Outcome::Fits;
        }
    };
    let recorded = subject.binary.build_info().and_then(|info| info.setting("GOOS"));
    let found = WrongFormat {
        format: (!is_native(os, &subject.binary.format)).then_some(format),
        minimum_os: minimum_os(&subject.binary.format),
        abi: subject.binary.elf().filter(|_| os == "linux").and_then(foreign_abi),
        goos: recorded.filter(|recorded| *recorded != os).map(str::to_owned),
        wanted: os.to_owned(),
    };
    if found.format.is_none() && found.abi.is_none() && found.goos.is_none() {
        return Outcome::Fits;
    }
    Outcome::misfit(found)
}

/// `macOS 12.0`, as the file says it.
fn minimum_os(format: &Format) -> Option<String> {
    let Format::MachO { image, .. } = format else { return None };
    let minimum = image.minimum_os?;
    // `PLATFORM_MACOS` and its neighbours in Apple's `mach-o/loader.h`.
    let system =
        ["macOS", "iOS", "tvOS", "watchOS"].get(usize::try_from(minimum.platform).ok()?.checked_sub(1)?)?;
    let (major, minor, _) = minimum.version;
    Some(format!("{system} {major}.{minor}"))
}

/// Whether a system starts files of this format at all.
fn is_native(os: &str, format: &Format) -> bool {
    match os {
        "windows" => matches!(format, Format::Pe { .. }),
        "darwin" | "ios" => matches!(format, Format::MachO { .. }),
        "js" | "wasip1" => matches!(format, Format::Wasm),
        // These two have formats of their own, which nobody reads here.
        "aix" | "plan9" => true,
        _ => matches!(format, Format::Elf(_)),
    }
}

/// The system named in `EI_OSABI` where that is neither "none" nor GNU. Numbers: the gABI's registry.
fn foreign_abi(elf: &Elf) -> Option<Abi> {
    let system = match elf.osabi {
        0 | 3 => return None,
        1 => Some("HP-UX"),
        2 => Some("NetBSD"),
        6 => Some("Solaris"),
        7 => Some("AIX"),
        8 => Some("IRIX"),
        9 => Some("FreeBSD"),
        12 => Some("OpenBSD"),
        _ => None,
    };
    Some(Abi { number: elf.osabi, system })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::macho::{self, MinimumOs};
    use crate::checks::fixtures::{self as fix, Case, lines};

    #[test]
    fn a_file_in_the_format_of_its_system_fits() {
        Case::new(fix::static_go()).fits(&CHECK);
        Case::new(fix::of(Format::Pe { machine: 0x8664, image: Box::default() }))
            .platform("windows/amd64")
            .fits(&CHECK);
        Case::new(fix::of(Format::Wasm)).platform("wasip1/wasm").fits(&CHECK);
        let mut gnu = fix::static_c();
        fix::elf_mut(&mut gnu).osabi = 3;
        Case::new(gnu).fits(&CHECK);
    }

    #[test]
    fn a_file_in_the_format_of_another_system_does_not() {
        for (format, found) in [
            (Format::Pe { machine: 0x8664, image: Box::default() }, "rpc is a Windows executable (PE)"),
            (Format::MachO { cpu: 0x0100_0007, image: Box::default() }, "rpc is a macOS executable (Mach-O)"),
            (Format::Wasm, "rpc is WebAssembly"),
        ] {
            let details = Case::new(fix::of(format)).image(fix::alpine()).misfit(&CHECK);
            assert_eq!(lines(&details), [found, "the platform is linux/amd64"]);
            assert_eq!(details.production.unwrap(), "exec /app/rpc: exec format error");
            let help = "build it for linux: GOOS=linux gobuild --target alpine:3.20 --platform linux/amd64";
            assert_eq!(details.help, [help]);
        }
        Case::new(fix::static_go()).platform("windows/amd64").misfit(&CHECK);
    }

    #[test]
    fn of_a_macos_program_the_oldest_system_is_told() {
        let minimum_os = Some(MinimumOs { platform: 1, version: (12, 0, 0) });
        let image = Box::new(macho::Image { minimum_os, ..macho::Image::default() });
        let details = Case::new(fix::of(Format::MachO { cpu: 0x0100_0007, image })).misfit(&CHECK);
        assert_eq!(lines(&details)[0], "rpc is a macOS executable (Mach-O) (for macOS 12.0 or newer)");
    }

    #[test]
    fn elf_of_another_system_is_seen_by_its_mark_and_by_gos_record() {
        let mut binary = fix::static_go();
        fix::elf_mut(&mut binary).osabi = 9;
        binary.go = fix::go(&[("GOOS", "freebsd"), ("GOARCH", "amd64")]);
        let details = Case::new(binary).misfit(&CHECK);
        assert_eq!(
            lines(&details),
            [
                "rpc is marked for FreeBSD (EI_OSABI)",
                "rpc was built for freebsd (GOOS in its build information)",
                "the platform is linux/amd64",
            ]
        );
        assert_eq!(details.production, None);

        let mut unmarked = fix::static_go();
        unmarked.go = fix::go(&[("GOOS", "netbsd")]);
        assert_eq!(Case::new(unmarked).misfit(&CHECK).cause.unwrap(), "GOOS was netbsd when it was built");
    }
}
