//! Which Dockerfiles are meant: those that were named, those of a folder that was named, or the one that is here.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// What docker and podman take by themselves.
const BY_DEFAULT: [&str; 2] = ["Dockerfile", "Containerfile"];

/// The files, each as it is shown; relative ones start at `dir`.
pub(super) fn meant(typed: &[PathBuf], dir: &Path) -> Result<Vec<PathBuf>> {
    if typed.is_empty() {
        let found = BY_DEFAULT.iter().map(PathBuf::from).find(|name| dir.join(name).is_file());
        let missing =
            || Error::new("there is no Dockerfile here").help("name it: gobuild lint deploy/Dockerfile");
        return Ok(vec![found.ok_or_else(missing)?]);
    }
    let mut files = Vec::new();
    for path in typed {
        if dir.join(path).is_dir() {
            files.extend(of_folder(path, dir)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// Every Dockerfile of a folder, but not of those below it: they are other builds.
fn of_folder(folder: &Path, dir: &Path) -> Result<Vec<PathBuf>> {
    let failed = |error: std::io::Error| Error::io("read", folder, &error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(dir.join(folder)).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        if name.to_str().is_some_and(is_dockerfile) && dir.join(folder).join(&name).is_file() {
            names.push(name);
        }
    }
    if names.is_empty() {
        return Err(Error::new(format!("there is no Dockerfile in {}", folder.display()))
            .help(format!("name it: gobuild lint {}", folder.join("FILE").display())));
    }
    names.sort();
    // `./Dockerfile` is `Dockerfile` to everybody who reads it.
    let here = folder == Path::new(".");
    Ok(names.into_iter().map(|name| if here { name.into() } else { folder.join(name) }).collect())
}

/// `Dockerfile`, `Dockerfile.dev`, `api.Dockerfile`, and the same with `Containerfile`. `Dockerfile.dockerignore` is the
/// list of what one of them leaves out.
fn is_dockerfile(name: &str) -> bool {
    let named = |known: &&str| {
        let rest = name.strip_prefix(*known).or_else(|| name.strip_suffix(*known));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || rest.ends_with('.'))
    };
    BY_DEFAULT.iter().any(named) && !name.ends_with("ignore")
}

#[cfg(test)]
mod tests {
    use super::is_dockerfile;

    #[test]
    fn the_names_that_people_give_dockerfiles() {
        for name in ["Dockerfile", "Containerfile", "Dockerfile.dev", "api.Dockerfile", "Containerfile.arm64"]
        {
            assert!(is_dockerfile(name), "{name}");
        }
        for name in
            ["Dockerfiles", "MyDockerfile", "Dockerfile.dockerignore", "docker-compose.yml", "dockerfile"]
        {
            assert!(!is_dockerfile(name), "{name}");
        }
    }
}
