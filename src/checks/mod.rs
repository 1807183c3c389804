//! Does it fit: one file a check. A check reads facts and answers; it never prints, reads a file or fails.
//!
//! A new check is one file `gbNNN_name.rs` with its `mod` line, one row of [`crate::diagnostics::catalog`], its evidence
//! in `diagnostics/evidence/gbNNN.rs`, its words in `report/words/gbNNN.rs`, and one page `docs/checks/GBNNN.md`. An id is
//! never reused.

mod advice;
mod architecture;
mod asked;
mod cause;
mod closure;
mod fingerprint;
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
mod symbol_version;
pub mod traits;
mod variant;
pub mod verdict;

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod guards;

pub use crate::diagnostics::evidence::gb501::Stub;
pub use architecture::arch_of;
pub use fingerprint::FINGERPRINT;
pub use traits::Traits;
pub use verdict::{Verdict, verdict};

use crate::binary::Binary;
use crate::binary::elf::Symbols;
use crate::diagnostics::catalog::each_check;
use crate::diagnostics::{About, Diagnostic, Evidence, NamedImage};
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
    /// Permission bits of the file that would be published, where the file system has any.
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

macro_rules! checks {
    ($($id:ident $file:ident $name:literal $severity:ident $summary:literal;)*) => {
        /// Every check, in the order of the ids, which is the order of the findings.
        pub static CHECKS: &[&Check] = &[$(&$file::CHECK),*];
    };
}
each_check!(checks);

impl Subject<'_> {
    /// What a finding on it is about.
    pub fn about(&self) -> About {
        let image = self.image.map(NamedImage::from);
        About { file: self.name.to_owned(), image, platform: self.platform.to_string() }
    }

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

impl Build {
    /// Whether the build mode writes something that is loaded, not started.
    pub fn is_library(&self) -> bool {
        matches!(self.mode.as_str(), "c-shared" | "plugin" | "shared")
    }
}

/// One way in which a binary and an image can fail to fit.
pub struct Check {
    /// Id, name, severity and page.
    pub diagnostic: &'static Diagnostic,
    /// The question.
    pub run: fn(&Subject<'_>) -> Outcome,
}

/// Three answers: what is not known is not fine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It fits, or the question does not arise.
    Fits,
    /// It does not fit.
    Misfit(Evidence),
    /// The facts that the question needs are not known.
    CannotTell(Evidence),
}

impl Outcome {
    /// It does not fit.
    pub fn misfit(evidence: impl Into<Evidence>) -> Self {
        Self::Misfit(evidence.into())
    }

    /// The facts that the question needs are not known.
    pub fn cannot_tell(evidence: impl Into<Evidence>) -> Self {
        Self::CannotTell(evidence.into())
    }
}
