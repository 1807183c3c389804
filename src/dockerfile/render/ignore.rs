//! `.dockerignore`: what the builder need not be sent.

use super::{Request, Source};

/// Its text. For a binary that is copied it names what is sent, which is next to nothing; for one that is built,
/// what is not.
pub fn ignore(request: &Request<'_>) -> String {
    match &request.source {
        Source::Prebuilt(path) => {
            let mut lines =
                vec!["# Nothing is sent but what the Dockerfile copies.".to_owned(), "*".to_owned()];
            let binary = path.replace("${TARGETARCH}${TARGETVARIANT}", "*");
            let copied = request.settings.copy.iter().map(|copy| copy.from.value.as_str());
            for path in [binary.as_str()].into_iter().chain(copied) {
                lines.push(format!("!{}", path.trim_start_matches("./").trim_end_matches('/')));
            }
            lines.join("\n") + "\n"
        }
        Source::Build(_) => format!(
            "# A commit changes .git, and everything would be built anew; without it go stamps no revision.\n\
             .git\n\
             # A program that was built outside is not what the image is to have.\n\
             {}\n\
             {}-*\n\
             Dockerfile*\n\
             .dockerignore\n",
            request.program, request.program
        ),
    }
}
