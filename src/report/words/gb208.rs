//! GB208 in words.

use super::shared::{image, line, noted, rebuild};
use crate::diagnostics::evidence::gb208::Sanitizer;
use crate::diagnostics::{About, Message};
use crate::image::Fact;

pub(super) fn message(found: &Sanitizer, about: &About) -> Message {
    let flag = found.flag;
    let libc = match found.libc {
        Fact::Known(libc) => libc.to_string(),
        Fact::Unknown => "an unknown C library".to_owned(),
    };
    Message {
        title: format!("the binary was built with {flag}, whose runtime is made for glibc"),
        evidence: vec![
            noted(format!("{} records", about.file), format!("{flag}=true"), "its build information"),
            line(format!("{} has", image(about)), libc),
        ],
        production: None,
        cause: None,
        help: vec![format!("leave out {flag}, GOFLAGS included: {}", rebuild(about))],
    }
}
