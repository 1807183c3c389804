//! A file for another operating system.

use serde::Serialize;

/// What shows it, each by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WrongFormat {
    /// The format of the file, where the system starts none of that format.
    pub format: Option<FileFormat>,
    /// The oldest system that the file names itself: `macOS 12.0`.
    pub minimum_os: Option<String>,
    /// The system in `EI_OSABI`, where it is neither "none" nor GNU.
    pub abi: Option<Abi>,
    /// `GOOS` in the build information, where it is another.
    pub goos: Option<String>,
    /// The system of the platform, as Go calls it.
    pub wanted: String,
}

/// A format of programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FileFormat {
    /// Linux, the BSDs and others.
    Elf,
    /// Windows.
    Pe,
    /// macOS and Apple's other systems.
    MachO,
    /// WebAssembly.
    Wasm,
}

/// The number in `EI_OSABI`. Numbers: the gABI's registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Abi {
    /// As it stands in the file.
    pub number: u8,
    /// The system's name, where the registry has one that is known here.
    pub system: Option<&'static str>,
}
