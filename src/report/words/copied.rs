//! What is read where a copied file does not start.

use crate::diagnostics::evidence::{CopiedFile, Starter};

/// Where the file is a script and its interpreter is not found: the message names the script.
pub(super) fn not_found(file: &CopiedFile) -> String {
    let lands = &file.lands;
    match file.starter {
        Starter::Run => format!("/bin/sh: {lands}: not found"),
        Starter::Container | Starter::Nobody => format!("exec {lands}: no such file or directory"),
    }
}

/// Where the file has no mode to be started with.
pub(super) fn denied(file: &CopiedFile) -> String {
    let lands = &file.lands;
    match file.starter {
        Starter::Run => format!("/bin/sh: {lands}: Permission denied"),
        Starter::Container | Starter::Nobody => format!("exec {lands}: permission denied"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_and_a_container_say_it_in_their_own_words() {
        let file = |starter| CopiedFile { path: "run.sh".to_owned(), lands: "/x/run.sh".to_owned(), starter };
        assert_eq!(not_found(&file(Starter::Run)), "/bin/sh: /x/run.sh: not found");
        assert_eq!(denied(&file(Starter::Run)), "/bin/sh: /x/run.sh: Permission denied");
        for starter in [Starter::Container, Starter::Nobody] {
            assert_eq!(not_found(&file(starter)), "exec /x/run.sh: no such file or directory");
            assert_eq!(denied(&file(starter)), "exec /x/run.sh: permission denied");
        }
    }
}
