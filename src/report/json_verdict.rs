//! A verdict as one JSON object: `{"reason":"verdict","version":1,…}`.
//!
//! The shape is an interface. A key may be added under the same version; one that goes or changes its meaning
//! raises it.

use serde_json::{Value, json};

use crate::checks::Verdict;
use crate::diagnostics::Finding;
use crate::platform::Platform;

use super::words;

/// A verdict with what it was about.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// The file as it would be, or was, published.
    pub file: &'a str,
    /// The target as it was named, if there was one.
    pub target: Option<&'a str>,
    /// The image after a floating tag was resolved; none where only the platform was judged.
    pub image: Option<&'a str>,
    /// The platform.
    pub platform: &'a Platform,
    /// What was found.
    pub verdict: &'a Verdict,
}

/// The object. Every key is always there; what is not known is null.
pub fn value(judged: &Judged<'_>) -> Value {
    let findings: Vec<Value> = judged.verdict.findings.iter().map(finding).collect();
    json!({
        "reason": "verdict",
        "version": super::json::VERSION,
        "file": judged.file,
        "target": judged.target,
        "image": judged.image,
        "platform": judged.platform,
        "accepted": judged.verdict.accepted(),
        "findings": findings,
    })
}

/// The fields of one finding.
pub(super) fn finding(finding: &Finding) -> Value {
    let details = words::message(finding);
    json!({
        "id": finding.id(),
        "name": finding.name(),
        "severity": finding.severity,
        "allowed": finding.allowed,
        "certain": finding.certain,
        "title": details.title,
        "evidence": details.evidence,
        "production": details.production,
        "because": details.cause,
        "help": details.help,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case};
    use crate::checks::verdict;
    use crate::diagnostics::Policy;

    #[test]
    fn a_rejection_carries_everything_that_people_are_shown() {
        let case = Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::alpine());
        let verdict = verdict(&case.subject(), &Policy::default());
        let judged = Judged {
            file: "bin/rpc",
            target: Some("prod"),
            image: Some("alpine:3.20"),
            platform: &case.platform,
            verdict: &verdict,
        };
        let expected = json!({
            "reason": "verdict",
            "version": 1,
            "file": "bin/rpc",
            "target": "prod",
            "image": "alpine:3.20",
            "platform": "linux/amd64",
            "accepted": false,
            "findings": [{
                "id": "GB201",
                "name": "loader-missing",
                "severity": "error",
                "allowed": false,
                "certain": true,
                "title": "the image has no loader for this binary",
                "evidence": [
                    {"label": "rpc asks for", "value": "/lib64/ld-linux-x86-64.so.2", "note": "glibc"},
                    {"label": "alpine:3.20 has", "value": "/lib/ld-musl-x86_64.so.1", "note": "musl 1.2.5"},
                ],
                "production": "exec /app/rpc: no such file or directory",
                "because": "cgo was on (CGO_ENABLED=1 in the binary's build information)",
                "help": ["build it for this image: gobuild --target alpine:3.20 --platform linux/amd64"],
            }],
        });
        assert_eq!(value(&judged), expected);
        let order: Vec<String> = value(&judged).as_object().unwrap().keys().cloned().collect();
        assert_eq!(order[..3], ["reason", "version", "file"]);
    }

    #[test]
    fn an_accepted_binary_has_no_findings_and_null_where_nothing_was_named() {
        let case = Case::new(fix::static_go());
        let verdict = verdict(&case.subject(), &Policy::default());
        let judged =
            Judged { file: "rpc", target: None, image: None, platform: &case.platform, verdict: &verdict };
        let value = value(&judged);
        assert_eq!(value["accepted"], json!(true));
        assert_eq!(value["findings"], json!([]));
        assert!(value["target"].is_null() && value["image"].is_null());
    }
}
