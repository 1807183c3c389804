//! Where go writes, what it wrote, and publishing it.
//!
//! The order of the steps, for one `go build`:
//!
//! 1. [`route::route`] decides from what was asked whether go keeps anything, and where.
//! 2. [`refusal`] says what go would have said about the user's path: staging would hide it.
//! 3. [`stage::Stage::open`] takes the folder in the cache, [`stage::Stage::prepare`] readies it, go runs
//!    with `-o` [`route::Route::go_output`].
//! 4. [`stage::Stage::produced`], also after a run that failed, tells what go made.
//! 5. For each file: [`stage::Stage::still_published`], else [`stage::Stage::private_copy`], the proof
//!    through its descriptor, [`publish::PrivateCopy::publish`] and [`stage::Stage::remember`].

pub mod key;
pub mod memory;
pub mod output;
pub mod publish;
pub mod refusal;
pub mod route;
pub mod stage;
mod temporary;
