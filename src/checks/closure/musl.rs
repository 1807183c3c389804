//! Where musl looks for a library (`ldso/dynlink.c`, `load_library`).

use super::fit::fits;
use super::state::{Answer, Searches, Walk};
use super::{Asker, tokens};
use crate::diagnostics::evidence::gb202::Doubt;

/// Names that are the C library itself, behind `lib`.
const RESERVED: &[&str] = &["c.", "pthread.", "rt.", "m.", "dl.", "util.", "xnet."];

/// Where it looks without a `/etc/ld-musl-ARCH.path`.
const DEFAULT: &[&str] = &["/lib", "/usr/local/lib", "/usr/lib"];

pub(super) fn search<'a>(walk: &Walk<'_, 'a>, name: &str, by: Asker) -> Answer<'a> {
    let reserved = name.strip_prefix("lib").is_some_and(|rest| RESERVED.iter().any(|r| rest.starts_with(r)));
    if reserved && walk.setting.loader.is_some() {
        return Answer::Own;
    }
    if name.contains('/') {
        return opened(walk, [name.to_owned()]);
    }
    let root = walk.setting.root;
    let mut folders: Vec<String> = root.library_path.clone();
    for asker in walk.ancestors(by) {
        folders.extend(rpath(&walk.searches(asker)));
    }
    match &root.musl_path {
        Some(listed) => folders.extend(listed.iter().cloned()),
        None => folders.extend(DEFAULT.iter().map(|folder| (*folder).to_owned())),
    }
    // An empty element is passed over, and means no folder.
    folders.retain(|folder| !folder.is_empty());
    opened(walk, folders.into_iter().map(|folder| format!("{}/{name}", folder.trim_end_matches('/'))))
}

/// The first file that opens is taken, whatever it is for.
fn opened<'a>(walk: &Walk<'_, 'a>, paths: impl IntoIterator<Item = String>) -> Answer<'a> {
    let setting = walk.setting;
    let mut doubt = None;
    for path in paths {
        if !path.starts_with('/') {
            doubt = Some(Doubt::RelativePath { path });
            continue;
        }
        let Some((real, library)) = setting.root.library(&path) else { continue };
        if !fits(setting.elf, library) {
            return Answer::Nothing { foreign: Some(path), doubt: None };
        }
        // A second C library is never loaded.
        let has = |name| library.exports.as_ref().is_some_and(|exports| exports.has(name));
        let is_libc = has("__libc_start_main") && has("stdin");
        return if is_libc && setting.loader.is_some() {
            Answer::Own
        } else {
            Answer::Hit(path, real, library)
        };
    }
    Answer::Nothing { foreign: None, doubt }
}

/// RUNPATH is RPATH under another name, and the later tag wins. Any token but `$ORIGIN` drops the whole
/// list.
fn rpath(searches: &Searches<'_>) -> Vec<String> {
    let listed = if searches.runpath.is_empty() { searches.rpath } else { searches.runpath };
    let value = |name: &str| Some(if name == "ORIGIN" { Ok(searches.origin.to_owned()) } else { Err("") });
    let expanded: Result<Vec<String>, &str> =
        listed.iter().map(|folder| tokens::replace(folder, value)).collect();
    expanded.unwrap_or_default()
}
