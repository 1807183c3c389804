//! Does it fit: one file a check. A check reads facts and answers; it never prints, reads a file or fails.
//!
//! A new check is one file `gbNNN_name.rs`, one page `docs/checks/GBNNN.md` and one line in each of the
//! two lists below. An id is never reused: a check that goes leaves its id in [`catalog::RETIRED`].

mod advice;
mod architecture;
mod asked;
pub mod catalog;
mod closure;
mod foreign;
mod gb101_not_an_executable;
mod gb102_wrong_format;
mod gb103_wrong_architecture;
mod gb104_wrong_variant;
mod gb105_cut_short;
mod gb106_mode_not_executable;
mod gb107_unreadable;
mod gb108_broken_pie;
mod gb109_c_code_too_new;
mod gb110_packed;
mod gb111_boringcrypto_missing;
mod gb112_kernel_too_new;
mod gb201_loader_missing;
mod gb202_library_missing;
mod gb203_glibc_too_new;
mod gb204_amd64_level;
mod gb205_musl_symbol_missing;
mod gb206_build_host_path;
mod gb207_static_nss;
mod gb208_sanitizer;
mod gb209_static_tls;
mod gb210_symbol_missing;
mod gb301_certificates_missing;
mod gb302_time_zones_missing;
mod gb303_users_missing;
mod gb304_temporary_folder_missing;
mod gb305_mime_types_missing;
mod gb306_plugins_not_loadable;
mod gb401_windows_library_missing;
mod gb501_stub_without_c;
mod gb502_c_half_missing;
mod gb503_cannot_load_libraries;
mod gb701_entry_point_missing;
mod gb702_entry_point_no_file;
mod gb703_entry_point_denied;
mod gb704_interpreter_missing;
mod gb705_carriage_return;
mod gb706_no_interpreter_line;
mod gb707_user_unknown;
mod libc;
mod starting;
mod symbol_version;
pub mod traits;
mod variant;
pub mod verdict;
mod words;

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod guards;

use serde::Serialize;

pub use architecture::arch_of;
pub use catalog::{find, fingerprint};
pub use traits::Traits;
pub use verdict::{Finding, Policy, Verdict, verdict};

use crate::binary::Binary;
use crate::binary::elf::Symbols;
use crate::image::Image;
use crate::image::start::Step;
use crate::origin::Sourced;
use crate::platform::Platform;

/// Everything that a check may look at.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The file as messages name it: the base name of `-o`.
    pub name: &'a str,
    /// What the file is.
    pub binary: &'a Binary,
    /// Permission bits of the file that would be handed on, where the file system has any.
    pub mode: Option<u32>,
    /// The platform it is meant for.
    pub platform: &'a Platform,
    /// The image it is meant for; none means that only the platform can be judged.
    pub image: Option<&'a Image>,
    /// How it was made, as far as this run knows.
    pub build: &'a Build,
    /// Where it will lie in the image, as an absolute path; none means `/app/NAME`.
    pub place: Option<&'a str>,
    /// The symbols that it leaves to others to define; none where nobody looked.
    pub symbols: Option<&'a Symbols>,
    /// What its content shows beside the headers; none where nobody looked.
    pub traits: Option<&'a Traits>,
    /// How an image starts it, where an image is judged as a whole.
    pub start: Option<&'a Step>,
    /// Whether the user asked for everything that can be said: advice then also tells what is not known.
    pub thorough: bool,
}

