//! Reads a file through its open descriptor and holds it against an image.

use std::ffi::OsStr;

use sha2::{Digest as _, Sha256};

use crate::binary::{self, Binary, Format};
use crate::checks::{self, Build, Subject, Verdict};
use crate::diagnostics::Policy;
use crate::error::{Error, Result};
use crate::host::file::OpenFile;
use crate::host::hex::hex;
use crate::image::Image;
use crate::image::facts::Source;
use crate::image::start::Step;
use crate::platform::Platform;

use super::reading::Reading;

/// What a file is held against.
#[derive(Clone, Copy)]
pub(super) struct Against<'a> {
    pub(super) image: Option<&'a Image>,
    pub(super) platform: &'a Platform,
    pub(super) build: &'a Build,
    pub(super) policy: &'a Policy,
    /// Where the file lies in the image, where that is known.
    pub(super) place: Option<&'a str>,
    /// How an image starts it, where an image is judged as a whole.
    pub(super) start: Option<&'a Step>,
    /// Whether what is not known is said too, where it rejects nothing: `verify` was asked, a build was not.
    pub(super) thorough: bool,
}

/// The facts of a file and the verdict on it. `name` is how messages call it.
pub(super) fn prove(name: &OsStr, file: &OpenFile, against: Against<'_>) -> Result<(Reading, Verdict)> {
    let reading = Reading::of(name, file)?;
    let verdict = judge(name, &reading, Some(file.mode()), against);
    Ok((reading, verdict))
}

/// The verdict on facts.
pub(super) fn judge(name: &OsStr, reading: &Reading, mode: Option<u32>, against: Against<'_>) -> Verdict {
    let name = name.to_string_lossy();
    let subject = Subject {
        name: &name,
        binary: &reading.binary,
        mode,
        platform: against.platform,
        image: against.image,
        build: against.build,
        place: against.place,
        symbols: reading.symbols.as_ref(),
        traits: Some(&reading.traits),
        start: against.start,
        thorough: against.thorough,
    };
    checks::verdict(&subject, against.policy)
}

/// Everything but the file that a verdict depends on, as one word. A remembered verdict holds only where
/// this is the same.
///
/// # Errors
/// The facts of the image cannot be written down: without them no verdict may be remembered.
pub(super) fn key(against: Against<'_>) -> Result<String> {
    let unwritten = |error: serde_json::Error| {
        Error::new(format!("cannot write down what the verdict is made from: {error}"))
    };
    let image = against.image.map(serde_json::to_string).transpose().map_err(unwritten)?;
    let root = against.image.and_then(|image| image.root.as_deref());
    let root = root.map(serde_json::to_string).transpose().map_err(unwritten)?;
    let build = format!("{:?}", against.build);
    let policy = format!("{:?}", against.policy);
    let platform = against.platform.to_string();
    let mut hash = Sha256::new();
    let (image, root) = (image.unwrap_or_default(), root.unwrap_or_default());
    for part in [checks::FINGERPRINT, &image, &root, &platform, &build, &policy] {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    Ok(hex(&hash.finalize()))
}

/// What kind of file it is, in a few words for the closing line.
pub(super) fn kind(binary: &Binary) -> String {
    use binary::elf::Linkage;
    let elf = match &binary.format {
        Format::Elf(elf) => elf,
        Format::Pe { .. } => return "a Windows program".to_owned(),
        Format::MachO { .. } => return "a macOS program".to_owned(),
        _ => return "not a program".to_owned(),
    };
    match (elf.linkage(), &elf.interpreter) {
        (Linkage::Static, _) => "static".to_owned(),
        (Linkage::StaticPie, _) => "static, position independent".to_owned(),
        (Linkage::Dynamic, Some(interpreter)) => format!("dynamic, loader {interpreter}"),
        (Linkage::SharedLibrary, _) => "shared library".to_owned(),
        _ => "not an executable".to_owned(),
    }
}

/// What is known of a file that an image takes: it runs there, or asks nothing of an image that nobody has described.
pub(super) fn kind_for(binary: &Binary, image: &Image) -> String {
    let kind = kind(binary);
    if image.source == Source::Nobody {
        format!("{kind}; asks nothing of {}, which nobody has described", image.name)
    } else {
        kind
    }
}

/// In which images of the catalogue a binary can run, as one clause.
pub(super) fn where_it_runs(reading: &Reading, platform: &Platform, build: &Build) -> String {
    let mut accepted = Vec::new();
    let mut asked = 0_usize;
    let policy = Policy::default();
    for image in crate::image::all() {
        let published = image
            .platforms
            .as_ref()
            .known()
            .is_some_and(|all| all.iter().any(|one| one.base() == platform.base()));
        if !published {
            continue;
        }
        asked += 1;
        let against = Against {
            image: Some(&image),
            platform,
            build,
            policy: &policy,
            place: None,
            start: None,
            thorough: false,
        };
        if judge(OsStr::new(""), reading, None, against).accepted() {
            accepted.push(image.name);
        }
    }
    match accepted.len() {
        _ if asked == 0 => format!("no image for {platform} is known"),
        0 => format!("none of the {asked} known images for {platform} can run it"),
        all if all == asked => format!("every known image for {platform} can run it, scratch included"),
        some => {
            format!("{some} of the {asked} known images for {platform} can run it: {}", shortened(&accepted))
        }
    }
}

fn shortened(names: &[String]) -> String {
    const SHOWN: usize = 6;
    let shown = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN { format!("{shown}, …") } else { shown }
}
