//! A verdict as one JSON object: `{"reason":"verdict","version":2,…}`.
//!
//! The shape is an interface. A key may be added under the same version; one that goes or changes its meaning
//! raises it.

use serde::Serialize;

use super::event::Judged;
use super::shown::Shown;
use super::version::ShapeVersion;
use crate::platform::Platform;

/// A file that was held against an image. Every key is always there; what is not known is null.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VerdictObject<'a> {
    version: ShapeVersion,
    /// The file: where it is wanted, or as named to `verify`.
    file: &'a str,
    /// The target's name; null where there is none.
    target: Option<&'a str>,
    /// The image's name; null where only the platform was judged.
    image: Option<&'a str>,
    /// The platform.
    platform: &'a Platform,
    /// Whether it may be published.
    accepted: bool,
    /// Every finding: one never hides another.
    findings: &'a [Shown],
}

impl<'a> VerdictObject<'a> {
    pub(super) fn of(judged: &Judged<'a>) -> Self {
        Self {
            version: ShapeVersion,
            file: judged.file,
            target: judged.target,
            image: judged.image,
            platform: judged.platform,
            accepted: judged.accepted(),
            findings: judged.findings,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::checks::fixtures::{self as fix, Case};
    use crate::checks::verdict;
    use crate::diagnostics::Policy;
    use crate::report::event::{Asked, Event};
    use crate::report::json::objects;

    const ASKED: Asked<'_> = Asked::Verify { kind: "a program", platform_from: None };

    fn value(judged: &Judged<'_>) -> Value {
        serde_json::to_value(&objects(&Event::Verdict(judged))[0]).unwrap()
    }

    #[test]
    fn a_rejection_carries_everything_that_people_are_shown_and_the_facts_behind_it() {
        let case = Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::alpine());
        let verdict = verdict(&case.subject(), &Policy::default());
        let judged = Judged {
            file: "bin/rpc",
            target: Some("prod"),
            image: Some("alpine:3.20"),
            platform: &case.platform,
            findings: &Shown::all(&verdict.findings),
            asked: ASKED,
        };
        let expected = json!({
            "reason": "verdict",
            "version": 2,
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
                "evidence": {
                    "kind": "loader-missing",
                    "asked": "/lib64/ld-linux-x86-64.so.2",
                    "family": "glibc",
                    "offered": {"case": "another", "path": "/lib/ld-musl-x86_64.so.1"},
                    "libc": "musl 1.2.5",
                    "cause": {"case": "cgo", "cgo": {"known": "recorded"}},
                    "ways_out": [{"way": "rebuild"}],
                },
                "lines": [
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
        let platform = &case.platform;
        let judged = Judged { file: "rpc", target: None, image: None, platform, findings: &[], asked: ASKED };
        let value = value(&judged);
        assert_eq!(value["accepted"], json!(true));
        assert_eq!(value["findings"], json!([]));
        assert!(value["target"].is_null() && value["image"].is_null());
    }
}
