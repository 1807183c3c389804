//! `RUN --mount=type=bind,from=build,source=/out,target=/mnt`.
//!
//! Source: `BuildKit`'s `instructions/commands_runmount.go`.

/// What a `RUN` is shown, its words as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mount {
    /// `bind` where nothing is said, `cache`, `tmpfs`, `secret`, `ssh`.
    pub kind: Option<String>,
    /// The stage or the image; none for the build context.
    pub from: Option<String>,
    /// What of it.
    pub source: Option<String>,
    /// Where the command finds it.
    pub target: Option<String>,
}

impl Mount {
    /// Reads the value of one `--mount`.
    pub(super) fn read(text: &str) -> Self {
        let mut found = Self::default();
        for part in text.split(',') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let field = match name.trim().to_ascii_lowercase().as_str() {
                "type" => &mut found.kind,
                "from" => &mut found.from,
                "source" | "src" => &mut found.source,
                "target" | "dst" | "destination" => &mut found.target,
                _ => continue,
            };
            *field = Some(value.trim().to_owned());
        }
        found
    }

    /// Whether it shows what is there, and is no cache or secret.
    pub fn is_bind(&self) -> bool {
        self.kind.as_deref().is_none_or(|kind| kind == "bind")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_has_its_names() {
        let own = |text: &str| Some(text.to_owned());
        let found = Mount::read("type=bind,from=build,src=/out,dst=/mnt,rw");
        assert_eq!(
            found,
            Mount { kind: own("bind"), from: own("build"), source: own("/out"), target: own("/mnt") }
        );
        assert!(
            found.is_bind()
                && Mount::read("target=.").is_bind()
                && !Mount::read("type=cache,target=/x").is_bind()
        );
    }
}
