//! Dockerfiles: written to fit the target, and read.
//!
//! The room is pure: facts and settings come in, text goes out.
//!
//! | module | its one thought |
//! | --- | --- |
//! | [`parse`] | a file as data, with the place of every word |
//! | [`model`] | variables filled in: what each stage is built on |
//! | [`render`] | a Dockerfile that fits the target |

pub mod model;
pub mod parse;
pub mod render;
