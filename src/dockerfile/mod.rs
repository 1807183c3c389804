//! Dockerfiles: written to fit the target, read, and judged.
//!
//! The room is pure: facts and settings come in, text goes out.
//!
//! | module | its one thought |
//! | --- | --- |
//! | [`lint`] | whether it fits: one file a rule |
//! | [`parse`] | a file as data, with the place of every word |
//! | [`stages`] | variables filled in: what each stage is built on |
//! | [`render`] | a Dockerfile that fits the target |

pub mod lint;
pub mod parse;
pub mod render;
pub mod stages;
