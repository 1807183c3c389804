//! `gobuild dockerfile`.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `matrix` | every template and option: parsed, linted by others, and as it was |
//! | `table` | the rows of the matrix |
//! | `written` | what is written over, what is refused, what is said |
//! | `engine` | built and started by a container engine |
//! | `c_stage` | with C, which a stage compiles |

mod c_stage;
mod engine;
mod matrix;
mod table;
mod written;
