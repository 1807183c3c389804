//! What shows that a package is in a file without its C half.

use super::shared::{line, noted};
use crate::diagnostics::evidence::GoHalf;
use crate::diagnostics::{About, Line};

/// The function or the package, and the module that Go's record names.
pub(super) fn lines(half: &GoHalf, about: &About) -> Vec<Line> {
    let name = &about.file;
    let shown = match half.function {
        Some(function) => noted(format!("{name} calls"), function, "its table of functions"),
        None => noted(format!("{name} has"), half.package, "its table of functions"),
    };
    let module = half.module.as_ref();
    let module =
        module.map(|module| line(format!("{name} records"), format!("{} {}", module.path, module.version)));
    std::iter::once(shown).chain(module).collect()
}
