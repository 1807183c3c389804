//! Questions to compilers whose answers are remembered by the files that they came from.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::cache::Cache;
use crate::cache::kept;
use crate::cli::{Env, variable};
use crate::host::hex::hex;
use crate::host::identity::Identity;
use crate::host::run::ask;

/// Variables that change what a compiler includes and calls.
const NAMES: &[&str] = &["C_INCLUDE_PATH", "CPATH", "GCC_EXEC_PREFIX", "HOME", "PATH", "PYTHONPATH"];

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remembered {
    answer: Option<String>,
    /// Files and folders that the answer depends on.
    seen: Vec<(PathBuf, Option<Identity>)>,
}

/// Asks a program, or takes the remembered answer; none where it failed. `depends` names the files beside the
/// program that the answer was made from.
pub(super) fn probe(
    program: &Path,
    args: &[OsString],
    env: &Env,
    dir: &Path,
    cache: &Cache,
    depends: impl Fn(&str) -> Vec<PathBuf>,
) -> Option<String> {
    let mut hash = Sha256::new();
    let variables = NAMES.iter().filter_map(|name| variable(env, name)).map(OsString::from);
    for word in [program.into()].iter().chain(args).cloned().chain(variables) {
        hash.update(word.len().to_le_bytes());
        hash.update(word.as_encoded_bytes());
    }
    let folder = cache.folder("compilers").ok();
    let file = folder.map(|folder| folder.join(format!("{}.json", hex(&hash.finalize()))));
    if let Some(remembered) = file.as_deref().and_then(recall) {
        return remembered.answer;
    }
    let answered = ask(program, args, env, dir).ok()?;
    let answer = answered.ok.then_some(answered.stdout);
    let mut paths = vec![program.to_owned()];
    paths.extend(program.canonicalize().ok());
    paths.extend(depends(answer.as_deref().unwrap_or_default()));
    // A failure may have its cause in a package that is not there yet: it is asked again.
    if let (Some(file), Some(_)) = (file, &answer) {
        let seen = paths.into_iter().map(|path| (path.clone(), identity(&path))).collect();
        // Not remembered is asked again: nothing to tell anyone.
        let _ = kept::write(&file, &Remembered { answer: answer.clone(), seen });
    }
    answer
}

fn recall(file: &Path) -> Option<Remembered> {
    let remembered: Remembered = kept::read(file)?;
    remembered.seen.iter().all(|(path, was)| identity(path) == *was).then_some(remembered)
}

fn identity(path: &Path) -> Option<Identity> {
    fs::metadata(path).ok().map(|metadata| Identity::from(&metadata))
}
