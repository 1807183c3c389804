//! GB607 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb607::FinalStageOnBuildPlatform;

pub(super) fn message(found: &FinalStageOnBuildPlatform) -> Message {
    Message {
        title: "the final image is for the build machine's platform".to_owned(),
        evidence: vec![
            line("the stage says", format!("--platform={}", found.platform)),
            line("it should be", "the target platform, which is the default"),
        ],
        production: Some("exec /app: exec format error".to_owned()),
        cause: None,
        help: vec!["leave --platform out here; it belongs to the stages that only build".to_owned()],
    }
}
