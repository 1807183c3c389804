//! What a finished file tells of the C half of its packages, whoever built it.

use super::Subject;
use crate::diagnostics::evidence::{GoHalf, Module};
use crate::libraries::Library;

/// Whether a package is in the file without its C half: by a function that only the Go half has, or because
/// it is linked in and cgo was off. The module list alone would not do: it names what was never linked.
pub(super) fn was_built_without_c(subject: &Subject<'_>, library: &Library) -> bool {
    let Some(traits) = subject.traits else { return false };
    let setting = |key| subject.binary.build_info().and_then(|info| info.setting(key));
    let has_c_there = setting("GOOS").is_none_or(|os| !library.go_on.contains(&os));
    library.go_half.iter().any(|function| traits.has(function))
        || traits.has_package(library) && setting("CGO_ENABLED") == Some("0") && has_c_there
}

/// What shows it: the function or the package, and the module that Go's record names.
pub(super) fn go_half(subject: &Subject<'_>, library: &Library) -> GoHalf {
    let shows = |function: &&&str| subject.traits.is_some_and(|traits| traits.has(function));
    let has_package = |path: &str| {
        library.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let mut modules = subject.binary.build_info().into_iter().flat_map(|info| &info.dependencies);
    let module = modules.find(|module| has_package(&module.path));
    GoHalf {
        package: library.path,
        function: library.go_half.iter().find(shows).copied(),
        module: module.map(|module| Module { path: module.path.clone(), version: module.version.clone() }),
    }
}
