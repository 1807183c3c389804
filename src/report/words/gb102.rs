//! GB102 in words.

use super::shared::{exec_format_error, line, noted, rebuild};
use crate::diagnostics::evidence::gb102::{FileFormat, WrongFormat};
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &WrongFormat, about: &About) -> Message {
    let name = &about.file;
    let mut evidence = Vec::new();
    if let Some(format) = found.format {
        let format = match format {
            FileFormat::Elf => "ELF",
            FileFormat::Pe => "a Windows executable (PE)",
            FileFormat::MachO => "a macOS executable (Mach-O)",
            FileFormat::Wasm => "WebAssembly",
        };
        evidence.push(match &found.minimum_os {
            Some(minimum) => noted(format!("{name} is"), format, format!("for {minimum} or newer")),
            None => line(format!("{name} is"), format),
        });
    }
    if let Some(abi) = found.abi {
        let system = abi.system.map_or_else(|| format!("system number {}", abi.number), str::to_owned);
        evidence.push(noted(format!("{name} is marked for"), system, "EI_OSABI"));
    }
    if let Some(goos) = &found.goos {
        evidence.push(noted(format!("{name} was built for"), goos, "GOOS in its build information"));
    }
    evidence.push(line("the platform is", about.platform.as_str()));
    let os = &found.wanted;
    Message {
        title: "the binary is for another operating system".to_owned(),
        evidence,
        // A foreign ELF file is started and fails in ways of its own.
        production: (found.format.is_some() && os == "linux").then(|| exec_format_error(name)),
        cause: found.goos.as_ref().map(|goos| format!("GOOS was {goos} when it was built")),
        help: vec![format!("build it for {os}: GOOS={os} {}", rebuild(about))],
    }
}
