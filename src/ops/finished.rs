//! A finished file that something else built: opened, read, and what it is to be held against.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::binary::{Format, ReadAt as _};
use crate::checks::{self, Build, Verdict};
use crate::cli::Process;
use crate::diagnostics::Policy;
use crate::error::{Error, Result};
use crate::host::file::OpenFile;
use crate::image::{Fact, Image};
use crate::origin::{Origin, Sourced};
use crate::platform::Platform;

use super::prove::{self, Against};
use super::reading::Reading;
use super::target::Target;

/// One file.
pub(super) struct Finished {
    /// As it was typed, which is how the user knows it.
    pub(super) path: PathBuf,
    pub(super) reading: Reading,
    mode: u32,
    place: Option<String>,
}

impl Finished {
    /// Opens and reads it.
    pub(super) fn open(process: &Process, path: &Path) -> Result<Self> {
        let absolute = process.dir.join(path);
        let file = OpenFile::open(&absolute).map_err(|error| {
            let error = named(error, path);
            if absolute.is_dir() {
                let shown = path.display();
                error.help(format!("if an image lies in it, unpacked: gobuild verify FILE --rootfs {shown}"))
            } else {
                error
            }
        })?;
        if let Some(error) = archive(&file, path) {
            return Err(error);
        }
        let reading = Reading::of(path.file_name().unwrap_or(path.as_os_str()), &file)?;
        Ok(Self { path: path.to_owned(), reading, mode: file.mode(), place: None })
    }

    /// Where it lies in an image that was unpacked into a folder, if it lies in there: `$ORIGIN` starts there.
    #[must_use]
    pub(super) fn inside(mut self, process: &Process, root: &Path) -> Self {
        let real = |path: &Path| process.dir.join(path).canonicalize().ok();
        let below = real(&self.path).zip(real(root));
        let below = below.and_then(|(file, root)| file.strip_prefix(root).ok().map(Path::to_owned));
        self.place = below.and_then(|below| Some(format!("/{}", below.to_str()?)));
        self
    }

    /// How messages call it.
    pub(super) fn name(&self) -> &OsStr {
        self.path.file_name().unwrap_or(self.path.as_os_str())
    }

    /// The verdict for one image and platform.
    pub(super) fn judge(&self, image: Option<&Image>, platform: &Platform, policy: &Policy) -> Verdict {
        let build = Build::default();
        let place = self.place.as_deref();
        let against = Against { image, platform, build: &build, policy, place, start: None, thorough: true };
        prove::judge(self.name(), &self.reading, Some(self.mode), against)
    }

    /// The platforms to judge for: typed, else those listed that have the file's architecture (all of
    /// them where none has), else the file's own.
    pub(super) fn platforms(
        &self,
        typed: &[Sourced<Platform>],
        target: Option<&Target>,
    ) -> Vec<Sourced<Platform>> {
        if !typed.is_empty() {
            return typed.to_vec();
        }
        let own = checks::arch_of(&self.reading.binary);
        let listed = target.map(|target| &target.listed[..]).unwrap_or_default();
        if !listed.is_empty() {
            let same: Vec<_> =
                listed.iter().filter(|platform| own == Some(&platform.value.arch)).cloned().collect();
            return if same.is_empty() { listed.to_vec() } else { same };
        }
        let os = match target.map(|target| &target.image.os) {
            Some(Fact::Known(os)) => os.as_str(),
            Some(Fact::Unknown) => "linux",
            None => self.own_system(),
        };
        // What has no architecture is rejected for every platform; any will do to say so.
        let (arch, origin) = match own {
            Some(arch) => (arch, Origin::Because("the file's own architecture".to_owned())),
            None => ("amd64", Origin::Default),
        };
        vec![Sourced::new(Platform { os: os.to_owned(), arch: arch.to_owned(), variant: None }, origin)]
    }

    fn own_system(&self) -> &str {
        let binary = &self.reading.binary;
        match (&binary.format, binary.build_info().and_then(|info| info.setting("GOOS"))) {
            (_, Some(system)) => system,
            (Format::Pe { .. }, None) => "windows",
            (Format::MachO { .. }, None) => "darwin",
            // The gABI's registry of `EI_OSABI`; Linux and System V write 0 or 3.
            (Format::Elf(elf), None) => match elf.osabi {
                2 => "netbsd",
                6 => "solaris",
                9 => "freebsd",
                12 => "openbsd",
                _ => "linux",
            },
            _ => "linux",
        }
    }
}

/// An archive is no program, and what is meant is the image in it: said here, since no check knows of images.
fn archive(file: &OpenFile, path: &Path) -> Option<Error> {
    // POSIX (`ustar` in the header block) and RFC 1952. A program that is packed by itself is a file to judge: only the
    // name tells what a compressed file holds.
    let name = path.to_string_lossy();
    let is_tar = [".tar.gz", ".tgz"].iter().any(|end| name.ends_with(end));
    let is = |magic: &[u8], at: u64| {
        let mut bytes = vec![0; magic.len()];
        file.read_exact_at(&mut bytes, at).is_ok() && bytes == magic
    };
    (is(b"ustar", 257) || (is_tar && is(&[0x1f, 0x8b], 0))).then(|| {
        let shown = path.display();
        Error::new(format!("{shown} is an archive, not a program"))
            .help(format!("if it holds an image: gobuild verify --image {shown}"))
    })
}

/// The path as it was typed.
fn named(error: Error, path: &Path) -> Error {
    let reason =
        error.message.rsplit_once(": ").map_or(error.message.clone(), |(_, reason)| reason.to_owned());
    Error { message: format!("cannot read {}: {reason}", path.display()), ..error }
}
