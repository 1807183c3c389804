//! Builds each program in each way.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use crate::support::project::Project;
use crate::support::run::Run;
use crate::support::tools;

use super::outcome::Outcome;
use super::programs::{IMAGES, Image, PROGRAMS, Program, Way};

/// A program that was built, or was not.
pub(super) struct Built {
    pub(super) program: &'static Program,
    pub(super) way: Way,
    /// None for what go built for no image in particular.
    image: Option<&'static Image>,
    pub(super) result: Result<Binary, Outcome>,
    /// Keeps the folder of the file.
    _project: std::sync::Arc<Project>,
}

/// A file.
pub(super) struct Binary {
    pub(super) file: PathBuf,
    /// How gobuild said that it is linked.
    pub(super) kind: Option<String>,
}

impl Built {
    /// Whether it is tried in an image.
    pub(super) fn is_for(&self, image: &Image) -> bool {
        self.image.is_none_or(|meant| meant == image)
    }

    /// Its name among an image's other programs.
    pub(super) fn name(&self) -> String {
        format!("{}-{}", self.program.example, self.way)
    }
}

/// Everything; each program in a thread of its own.
pub(super) fn built() -> Vec<Built> {
    std::thread::scope(|scope| {
        let threads: Vec<_> = PROGRAMS.iter().map(|program| scope.spawn(|| all(program))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no build failed")).collect()
    })
}

fn all(program: &'static Program) -> Vec<Built> {
    let mut project = Project::example(program.example).folder("made");
    for way in Way::ALL {
        if let Way::Gobuild(cgo) = way {
            project = project.file(format!("{cgo}.toml"), format!("[build]\ncgo = \"{cgo}\"\n"));
        }
    }
    let project = std::sync::Arc::new(project);
    let one = |way, image, result| Built { program, way, image, result, _project: project.clone() };
    let mut built = Vec::new();
    for way in Way::ALL {
        if let Way::Go(enabled) = *way {
            built.push(one(*way, None, by_go(&project, enabled)));
        }
    }
    for image in IMAGES {
        for way in Way::ALL {
            if let Way::Gobuild(cgo) = *way {
                built.push(one(*way, Some(image), by_gobuild(&project, image, cgo)));
            }
        }
    }
    built
}

fn by_go(project: &Project, enabled: &str) -> Result<Binary, Outcome> {
    let file = project.path(format!("made/go-{enabled}"));
    let line: [OsString; 4] = ["build".into(), "-o".into(), file.clone().into(), ".".into()];
    let output = project.go(line).env("CGO_ENABLED", enabled).env("CC", "gcc").output();
    if output.status == 0 {
        return Ok(Binary { file, kind: None });
    }
    // The rest of the line is this machine's paths.
    let words = "build constraints exclude all Go files";
    assert!(output.stderr.contains(words), "{}", output.stderr);
    Err(Outcome::NotBuilt(words.to_owned()))
}

fn by_gobuild(project: &Project, image: &Image, cgo: &str) -> Result<Binary, Outcome> {
    let config = format!("{cgo}.toml");
    // One name for all, so that what is linked for one way serves the next.
    let line = ["--config", &config, "--target", image.name, "-o", "made/app", "."];
    let output = gobuild(project, line).output();
    let app = project.path("made/app");
    if output.status != 0 {
        assert!(!app.exists(), "refused, and published: {}", output.stderr);
        assert_eq!(output.status, 2, "{}", output.stderr);
        assert!(output.stderr.contains(" cannot be built without cgo\n"), "{}", output.stderr);
        return Err(Outcome::Refused);
    }
    let place = format!("app runs in {} (linux/amd64): ", image.name);
    let kind = output.stderr.split_once(&place).unwrap_or_else(|| panic!("{}", output.stderr)).1;
    let kind = kind.split([',', '\n']).next().expect("a first word").to_owned();
    let file = project.path(format!("made/{}-{cgo}", image.root));
    fs::rename(app, &file).expect("a file can be moved");
    Ok(Binary { file, kind: Some(kind) })
}

/// gobuild with the machine's own compilers, then zig: what gcc cannot make for an image, zig can. The cache is one
/// for all tests: in a new one zig makes its C library anew.
pub(super) fn gobuild<'a>(project: &Project, line: impl IntoIterator<Item = &'a str>) -> Run {
    let own = tools::path();
    let path = std::env::split_paths(&own).chain([tools::fetched("zig/ziglang")]);
    project
        .gobuild(line)
        .env("PATH", std::env::join_paths(path).expect("no folder of PATH has a colon"))
        .env("GOBUILD_CACHE", tools::fetched("cache/gobuild"))
}
