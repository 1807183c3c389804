//! GB617 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb617::LowPort;

pub(super) fn message(found: &LowPort) -> Message {
    let LowPort { port, protocol, user } = found;
    let written = match protocol {
        Some(protocol) => format!("{port}/{protocol}"),
        None => port.clone(),
    };
    Message {
        title: format!("port {written} is for root, but the program does not run as root"),
        evidence: vec![
            line("the file says", format!("EXPOSE {written}")),
            line("it runs as", user.as_deref().unwrap_or("nonroot, the image's user")),
        ],
        production: Some(format!("listen tcp :{port}: bind: permission denied")),
        cause: None,
        help: vec!["listen above 1024, as in EXPOSE 8080, and let the service map the port".to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_protocol_is_shown_as_written_and_the_program_listens_on_the_number() {
        let said = message(&LowPort { port: "53".to_owned(), protocol: Some("udp".to_owned()), user: None });
        assert_eq!(said.title, "port 53/udp is for root, but the program does not run as root");
        assert_eq!(
            said.evidence,
            [line("the file says", "EXPOSE 53/udp"), line("it runs as", "nonroot, the image's user")]
        );
        assert_eq!(said.production.as_deref(), Some("listen tcp :53: bind: permission denied"));
    }
}
