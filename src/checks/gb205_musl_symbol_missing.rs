//! musl has no versions: it binds every function at the start, and one that nobody defines ends the program.

use super::cause::cgo_cause;
use super::closure::{self, Asker, Rules};
use super::{Check, Outcome, Subject, libc};
use crate::binary::elf::Binding;
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb205::{MissingSymbols, MuslSymbolMissing};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB205, run };

/// Names that musl since 1.2.4 answers for when they end in `64`, without listing them
/// (`ldso/dynlink.c`, `get_lfs64`).
const LARGE_FILES: &[&str] = &[
    "__fxstat",
    "__fxstatat",
    "__lxstat",
    "__xstat",
    "aio_cancel",
    "aio_error",
    "aio_fsync",
    "aio_read",
    "aio_return",
    "aio_suspend",
    "aio_write",
    "alphasort",
    "creat",
    "fallocate",
    "fgetpos",
    "fopen",
    "freopen",
    "fseeko",
    "fsetpos",
    "fstat",
    "fstatat",
    "fstatfs",
    "fstatvfs",
    "ftello",
    "ftruncate",
    "ftw",
    "getdents",
    "getrlimit",
    "glob",
    "globfree",
    "lio_listio",
    "lockf",
    "lseek",
    "lstat",
    "mkostemp",
    "mkostemps",
    "mkstemp",
    "mkstemps",
    "mmap",
    "nftw",
    "open",
    "openat",
    "posix_fadvise",
    "posix_fallocate",
    "pread",
    "preadv",
    "prlimit",
    "pwrite",
    "pwritev",
    "readdir",
    "scandir",
    "sendfile",
    "setrlimit",
    "stat",
    "statfs",
    "statvfs",
    "tmpfile",
    "truncate",
    "versionsort",
];

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(closure) = closure::of(subject) else { return Outcome::Fits };
    // Without the C library (GB201) everything would be missing.
    if closure.rules != Rules::Musl || closure.found.is_empty() {
        return Outcome::Fits;
    }
    let exports: Vec<_> = closure.found.iter().filter_map(|found| found.library.exports.as_ref()).collect();
    let own = subject.symbols.map(|symbols| &symbols.defined);
    let defined = |name: &str| {
        own.is_some_and(|own| own.contains(name)) || exports.iter().any(|exports| exports.has(name))
    };
    // A library that cannot be found (GB202) may be the one that has the name.
    if !closure.missing.is_empty() {
        return Outcome::Fits;
    }
    if exports.len() < closure.found.len() {
        return unread(subject, true);
    }
    let lacks = |name: &str| !defined(name) && !is_large_file(&defined, name);
    let own = subject.symbols.into_iter().flat_map(|symbols| &symbols.undefined);
    let own = own.filter(|one| !one.weak && one.binding != Binding::Never).map(|one| one.name.as_str());
    let of_libraries = closure.found.iter().enumerate().map(|(index, found)| {
        let names = found.library.undefined.iter().map(|one| one.name.as_str());
        (Asker::Library(index), names.filter(|name| lacks(name)).collect::<Vec<_>>())
    });
    let all = [(Asker::Binary, own.filter(|name| lacks(name)).collect())].into_iter().chain(of_libraries);
    let symbols: Vec<MissingSymbols> = all
        .filter(|(_, names)| !names.is_empty())
        .map(|(by, names)| MissingSymbols {
            by: closure.asker(by, subject.name).to_owned(),
            by_path: closure.asker_path(by).map(str::to_owned),
            names: names.into_iter().map(str::to_owned).collect(),
        })
        .collect();
    if !symbols.is_empty() {
        let loader = closure.found[0].path.clone();
        return Outcome::misfit(MuslSymbolMissing::Missing { symbols, loader, cgo: cgo_cause(subject) });
    }
    unread(subject, false)
}

/// `open64` where `open` is there.
fn is_large_file(defined: &impl Fn(&str) -> bool, name: &str) -> bool {
    let base = if name == "readdir64_r" { Some("readdir_r") } else { name.strip_suffix("64") };
    base.is_some_and(|base| (base == "readdir_r" || LARGE_FILES.contains(&base)) && defined(base))
}

