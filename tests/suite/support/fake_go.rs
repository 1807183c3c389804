//! A `go` that records what it was asked and does what a test tells it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::project::Project;
use super::tools;

/// A folder for the front of PATH, with a script named `go` in it.
pub(crate) struct FakeGo {
    folder: PathBuf,
}

impl FakeGo {
    /// Records `build`, which then runs `body` (shell, in which `$real` is the real go); every other verb
    /// is the real go's.
    pub(crate) fn new(project: &Project, body: &str) -> Self {
        let folder = project.top().join("fake");
        fs::create_dir_all(&folder).expect("a folder can be made");
        let script = format!(
            "#!/bin/sh\n\
             real='{real}'\n\
             case \" $* \" in *\" build \"*) ;; *) exec \"$real\" \"$@\" ;; esac\n\
             for word in \"$@\"; do printf '%s\\0' \"$word\"; done > '{folder}/args'\n\
             env -0 > '{folder}/env'\n\
             {body}\n",
            real = tools::go().display(),
            folder = folder.display(),
        );
        let path = folder.join("go");
        fs::write(&path, script).expect("a script can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("its mode can be set");
        Self { folder }
    }

    /// PATH with this go in front.
    pub(crate) fn path(&self) -> std::ffi::OsString {
        let rest = tools::path();
        let all = [self.folder.clone()].into_iter().chain(std::env::split_paths(&rest));
        std::env::join_paths(all).expect("no folder of PATH has a colon")
    }

    /// The words of the last `go build`, without `go`.
    pub(crate) fn args(&self) -> Vec<String> {
        self.words("args")
    }

    /// The value of a variable in the last `go build`.
    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        let start = format!("{name}=");
        self.words("env").iter().find_map(|line| line.strip_prefix(&start).map(str::to_owned))
    }

    fn words(&self, file: &str) -> Vec<String> {
        let text = fs::read(self.folder.join(file)).expect("go build was run");
        let text = String::from_utf8(text).expect("the words are UTF-8");
        text.split_terminator('\0').map(str::to_owned).collect()
    }
}
