//! The road itself: what each verb does, for a program as for the command line.
//!
//! | module | its one thought |
//! | --- | --- |
//! | [`build`] | plan, run go, prove, publish |
//! | [`verify`], [`whole`] | a finished file against images; an image as a whole |
//! | [`plan`] | what would be run, and why |
//! | [`lint`] | Dockerfiles against what is built in them |
//! | [`dockerfile`] | a Dockerfile that fits the target |
//! | [`image`] | what is known of images, and pinning them |
//! | [`explain`] | pages, and what is behind a message |
//! | [`go_verb`] | go's other verbs, which run go |
//! | [`init`], [`doctor`] | a first gobuild.toml; what this machine makes possible |
//! | `session`, `settings`, `template` | gobuild.toml and go in one run, and what they say of a build |
//! | `sources`, `target`, `targets`, `real` | the images of one run |
//! | `prove`, `reading`, `finished` | a file read, and held against an image |
//! | `go_words` | what go says, told as it comes |

pub mod build;
pub mod dockerfile;
pub mod doctor;
mod ended;
mod every_image;
pub mod explain;
mod finished;
pub mod go_verb;
mod go_words;
pub mod image;
pub mod init;
pub mod lint;
pub mod plan;
mod prove;
mod reading;
mod real;
mod session;
mod settings;
mod sources;
mod target;
mod targets;
mod template;
pub mod verify;
pub mod whole;

pub use ended::Ended;
