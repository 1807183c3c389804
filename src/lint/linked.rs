//! Whether what a build makes asks for the C library of its stage.

use super::builds::Build;
use super::facts::Facts;
use super::golang::is_golang;
use super::link::Link;
use crate::dockerfile::model::Value;
use crate::dockerfile::model::packages::Installed;
use crate::image::facts::{Fact, Libc};

impl Build {
    /// Whether what it makes may ask for the C library of its stage. What is not known is not claimed.
    pub(super) fn may_be_dynamic(&self, facts: &Facts<'_>) -> bool {
        if self.is_off()
            || self.by_xx
            || self.may_be_static(&facts.source)
            || matches!(self.cgo, Value::Unknown(_))
        {
            return false;
        }
        // Another compiler links another C library, or none: musl-gcc, zig cc -target ….
        let other = match &self.cc {
            Value::Known(cc) => cc.contains("musl") || cc.contains("zig"),
            Value::Unset => false,
            Value::Unknown(_) => true,
        };
        if other {
            return false;
        }
        // xx chooses compiler and cgo by the platform, in what it sets for later commands too.
        let xx = facts.ran(self.stage).any(|ran| ran.words[0].starts_with("xx-"));
        if xx || facts.is_without_c(self) {
            return false;
        }
        has_c_compiler(facts, self.stage) == Some(true)
    }

    /// Whether what it makes asks for a loader: position-independent programs do without C too.
    pub(super) fn needs_loader(&self, facts: &Facts<'_>) -> bool {
        let linux = !matches!(&self.os, Value::Known(os) if os != "linux" && !os.is_empty());
        self.may_be_dynamic(facts) || (linux && self.is_pie() && !Link::of(&self.line).may_be_static_pie())
    }
}

/// Whether a stage can compile C; none where nobody knows.
pub(super) fn has_c_compiler(facts: &Facts<'_>, stage: usize) -> Option<bool> {
    const PACKAGES: &[&str] = &["gcc", "g++", "clang", "zig", "musl-tools", "tcc"];
    let answers: Vec<Installed> = PACKAGES.iter().map(|package| facts.installed(stage, package)).collect();
    if answers.contains(&Installed::Yes) {
        return Some(true);
    }
    // Packages that only the build knows, a compiler that is unpacked: nobody can tell.
    let fetched = facts.ran(stage).any(|ran| {
        let last = |word: &String| word.rsplit('/').next().unwrap_or_default().to_owned();
        ran.words.iter().skip(1).map(last).any(|name| name.starts_with("zig") || name.contains("-cross"))
    });
    if answers.contains(&Installed::Unknown) || fetched {
        return None;
    }
    let name = facts.resolved.image(stage).ok()?;
    if !is_golang(name) {
        return None;
    }
    match facts.image(stage)?.libc {
        Fact::Known(Libc::Glibc(_)) => Some(true),
        Fact::Known(Libc::Musl(_)) if facts.resolved.stages[stage].parsed.steps.is_empty() => None,
        Fact::Known(Libc::Musl(_)) => Some(false),
        _ => None,
    }
}
