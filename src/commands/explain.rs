//! `gobuild explain`: the page of a check.

use serde_json::json;

use crate::checks;
use crate::error::Result;
use crate::report::json::VERSION;
use crate::report::shell::Shell;

pub(super) fn run(subject: &str, shell: &Shell) -> Result<()> {
    let check = checks::find(subject)?;
    if shell.is_json() {
        shell.json(&json!({
            "reason": "check",
            "version": VERSION,
            "id": check.id,
            "name": check.name,
            "severity": check.severity,
            "summary": check.summary,
            "page": check.page,
        }));
    } else {
        shell.result(check.page);
    }
    Ok(())
}
