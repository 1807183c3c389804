//! What a finished file tells of the C half of its packages, whoever built it.

use super::Subject;
use super::words::{line, noted};
use crate::diagnostics::Line;
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
pub(super) fn evidence(subject: &Subject<'_>, library: &Library) -> Vec<Line> {
    let name = subject.name;
    let function =
        library.go_half.iter().find(|function| subject.traits.is_some_and(|all| all.has(function)));
    let mut lines = vec![match function {
        Some(function) => noted(format!("{name} calls"), *function, "its table of functions"),
        None => noted(format!("{name} has"), library.path, "its table of functions"),
    }];
    let info = subject.binary.build_info();
    let module = info.and_then(|info| {
        let of = |path: &str| {
            library.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        info.dependencies.iter().find(|module| of(&module.path))
    });
    lines.extend(
        module.map(|module| line(format!("{name} records"), format!("{} {}", module.path, module.version))),
    );
    lines
}
