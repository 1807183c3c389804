//! GB614 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb614::TimeZonesNotInstalled;

pub(super) fn message(found: &TimeZonesNotInstalled) -> Message {
    Message {
        title: "the program looks up time zones, but the image has none".to_owned(),
        evidence: vec![line("the program", "calls time.LoadLocation"), line(format!("{} has", found.image), "none, and nothing in this file adds them")],
        production: Some("unknown time zone Europe/Paris".to_owned()),
        cause: None,
        help: vec!["link them in: go build -tags timetzdata".to_owned(), "on alpine: RUN apk add --no-cache tzdata".to_owned(), "from a stage that has them: COPY --from=build /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip and ENV ZONEINFO=/zoneinfo.zip".to_owned()],
    }
}
