//! GB103 in words.

use super::shared::{exec_format_error, line, noted, rebuild};
use crate::diagnostics::evidence::gb103::{Machine, WrongArchitecture};
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &WrongArchitecture, about: &About) -> Message {
    let label = format!("{} is for", about.file);
    let own = match &found.found {
        Machine::Architecture { name } => line(label, *name),
        Machine::Elf { bits, big_endian, machine } => {
            let order = if *big_endian { "big-endian" } else { "little-endian" };
            line(label, format!("{bits}-bit {order}, machine {machine}"))
        }
        Machine::Pe { machine } => line(label, format!("machine {machine:#x} of a PE file")),
        Machine::MachO { cpu } => line(label, format!("processor {cpu:#x} of a Mach-O file")),
        Machine::OtherAbi { wanted, flags } => {
            noted(label, format!("an ABI other than {wanted}"), format!("e_flags {flags:#x}"))
        }
    };
    let abi = matches!(found.found, Machine::OtherAbi { .. });
    let title = if abi {
        "the binary is for another ABI of this architecture"
    } else {
        "the binary is for another architecture"
    };
    Message {
        title: title.to_owned(),
        evidence: vec![own, line("the platform is", about.platform.as_str())],
        production: (found.linux && !abi).then(|| exec_format_error(&about.file)),
        cause: found.goarch.as_ref().map(|arch| format!("GOARCH was {arch} when it was built")),
        help: vec![format!("build it for this platform: {}", rebuild(about))],
    }
}