/// Nobody has read what the binary uses, or what the image's musl has. That is a question where the binary
/// was linked against another C library; one that was linked against musl is taken.
fn unread(subject: &Subject<'_>, unread_image: bool) -> Outcome {
    let found = if let Some(symbols) = subject.symbols.filter(|_| !unread_image) {
        symbols.inconsistencies.first().map(|fault| MuslSymbolMissing::Unreadable { fault: fault.clone() })
    } else {
        let dynamic = subject.binary.elf().and_then(|elf| elf.dynamic.as_ref());
        let mut needed = dynamic.into_iter().flat_map(|dynamic| &dynamic.needed);
        let of_glibc = needed.find(|name| libc::is_glibc(name));
        of_glibc.map(|soname| MuslSymbolMissing::LinkedWithGlibc { soname: soname.clone() })
    };
    found.map_or(Outcome::Fits, Outcome::cannot_tell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::image::Root;

    fn case(needed: &[&str], root: Root) -> Case {
        let binary = fix::dynamic_go("/lib/ld-musl-x86_64.so.1", needed);
        Case::new(binary).image(fix::rooted(fix::alpine(), root))
    }

    fn using(names: &[&str]) -> Case {
        let names: Vec<_> = names.iter().map(|name| (*name, None)).collect();
        case(&["libc.so"], fix::alpine_root()).symbols(&names)
    }

    #[test]
    fn functions_of_musl_and_of_loaded_libraries_fit() {
        using(&["malloc", "pthread_create", "open64"]).fits(&CHECK);
        let mut root = fix::alpine_root();
        fix::put(
            &mut root,
            "/usr/lib/libz.so.1",
            fix::exporting(fix::library("libz.so.1", &[]), &["inflate"]),
        );
        case(&["libz.so.1"], root).symbols(&[("inflate", None)]).fits(&CHECK);
        let mut weak = using(&["__gmon_start__"]);
        weak.symbols.as_mut().unwrap().undefined[0].weak = true;
        weak.fits(&CHECK);
    }

    #[test]
    fn glibc_images_and_images_that_nobody_has_read_are_no_question() {
        let glibc = Case::new(fix::glibc_go(&["libc.so.6"])).symbols(&[("__res_search", None)]);
        glibc.fits(&CHECK);
        let glibc = Case::new(fix::glibc_go(&["libc.so.6"])).symbols(&[("__res_search", None)]);
        glibc.image(fix::rooted(fix::debian(), fix::debian_root())).fits(&CHECK);
        let catalogue = Case::new(fix::dynamic_go("/lib/ld-musl-x86_64.so.1", &["libc.so"]));
        catalogue.image(fix::alpine()).symbols(&[("x", None)]).fits(&CHECK);
        Case::new(fix::static_go()).image(fix::rooted(fix::alpine(), fix::alpine_root())).fits(&CHECK);
    }

    #[test]
    fn what_nobody_defines_does_not_fit() {
        let details = using(&["malloc", "__memcpy_chk", "fcntl64"]).misfit(&CHECK);
        assert_eq!(
            lines(&details),
            [
                "rpc uses __memcpy_chk, fcntl64 (in no library of alpine:3.20)",
                "alpine:3.20 has /lib/ld-musl-x86_64.so.1",
            ]
        );
        assert_eq!(details.production.unwrap(), "Error relocating /app/rpc: __memcpy_chk: symbol not found");
        let many = using(&["a", "b", "c", "d", "e", "f", "g"]).misfit(&CHECK);
        assert!(lines(&many)[0].contains("a, b, c, d, e and 2 more"), "{many:?}");
    }

    #[test]
    fn a_library_is_asked_as_the_binary_is() {
        let mut root = fix::alpine_root();
        let mut library = fix::exporting(fix::library("libx.so", &[]), &["x"]);
        library.undefined.push(fix::wanted("backtrace"));
        fix::put(&mut root, "/usr/lib/libx.so", library);
        let details = case(&["libx.so"], root).symbols(&[("x", None)]).misfit(&CHECK);
        assert_eq!(
            details.production.unwrap(),
            "Error relocating /usr/lib/libx.so: backtrace: symbol not found"
        );
    }

    #[test]
    fn glibcs_libraries_under_musl_cannot_be_judged_without_their_symbols() {
        case(&["libc.so"], fix::alpine_root()).fits(&CHECK);
        let details = case(&["libc.so.6"], fix::alpine_root()).cannot_tell(&CHECK);
        assert!(lines(&details)[0].ends_with("(it needs glibc's libc.so.6)"), "{details:?}");
        let mut odd = using(&[]);
        odd.symbols.as_mut().unwrap().inconsistencies.push("DT_SYMTAB outside every segment".to_owned());
        odd.cannot_tell(&CHECK);
        let mut root = fix::alpine_root();
        root.elf.values_mut().for_each(|library| library.exports = None);
        case(&["libc.so.6"], root.clone()).symbols(&[("malloc", None)]).cannot_tell(&CHECK);
        case(&["libc.so"], root).symbols(&[("malloc", None)]).fits(&CHECK);
    }

    #[test]
    fn a_missing_library_speaks_for_its_functions() {
        case(&["libgone.so"], fix::alpine_root()).symbols(&[("gone", None)]).fits(&CHECK);
    }
}
