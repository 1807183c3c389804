//! One file held against every image of the catalogue.

use crate::checks;
use crate::diagnostics::Policy;
use crate::image::{self, Fact, Image};
use crate::origin::Sourced;
use crate::platform::Platform;
use crate::report::every_image::{Row, Table};

use super::finished::Finished;
use super::prove;

/// Every image with every platform that was typed, or that has the file's architecture.
pub(super) fn table(file: &Finished, typed: &[Sourced<Platform>], policy: &Policy) -> Table {
    // What has no architecture is rejected for every platform; any will do to say so.
    let arch = checks::arch_of(&file.reading.binary).unwrap_or("amd64");
    let mut rows = Vec::new();
    let mut elsewhere = 0;
    for image in image::all() {
        let platforms = platforms(&image, arch, typed);
        elsewhere += usize::from(platforms.is_empty());
        rows.extend(platforms.into_iter().map(|platform| Row {
            image: image.name.clone(),
            verdict: file.judge(Some(&image), &platform, policy),
            platform,
        }));
    }
    Table {
        file: file.path.to_string_lossy().into_owned(),
        kind: prove::kind(&file.reading.binary),
        rows,
        elsewhere,
    }
}

/// The platforms of one image that are asked about. An image that nobody knows the platforms of is asked
/// about all the same: it may have them.
fn platforms(image: &Image, arch: &str, typed: &[Sourced<Platform>]) -> Vec<Platform> {
    let own = match (&image.platforms, &image.os) {
        (Fact::Known(platforms), _) => platforms.clone(),
        (Fact::Unknown, Fact::Known(os)) => wanted_on(os, arch, typed),
        (Fact::Unknown, Fact::Unknown) => wanted_on("linux", arch, typed),
    };
    if typed.is_empty() {
        return own.into_iter().filter(|platform| platform.arch == arch).collect();
    }
    // A variant that was typed is a promise about the machine, not about the image's list.
    let listed = |platform: &Platform| own.iter().any(|one| one.base() == platform.base());
    typed.iter().map(|platform| platform.value.clone()).filter(listed).collect()
}

fn wanted_on(os: &str, arch: &str, typed: &[Sourced<Platform>]) -> Vec<Platform> {
    let of_arch = Platform { os: os.to_owned(), arch: arch.to_owned(), variant: None };
    match typed {
        [] => vec![of_arch],
        typed => typed.iter().map(|platform| platform.value.clone()).filter(|one| one.os == os).collect(),
    }
}
