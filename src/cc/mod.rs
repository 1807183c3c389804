//! C compilers: found on this machine, asked what they make, wrapped where go could not call them as they are;
//! and what of a sysroot is there. Which one is taken is decided in [`crate::plan`].

pub mod compilers;
mod probe;
pub mod sysroot;
pub mod wrapper;
