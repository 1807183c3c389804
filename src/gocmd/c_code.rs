//! Which packages of a build have C code: asked of `go list` once, and again only where something has changed
//! that the answer was made from.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::cache::Cache;
use crate::cache::kept;
use crate::error::Result;
use crate::gocmd::manifest::{Current, Manifest};
use crate::gocmd::question::Question;
use crate::gocmd::{Console, Invocation, capture};
use crate::host::hex::hex;
use crate::host::identity::Identity;
use crate::plan::code::{Code, Listed, has_c_outside_go};

/// Changed whenever the form of what is remembered, or the way it is made, changes.
const VERSION: &str = "3";

const FIELDS: &str = "-json=ImportPath,Standard,DepOnly,Dir,GoFiles,CgoFiles,CXXFiles,SwigFiles,SwigCXXFiles,CgoPkgConfig,CgoLDFLAGS,\
                      IgnoredGoFiles,InvalidGoFiles,Imports,ImportMap,Module,Error";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remembered {
    code: Code,
    manifest: Manifest,
}

/// The C code of a build; none where go cannot list the packages, which it will say itself when it builds.
pub fn look(question: Question<'_>, cache: &Cache, console: Console<'_>) -> Result<Option<Code>> {
    let file = key(question).and_then(|key| Some(cache.folder("code").ok()?.join(format!("{key}.json"))));
    if let Some(remembered) = file.as_deref().and_then(recall) {
        return Ok(Some(remembered));
    }
    let started = SystemTime::now();
    let Some(with_cgo) = list(question, "1", console)? else { return Ok(None) };
    let without = if has_c_outside_go(&with_cgo) {
        let Some(without) = list(question, "0", console)? else { return Ok(None) };
        without
    } else {
        Vec::new()
    };
    let code = Code::of(&with_cgo, &without);
    // With an error there is a file or a package missing whose coming nothing here would show.
    let whole = with_cgo.iter().all(|package| package.error.is_none());
    if let Some(file) = file.filter(|_| whole)
        && let Some(manifest) = Manifest::of(question, with_cgo.iter().chain(&without), started)
    {
        // Not remembered is asked again: nothing to tell anyone.
        let _ = kept::write(&file, &Remembered { code: code.clone(), manifest });
    }
    Ok(Some(code))
}

fn recall(file: &Path) -> Option<Code> {
    let mut remembered: Remembered = kept::read(file)?;
    match remembered.manifest.check() {
        Current::No => return None,
        // Not noted is read again.
        Current::Renewed => drop(kept::write(file, &remembered)),
        Current::Same => {}
    }
    Some(remembered.code)
}

fn list(question: Question<'_>, cgo: &str, console: Console<'_>) -> Result<Option<Vec<Listed>>> {
    let (change_dir, flags): (Vec<_>, Vec<_>) =
        question.flags.iter().cloned().partition(|flag| flag.as_encoded_bytes().starts_with(b"-C="));
    let mut args: Vec<OsString> = vec!["list".into()];
    args.extend(change_dir);
    args.extend(["-e".into(), "-deps".into(), FIELDS.into()]);
    args.extend(flags);
    args.push("--".into());
    args.extend(question.packages.iter().cloned());
    let mut invocation = Invocation { args, ..question.base.clone() };
    invocation.env.insert("CGO_ENABLED".into(), cgo.into());
    // What is wrong, the build that follows says in its own words.
    let (ended, written) = capture(&invocation, console)?;
    if !ended.success() {
        return Ok(None);
    }
    let rows = serde_json::Deserializer::from_str(&written.stdout).into_iter::<Listed>();
    Ok(rows.collect::<Result<Vec<Listed>, _>>().ok())
}

/// Names the question: everything that is not a file. None where go cannot be looked at, or is a script or a
/// shim that may start another go tomorrow.
fn key(question: Question<'_>) -> Option<String> {
    let go = question.base.program.canonicalize().ok()?;
    go.parent()?.parent().filter(|root| root.join("VERSION").is_file())?;
    let identity = Identity::from(&fs::metadata(&go).ok()?);
    // An overlay puts other content in the place of files.
    let overlay = |flag: &OsString| flag.as_encoded_bytes().starts_with(b"-overlay");
    if question.flags.iter().any(overlay)
        || question.go_env.get("GOFLAGS").is_some_and(|flags| flags.contains("-overlay"))
    {
        return None;
    }
    let mut hash = Sha256::new();
    let mut add = |name: &str, value: &[u8]| {
        hash.update(format!("{name}:{}:", value.len()));
        hash.update(value);
    };
    add("version", VERSION.as_bytes());
    add("go", go.as_os_str().as_encoded_bytes());
    add("identity", format!("{:?}", (identity.inode, identity.size, identity.modified)).as_bytes());
    add("dir", question.dir.as_os_str().as_encoded_bytes());
    // The plan's variables count before what `go env` answered for the user's.
    for (name, value) in &question.go_env.values {
        add(name, value.as_bytes());
    }
    let matters = |name: &OsString| {
        let name = name.to_string_lossy();
        name.starts_with("GO") || name.starts_with("CGO_")
    };
    for (name, value) in question.base.env.iter().filter(|(name, _)| matters(name)) {
        add("variable", name.as_encoded_bytes());
        add("value", value.as_encoded_bytes());
    }
    for word in question.flags {
        add("flag", word.as_encoded_bytes());
    }
    for word in question.packages {
        add("package", word.as_encoded_bytes());
    }
    Some(hex(&hash.finalize()))
}
