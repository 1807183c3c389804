//! Images as they really are: folders, archives, layouts and pins, through the real binary.

mod archive;
mod cost;
mod hostile;
mod made_up;
mod memory;
mod pin;
mod roots;
mod whole;

use std::path::Path;

use serde_json::Value;

use crate::support::project::Project;

/// What `gobuild image inspect` says, one object an image.
fn inspect(project: &Project, args: &[&str]) -> Vec<Value> {
    let line = ["image", "inspect", "--message-format", "json"].iter().chain(args);
    let output = project.gobuild(line.copied()).stdout_any().check();
    output.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is an object")).collect()
}

/// The facts of a root of `scripts/roots.sh`, by the path of its folder.
fn path(folder: &Path) -> String {
    folder.to_string_lossy().into_owned()
}
