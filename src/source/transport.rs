//! How a source is written: as the container tools write it (containers-transports(5)), or bare.

use std::path::{Path, PathBuf};

use super::archive::is_layout;
use crate::error::{Error, Result};

/// What to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transport {
    /// `dir:PATH`: a root file system's folder.
    Folder(PathBuf),
    /// `docker-archive:FILE[:REF]`, `oci-archive:FILE[:TAG]`: an archive, which says itself how it is made, and
    /// which image of it.
    Archive(PathBuf, Option<String>),
    /// `oci:DIR[:TAG]`: the folder of an OCI layout, and which image of it.
    Layout(PathBuf, Option<String>),
    /// `docker-daemon:REF`: an image of the local engine, whichever that is.
    Engine(String),
}

impl Transport {
    /// What a word means. Without a transport it is a path if something is there or if it is written like one,
    /// else an image of the local engine. Relative paths start at `dir`.
    ///
    /// # Errors
    /// Behind the transport stands nothing, or it is one that is not read.
    pub fn parse(word: &str, dir: &Path) -> Result<Self> {
        let Some((transport, rest)) = word.split_once(':') else { return Ok(Self::bare(word, dir)) };
        // As containers/image has it: the path goes up to the first colon.
        let (path, which) = match rest.split_once(':') {
            Some((path, which)) => (path, Some(which.to_owned()).filter(|which| !which.is_empty())),
            None => (rest, None),
        };
        let place = match transport {
            "dir" => Self::Folder(rest.into()),
            "docker-archive" | "oci-archive" => Self::Archive(path.into(), which),
            "oci" => Self::Layout(path.into(), which),
            "docker-daemon" => Self::Engine(rest.to_owned()),
            "docker" if rest.starts_with("//") => {
                let reference = rest.trim_start_matches('/');
                return Err(Error::new(format!("{word} is an image of a registry, and none is asked here"))
                    .help(format!("docker pull {reference}, and then docker-daemon:{reference}")));
            }
            _ => return Ok(Self::bare(word, dir)),
        };
        if path.is_empty() {
            return Err(Error::new(format!("behind {transport}: there is nothing to read")));
        }
        Ok(place)
    }

    fn bare(word: &str, dir: &Path) -> Self {
        let path = dir.join(word);
        let like_a_path = word.starts_with(['/', '.']) || path.extension().is_some_and(|end| end == "tar");
        if path.exists() || like_a_path {
            Self::of_path(word.into(), dir)
        } else {
            Self::Engine(word.to_owned())
        }
    }

    /// What lies at a path: a layout or a root file system where it is a folder, else an archive.
    pub fn of_path(path: PathBuf, dir: &Path) -> Self {
        let absolute = dir.join(&path);
        match (absolute.is_dir(), is_layout(&absolute)) {
            (true, true) => Self::Layout(path, None),
            (true, false) => Self::Folder(path),
            (false, _) => Self::Archive(path, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_the_source_that_it_names() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["root", "layout"] {
            std::fs::create_dir(dir.path().join(name)).unwrap();
        }
        for name in ["layout/oci-layout", "layout/index.json", "app.tar", "odd"] {
            std::fs::write(dir.path().join(name), "").unwrap();
        }
        let folder = |path: &str| Transport::Folder(path.into());
        let archive =
            |path: &str, which: Option<&str>| Transport::Archive(path.into(), which.map(str::to_owned));
        let layout =
            |path: &str, which: Option<&str>| Transport::Layout(path.into(), which.map(str::to_owned));
        let engine = |reference: &str| Transport::Engine(reference.to_owned());
        for (word, expected) in [
            ("root", folder("root")),
            ("dir:root", folder("root")),
            // Said is said: the folder of a layout is a folder too.
            ("dir:layout", folder("layout")),
            ("dir:a:b", folder("a:b")),
            ("layout", layout("layout", None)),
            ("oci:layout", layout("layout", None)),
            ("oci:layout:3.20", layout("layout", Some("3.20"))),
            ("oci:layout:localhost:5000/app:1", layout("layout", Some("localhost:5000/app:1"))),
            ("app.tar", archive("app.tar", None)),
            ("odd", archive("odd", None)),
            ("none.tar", archive("none.tar", None)),
            ("./none", archive("./none", None)),
            ("docker-archive:odd", archive("odd", None)),
            ("docker-archive:app.tar:corp/app:1", archive("app.tar", Some("corp/app:1"))),
            ("oci-archive:app.tar", archive("app.tar", None)),
            ("oci-archive:app.tar:", archive("app.tar", None)),
            ("oci-archive:app.tar:3.20", archive("app.tar", Some("3.20"))),
            ("docker-daemon:alpine:3.20", engine("alpine:3.20")),
            ("alpine", engine("alpine")),
            ("alpine:3.20", engine("alpine:3.20")),
            ("localhost:5000/app", engine("localhost:5000/app")),
            // An image of the Docker Hub, not a transport.
            ("docker:24-cli", engine("docker:24-cli")),
        ] {
            assert_eq!(Transport::parse(word, dir.path()).unwrap(), expected, "{word}");
        }
    }

    #[test]
    fn what_names_nothing_that_is_read_is_an_error() {
        for word in ["dir:", "oci:", "oci::tag", "docker-archive:", "oci-archive::1", "docker-daemon:"] {
            let error = Transport::parse(word, Path::new("/")).unwrap_err();
            assert!(error.message.ends_with("there is nothing to read"), "{word}: {error}");
        }
        let error = Transport::parse("docker://alpine:3.20", Path::new("/")).unwrap_err();
        assert_eq!(error.help, ["docker pull alpine:3.20, and then docker-daemon:alpine:3.20"]);
    }
}
