//! Dockerfiles: written to fit the target.
//!
//! The room is pure: facts and settings come in, text goes out.

pub mod render;
