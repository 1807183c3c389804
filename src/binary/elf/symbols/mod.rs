//! The dynamic symbol table: what a file wants from others ([`undefined`]), what it has for others
//! ([`exports`]). Not part of the facts that are always read: the table grows with the program, and only
//! some checks ask for it.

mod binding;
mod exports;
mod relocations;
mod table;
mod undefined;

pub use binding::Binding;
pub use exports::{Definition, Exports, definitions, exports};
pub use undefined::{Symbols, Undefined, undefined};
