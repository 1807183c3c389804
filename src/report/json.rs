//! The objects of `--message-format json`, one a line. `docs/json.md` describes every one.

use serde_json::{Value, json};

use crate::error::Error;

/// Grows when a field changes its meaning or goes away; a new field does not count.
pub const VERSION: u32 = 1;

/// A problem before any verdict.
pub fn error(error: &Error) -> Value {
    json!({
        "reason": "error",
        "version": VERSION,
        "message": error.message,
        "detail": error.detail,
        "help": error.help,
    })
}