/// Every check, in the order of the ids, which is the order of the findings.
pub static CHECKS: &[&Check] = &[
    &gb101_not_an_executable::CHECK,
    &gb102_wrong_format::CHECK,
    &gb103_wrong_architecture::CHECK,
    &gb104_wrong_variant::CHECK,
    &gb105_cut_short::CHECK,
    &gb106_mode_not_executable::CHECK,
    &gb107_unreadable::CHECK,
    &gb108_broken_pie::CHECK,
    &gb109_c_code_too_new::CHECK,
    &gb110_packed::CHECK,
    &gb111_boringcrypto_missing::CHECK,
    &gb112_kernel_too_new::CHECK,
    &gb201_loader_missing::CHECK,
    &gb202_library_missing::CHECK,
    &gb203_glibc_too_new::CHECK,
    &gb204_amd64_level::CHECK,
    &gb205_musl_symbol_missing::CHECK,
    &gb206_build_host_path::CHECK,
    &gb207_static_nss::CHECK,
    &gb208_sanitizer::CHECK,
    &gb209_static_tls::CHECK,
    &gb210_symbol_missing::CHECK,
    &gb301_certificates_missing::CHECK,
    &gb302_time_zones_missing::CHECK,
    &gb303_users_missing::CHECK,
    &gb304_temporary_folder_missing::CHECK,
    &gb305_mime_types_missing::CHECK,
    &gb306_plugins_not_loadable::CHECK,
    &gb401_windows_library_missing::CHECK,
    &gb501_stub_without_c::CHECK,
    &gb502_c_half_missing::CHECK,
    &gb503_cannot_load_libraries::CHECK,
    &gb701_entry_point_missing::CHECK,
    &gb702_entry_point_no_file::CHECK,
    &gb703_entry_point_denied::CHECK,
    &gb704_interpreter_missing::CHECK,
    &gb705_carriage_return::CHECK,
    &gb706_no_interpreter_line::CHECK,
    &gb707_user_unknown::CHECK,
];

impl Subject<'_> {
    /// Whether this file is to be loaded, not started. Where nobody said how it was made (`verify`), Go's
    /// own record does.
    pub fn expects_library(&self) -> bool {
        self.build.is_library() || (self.build.mode.is_empty() && self.recorded_mode_is_library())
    }

    fn recorded_mode_is_library(&self) -> bool {
        let recorded = self.binary.build_info().and_then(|info| info.setting("-buildmode"));
        matches!(recorded, Some("c-shared" | "plugin" | "shared"))
    }
}

/// How the binary was made. `gobuild verify` knows nothing of it and passes the default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Build {
    /// The build mode that was asked for, GOFLAGS included; empty means Go's default.
    pub mode: String,
    /// `CGO_ENABLED` of the plan.
    pub cgo: Option<Sourced<bool>>,
    /// The C compiler, where one was named or chosen.
    pub cc: Option<Sourced<String>>,
    /// Packages that are known to build without their C half and to fail when they are used.
    pub stubs: Vec<Stub>,
}

/// A package whose Go half only says that its C half is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stub {
    /// Its import path.
    pub package: String,
    /// The imports that lead to it.
    pub chain: Vec<String>,
    /// What it says when it is used.
    pub message: String,
    /// A package without C that does the same.
    pub pure: Option<String>,
}

impl Build {
    /// Whether the build mode writes something that is loaded, not started.
    pub fn is_library(&self) -> bool {
        matches!(self.mode.as_str(), "c-shared" | "plugin" | "shared")
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Said; the binary is still handed on.
    Warning,
    /// The binary is not handed on.
    Error,
}

/// One way in which a binary and an image can fail to fit.
pub struct Check {
    /// `GB201`. Never reused.
    pub id: &'static str,
    /// `loader-missing`.
    pub name: &'static str,
    /// What a misfit means.
    pub severity: Severity,
    /// One line, lower case, no full stop.
    pub summary: &'static str,
    /// The page for `gobuild explain`, `docs/checks/ID.md`.
    pub page: &'static str,
    /// The question.
    pub run: fn(&Subject<'_>) -> Outcome,
}

/// Three answers: what is not known is not fine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It fits, or the question does not arise.
    Fits,
    /// It does not fit.
    Misfit(Details),
    /// The facts that the question needs are not known.
    CannotTell(Details),
}

/// What a check says of a misfit or a doubt. Id and severity come from the check itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Details {
    /// One line, lower case, no full stop: `the image has no loader for this binary`.
    pub title: String,
    /// Evidence, two columns: `rpc asks for` / `/lib64/ld-linux-x86-64.so.2   (glibc)`.
    pub evidence: Vec<Evidence>,
    /// What production would have shown: `exec /app/rpc: no such file or directory`.
    pub production: Option<String>,
    /// Why in this build: `cgo was on and the C compiler was gcc (…)`.
    pub cause: Option<String>,
    /// Ways out, each of which can be pasted.
    pub help: Vec<String>,
}

/// One line of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Left column.
    pub label: String,
    /// Middle column.
    pub value: String,
    /// Right column, in brackets.
    pub note: Option<String>,
}
