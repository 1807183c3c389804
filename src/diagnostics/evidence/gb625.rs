//! Why go does not get the revision from git.

use serde::Serialize;

/// What makes `go build` stop where it asks git.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum VcsStampingFails {
    /// `-buildvcs=true`, and there is no git.
    WithoutGit {
        /// The image of the stage that builds, with its variables filled in.
        image: String,
    },
    /// `.git` is a file that names a folder outside of the build: that of a worktree or submodule.
    GitIsFile,
    /// `.dockerignore` excludes a part of `.git`.
    PartIgnored {
        /// The part: `.git/objects`.
        path: String,
    },
    /// Another user owns `.git` than the one that builds.
    OtherOwner {
        /// Who builds, as `USER` says: `1001`.
        user: String,
        /// Who owns it, as `--chown` says: `1000:1000`.
        owner: String,
    },
}
