//! What the tests are made with.
//!
//! | file | what is in it |
//! | --- | --- |
//! | [`skip`] | `skip!`: loud, and a failure in CI |
//! | [`schema`] | the schemas that output is held against |
//! | [`source`] | reads as much of Rust as the test of the house needs |
//! | [`tools`] | where things are: the checkout, go, the shared build cache |
//! | [`project`] | a module in a temporary folder |
//! | [`tree`] | the files below a folder, for comparing two of them |
//! | [`run`] | a program in a clean environment, with its streams asserted |
//! | [`machine`] | a machine with the compilers that a test gives it |
//! | [`fake_go`] | a `go` that records what it was asked |
//! | [`layers`] | archives of images, as the engines write them |
//! | [`library`] | shared libraries as no linker makes them |
//! | [`made_up`] | the seeds of `fuzz/`, as they are and changed at random |
//! | [`root`] | starts a binary inside a root file system |
//! | [`builder`] | builds Dockerfiles, where an engine with `BuildKit` answers |
//! | [`container`] | the same in a container, where an engine answers |

pub(crate) mod builder;
pub(crate) mod container;
pub(crate) mod fake_go;
pub(crate) mod layers;
pub(crate) mod library;
pub(crate) mod machine;
pub(crate) mod made_up;
pub(crate) mod project;
pub(crate) mod root;
pub(crate) mod run;
pub(crate) mod schema;
pub(crate) mod skip;
pub(crate) mod source;
pub(crate) mod tools;
pub(crate) mod tree;
