//! Flags of other tools that people type at a build, and what does the same here.

/// The flag without its dashes, and the answer to it.
const FLAGS: &[(&str, &str)] = &[
    ("arch", "gobuild's flag is `--platform`, as in `--platform linux/arm64`"),
    ("dry-run", "`gobuild plan` prints what would be run; go's own `-n` prints the commands of the build"),
    ("force", "go's flag is `-a`, which builds everything anew"),
    ("image", "gobuild's flag is `--target`, as in `--target alpine:3.20`"),
    ("jobs", "go's flag is `-p`, as in `-p 4`"),
    ("out", "go's flag is `-o`, as in `-o bin/`"),
    ("output", "go's flag is `-o`, as in `-o bin/`"),
    ("parallel", "go's flag is `-p`, as in `-p 4`"),
    ("strip", "gobuild's flag is `--release`, which is go's `-trimpath -ldflags \"-s -w\"`"),
];

/// What to type instead of a flag that neither gobuild nor go has.
pub(super) fn instead_of(flag: &str) -> Option<&'static str> {
    FLAGS.iter().find(|(name, _)| *name == flag).map(|(_, answer)| *answer)
}

#[cfg(test)]
mod tests {
    use super::FLAGS;
    use crate::cli::go_flags;
    use crate::cli::split::OwnFlags;

    #[test]
    fn no_flag_of_a_build_is_taken_for_a_strangers() {
        let command = crate::cli::command();
        let own = OwnFlags::of(command.find_subcommand("build").unwrap());
        for (name, _) in FLAGS {
            assert!(go_flags::lookup(name).is_none() && !own.has(name), "{name}");
        }
    }
}
