//! From what a user names to trees: a folder, an archive, an image of the local engine.

use std::path::{Path, PathBuf};

use super::archive::{Archive, is_layout};
use super::directory::Directory;
use super::limits::Limits;
use super::{Choice, engine};
use crate::cli::Env;
use crate::error::{Error, Result, io_reason};
use crate::host::file::OpenFile;
use crate::image::read::{self, Known, Reading, Tree};
use crate::platform::Platform;

/// What to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A root file system's folder.
    Folder(PathBuf),
    /// An archive, or the folder of an OCI layout.
    Archive(PathBuf),
    /// A reference that an engine knows.
    Engine(String),
}

impl Place {
    /// What a word means: a path if something is there or if it is written like one, else an image.
    pub fn of(word: &str, dir: &Path) -> Self {
        let path = dir.join(word);
        let like_a_path = word.starts_with(['/', '.']) || path.extension().is_some_and(|end| end == "tar");
        if path.is_dir() && !is_layout(&path) {
            Self::Folder(PathBuf::from(word))
        } else if path.exists() || like_a_path {
            Self::Archive(PathBuf::from(word))
        } else {
            Self::Engine(word.to_owned())
        }
    }
}

/// Which images of a place are wanted; all of them where nothing is said.
#[derive(Debug, Clone, Default)]
pub struct Wanted<'a> {
    /// Only for these platforms.
    pub platforms: Vec<&'a Platform>,
    /// Only under this name, where the archive has several names.
    pub name: Option<&'a str>,
}

/// One image with its files.
pub struct Opened {
    /// Its facts, and what could not be read.
    pub reading: Reading,
    /// Digest of its manifest, of its configuration where there is no manifest, or the one that a registry
    /// has it under.
    pub digest: Option<String>,
    /// Its files.
    pub tree: Box<dyn Tree>,
}

/// Reads what a place has. `env` is for engines; relative paths start at `dir`.
pub fn open(place: &Place, wanted: &Wanted<'_>, env: &Env, dir: &Path) -> Result<Vec<Opened>> {
    let limits = Limits::default();
    match place {
        Place::Folder(path) => folder(path, dir, &limits).map(|opened| vec![opened]),
        Place::Archive(path) => {
            let shown = path.display().to_string();
            let absolute = dir.join(path);
            let archive = if absolute.is_dir() {
                Archive::layout(&absolute, &shown, &limits)
            } else {
                let file = OpenFile::open_as(&absolute, path)?;
                Archive::open(file, &shown, &limits)
            };
            images(&archive?, wanted)
        }
        Place::Engine(reference) => {
            let one = if let [only] = wanted.platforms[..] { Some(only) } else { None };
            let saved = engine::save(reference, one, env, dir)?;
            let shown = format!("{reference} of {}", saved.engine);
            let archive = Archive::open(saved.archive, &shown, &limits)?;
            let mut opened = images(&archive, &Wanted { name: None, ..wanted.clone() })?;
            // One platform, one digest: of several, the registry's is that of the index.
            if let ([only], [digest]) = (&mut opened[..], &saved.digests[..]) {
                only.digest = digest.split_once('@').map(|(_, digest)| digest.to_owned());
            }
            for opened in &mut opened {
                reference.clone_into(&mut opened.reading.image.name);
                reference.clone_into(&mut opened.reading.image.written);
            }
            Ok(opened)
        }
    }
}

fn folder(path: &Path, dir: &Path, limits: &Limits) -> Result<Opened> {
    let absolute = dir.join(path);
    let tree = Directory::read_as(&absolute, path, limits)?;
    let shown = path.display().to_string();
    let known = Known { name: shown.clone(), from: shown.clone(), ..Known::default() };
    let mut reading = facts(&tree, known, &shown)?;
    reading.notes.splice(0..0, tree.notes().iter().cloned());
    Ok(Opened { reading, digest: None, tree: Box::new(tree) })
}

fn images(archive: &Archive, wanted: &Wanted<'_>) -> Result<Vec<Opened>> {
    let mut opened = Vec::new();
    for choice in choose(archive, wanted)? {
        let tree = archive.unpack(choice)?;
        let known = archive.known(choice);
        let shown = known.from.clone();
        let mut reading = facts(&tree, known, &shown)?;
        reading.notes.splice(0..0, archive.notes().iter().cloned());
        opened.push(Opened { reading, digest: choice.digest.clone(), tree: Box::new(tree) });
    }
    Ok(opened)
}

fn facts(tree: &dyn Tree, known: Known, shown: &str) -> Result<Reading> {
    read::read(tree, known).map_err(|error| Error::new(format!("cannot read {shown}: {}", io_reason(&error))))
}

/// The images that are wanted; several of one platform are several images, of which one has to be named.
fn choose<'a>(archive: &'a Archive, wanted: &Wanted<'_>) -> Result<Vec<&'a Choice>> {
    let all = archive.choices();
    let named: Vec<&Choice> = all
        .iter()
        .filter(|choice| wanted.name.is_some_and(|name| choice.names.iter().any(|own| same(own, name))))
        .collect();
    let several = all
        .iter()
        .enumerate()
        .any(|(at, choice)| all[..at].iter().any(|other| other.platform == choice.platform));
    let candidates: Vec<&Choice> = match (named.is_empty(), several) {
        (false, _) => named,
        (true, false) => all.iter().collect(),
        (true, true) => {
            let list = all.iter().map(|choice| format!("  {}", choice.names.join(", ")));
            let error = Error::new(format!("{} holds several images", archive.shown()));
            let error = list.fold(error, Error::detail);
            return Err(error.help("save one image to an archive of its own"));
        }
    };
    if wanted.platforms.is_empty() {
        return Ok(candidates);
    }
    let fits = |choice: &&Choice| {
        let own = choice.platform.as_ref();
        own.is_none_or(|own| wanted.platforms.iter().any(|wanted| serves(own, wanted)))
    };
    let (chosen, others): (Vec<&Choice>, Vec<&Choice>) =
        candidates.into_iter().partition(|choice| fits(choice));
    if chosen.is_empty() {
        let platforms = wanted.platforms.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let there = others.iter().filter_map(|choice| choice.platform.as_ref()).map(ToString::to_string);
        let there = there.collect::<Vec<_>>().join(", ");
        return Err(Error::new(format!("{} has nothing for {platforms}", archive.shown()))
            .detail(format!("  it is for {there}")));
    }
    Ok(chosen)
}

/// Whether an image of one platform is the one for another: a variant that only one of them writes does not
/// part them, since Docker's archives often leave it out.
fn serves(own: &Platform, wanted: &Platform) -> bool {
    own.base() == wanted.base()
        && (own.variant == wanted.variant
            || own.variant.is_none()
            || wanted.variant.is_none()
            || own.arch == "amd64")
}

/// Whether two names are one, as Docker completes them.
fn same(one: &str, other: &str) -> bool {
    use crate::image::Reference;
    let full = |name: &str| name.parse::<Reference>().map(|reference| reference.to_string());
    one == other || full(one).is_ok_and(|one| full(other).is_ok_and(|other| one == other))
}
