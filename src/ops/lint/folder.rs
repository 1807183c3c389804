//! The build context as a folder of this machine.

use std::path::{Path, PathBuf};

use super::copied;
use crate::binary::{Format, GoInfo};
use crate::cli::Process;
use crate::diagnostics::{Finding, Policy};
use crate::dockerfile::parse::Dockerfile;
use crate::host::context;
use crate::host::git::Git;
use crate::image::Image;
use crate::lint::{Context, Entry, IgnoreFile, Stamp};
use crate::ops::finished::Finished;

/// A folder.
pub(super) struct Folder<'a> {
    process: &'a Process,
    path: PathBuf,
    /// How the folder is named, where nobody named it and it is not the current one.
    pub(super) shown: Option<String>,
    entries: Vec<Entry>,
    cut: bool,
    ignore: IgnoreFile,
    image: Option<&'a Image>,
    git: Git,
}

impl<'a> Folder<'a> {
    /// The context of a Dockerfile: the folder that was named, else the current one, else the file's own where
    /// more of what it copies is there.
    pub(super) fn open(
        process: &'a Process,
        named: Option<&Path>,
        dockerfile: &Path,
        file: &Dockerfile,
    ) -> Self {
        let own = dockerfile.parent().filter(|folder| !folder.as_os_str().is_empty());
        let here = PathBuf::new();
        let there = |folder: &Path| {
            let plain = copied(file).filter(|path| !path.contains(['*', '$']) && *path != ".");
            plain.filter(|path| process.dir.join(folder).join(path.trim_start_matches('/')).exists()).count()
        };
        let module = |folder: &Path| usize::from(process.dir.join(folder).join("go.mod").is_file());
        let better = own.filter(|own| (there(own), module(own)) > (there(&here), module(&here)));
        let folder = named.or(better).map_or(here, Path::to_owned);
        let path = process.dir.join(&folder);
        let shown = named.is_none() && better.is_some();
        let of_file = {
            let mut name = dockerfile.as_os_str().to_owned();
            name.push(".dockerignore");
            process.dir.join(name)
        };
        // BuildKit takes the file's own before the context's.
        let text = context::text(&of_file).or_else(|| context::text(&path.join(".dockerignore")));
        let listing = context::list(&path);
        let mut entries: Vec<Entry> = listing
            .seen
            .into_iter()
            .map(|seen| Entry { path: seen.path, folder: seen.folder, executable: seen.executable })
            .collect();
        entries.sort_by(|one, other| one.path.cmp(&other.path));
        Self {
            process,
            git: Git::new(&process.env, &path),
            path,
            shown: shown.then(|| folder.display().to_string()),
            entries,
            cut: listing.cut,
            ignore: IgnoreFile::parse(&text.unwrap_or_default()),
            image: None,
        }
    }

    /// The folder, with the image that its binaries are held against.
    #[must_use]
    pub(super) fn with_image(mut self, image: Option<&'a Image>) -> Self {
        self.image = image;
        self
    }
}

impl Context for Folder<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn is_cut(&self) -> bool {
        self.cut
    }

    fn is_there(&self, path: &str) -> bool {
        context::is_there(&self.path.join(path))
    }

    fn text(&self, path: &str) -> Option<String> {
        context::text(&self.path.join(path))
    }

    fn is_ignored(&self, path: &str) -> bool {
        self.ignore.is_ignored(path)
    }

    fn judged(&self, path: &str) -> Option<Vec<Finding>> {
        let file = Finished::open(self.process, &self.path.join(path)).ok()?;
        let is_binary = matches!(
            file.reading.binary.format,
            Format::Elf(_) | Format::Pe { .. } | Format::MachO { .. } | Format::Archive
        );
        let platform = file.platforms(&[], None).into_iter().next().filter(|_| is_binary)?;
        // A container runs Linux unless its image says otherwise.
        let mut platform = platform.value;
        let is_windows =
            self.image.is_some_and(|image| image.os == crate::image::Fact::Known("windows".to_owned()));
        (if is_windows { "windows" } else { "linux" }).clone_into(&mut platform.os);
        Some(file.judge(self.image, &platform, &Policy::default()).findings)
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        let file = Finished::open(self.process, &self.path.join(path)).ok()?;
        let GoInfo::Present(info) = &file.reading.binary.go else { return None };
        Some(Stamp {
            module: info.module.as_ref()?.path.clone(),
            revision: info.setting("vcs.revision")?.to_owned(),
            modified: info.setting("vcs.modified") == Some("true"),
        })
    }

    fn head(&self) -> Option<String> {
        self.git.commit().ok()
    }
}
