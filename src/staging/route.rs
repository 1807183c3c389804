//! What go keeps of a build, and where: decided as `runBuild` in cmd/go/internal/work/build.go does.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::output::Output;
use super::refusal::{Refusal, several};

/// Why there is nothing to prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// `-n`: commands are printed, not run.
    DryRun,
    /// `-o /dev/null`.
    Null,
    /// A build mode whose result never runs in an image.
    BuildMode,
    /// Several packages and no `-o`: compiled, and dropped.
    Several,
    /// A package that is not main, and no `-o`.
    NotMain,
}

/// The way a build goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Run the user's own arguments unchanged.
    Passthrough(Reason),
    /// One file, named by the user.
    File(Output),
    /// Programs into a folder, named by go.
    Folder(Output),
    /// No output named: go picks a name in this folder, if the package is main.
    Named(Output),
    /// It depends on how many packages there are: ask [`crate::gocmd::packages::mains`], then
    /// [`counted`].
    NeedsMainCount(Pending),
}

/// What the number of packages decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pending {
    /// `-o FILE` and perhaps several packages.
    File(Output),
    /// No `-o`, and one package at most if anything is kept; the folder of the build.
    Named(Output),
}

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The effective `-o`; none where it is missing or empty.
    pub output: Option<&'a OsStr>,
    /// The effective `-n`.
    pub dry_run: bool,
    /// The effective `-buildmode`; empty and `default` are the default.
    pub build_mode: &'a str,
    /// Packages or files.
    pub packages: &'a [OsString],
    /// The directory of the build, behind `-C`.
    pub dir: &'a Path,
}

/// Decides the way. `is_folder` tells whether there is a folder (links followed).
pub fn route(asked: &Asked<'_>, is_folder: impl Fn(&Path) -> bool) -> Route {
    if asked.dry_run {
        return Route::Passthrough(Reason::DryRun);
    }
    if matches!(asked.build_mode, "archive" | "c-archive" | "shared") {
        return Route::Passthrough(Reason::BuildMode);
    }
    let count = count(asked.packages);
    match asked.output {
        Some(null) if null == "/dev/null" => Route::Passthrough(Reason::Null),
        Some(typed) => {
            let output = Output::new(typed, asked.dir);
            if typed.as_encoded_bytes().ends_with(b"/") || is_folder(&output.path) {
                Route::Folder(output)
            } else if count == Count::One {
                Route::File(output)
            } else {
                Route::NeedsMainCount(Pending::File(output))
            }
        }
        None => {
            let output = Output::new(OsStr::new(""), asked.dir);
            match count {
                Count::One => Route::Named(output),
                Count::Several => Route::Passthrough(Reason::Several),
                Count::Unknown => Route::NeedsMainCount(Pending::Named(output)),
            }
        }
    }
}

/// The way, once the packages are counted: `packages` in all, `compiled` of them with anything but tests,
/// `writes` whether go writes a program without `-o`
/// ([`crate::gocmd::packages::Listed::written`]).
pub fn counted(pending: Pending, packages: usize, compiled: usize, writes: bool) -> Result<Route, Refusal> {
    match pending {
        Pending::File(output) if compiled > 1 => Err(several(&output)),
        Pending::File(output) => Ok(Route::File(output)),
        Pending::Named(output) if writes => Ok(Route::Named(output)),
        Pending::Named(_) if packages == 1 => Ok(Route::Passthrough(Reason::NotMain)),
        Pending::Named(_) => Ok(Route::Passthrough(Reason::Several)),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    One,
    Several,
    Unknown,
}

/// How many packages arguments stand for, as far as they tell by themselves. go drops repetitions, and
/// builds `./cmd/a example.org/app/cmd/a` as the one package that it is; so several are certain only
/// where all are different folders.
fn count(packages: &[OsString]) -> Count {
    let texts: Vec<_> = packages.iter().map(|package| package.to_string_lossy()).collect();
    if texts.iter().any(|text| text.ends_with(".go")) {
        return Count::One;
    }
    let is_pattern =
        |text: &str| text.contains("...") || matches!(text, "all" | "std" | "cmd" | "tool" | "work" | "main");
    if texts.iter().any(|text| is_pattern(text)) {
        return Count::Unknown;
    }
    let mut folders: Vec<_> = packages.iter().map(|package| cleaned(package)).collect();
    folders.sort();
    folders.dedup();
    match folders[..] {
        [] | [_] => Count::One,
        _ if texts.iter().all(|text| text.starts_with("./") && !text.contains("..")) => Count::Several,
        _ => Count::Unknown,
    }
}

/// Without dots and doubled or trailing slashes.
fn cleaned(package: &OsStr) -> Vec<&OsStr> {
    let parts = Path::new(package).iter();
    parts.filter(|part| *part != ".").collect()
}

impl Route {
    /// The `-o` for go: in the stage, under the name that decides its suffix and its header's name. It
    /// goes behind the user's flags (the last `-o` counts) and before the packages. None where the
    /// user's own arguments are run.
    pub fn go_output(&self, stage: &Path) -> Option<OsString> {
        match self {
            Self::File(output) => Some(stage.join(output.path.file_name()?).into_os_string()),
            Self::Folder(_) | Self::Named(_) => Some(stage.join("").into_os_string()),
            Self::Passthrough(_) | Self::NeedsMainCount(_) => None,
        }
    }

    /// The user's path for a file that go made in the stage (a header stands beside its library).
    pub fn output(&self, name: &OsStr) -> Option<Output> {
        match self {
            Self::File(output) if output.path.file_name() == Some(name) => Some(output.clone()),
            Self::File(output) => Some(output.beside(name)),
            Self::Folder(folder) | Self::Named(folder) => Some(folder.inside(name)),
            Self::Passthrough(_) | Self::NeedsMainCount(_) => None,
        }
    }

    /// The path that the stage's key is made from.
    pub fn keyed_by(&self) -> Option<&Path> {
        match self {
            Self::File(output) | Self::Folder(output) | Self::Named(output) => Some(&output.path),
            Self::Passthrough(_) | Self::NeedsMainCount(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words `-o X`, `-n`, `-buildmode=X` and packages; `bin` is a folder that is there.
    fn routed(line: &str) -> Route {
        let mut asked =
            Asked { output: None, dry_run: false, build_mode: "", packages: &[], dir: Path::new("/m") };
        let mut packages = Vec::new();
        let mut words = line.split(' ').filter(|word| !word.is_empty());
        while let Some(word) = words.next() {
            match word.split_once('=').unwrap_or((word, "")) {
                ("-o", _) => asked.output = words.next().map(OsStr::new),
                ("-n", _) => asked.dry_run = true,
                ("-buildmode", mode) => asked.build_mode = mode,
                _ => packages.push(OsString::from(word)),
            }
        }
        asked.packages = &packages;
        route(&asked, |path| path == Path::new("/m/bin"))
    }

    fn output(typed: &str) -> Output {
        Output::new(OsStr::new(typed), Path::new("/m"))
    }

    #[test]
    fn what_go_does_not_keep_is_passed_through() {
        for (line, reason) in [
            ("-n -o x .", Reason::DryRun),
            ("-o /dev/null ./...", Reason::Null),
            ("-buildmode=c-archive -o x.a .", Reason::BuildMode),
            ("./cmd/a ./cmd/b", Reason::Several),
        ] {
            assert_eq!(routed(line), Route::Passthrough(reason), "{line}");
        }
    }

    #[test]
    fn a_folder_is_one_that_is_there_or_that_is_written_so() {
        for typed in ["bin", "new/"] {
            assert_eq!(routed(&format!("-o {typed} ./...")), Route::Folder(output(typed)));
        }
        assert_eq!(routed("-o new ."), Route::File(output("new")));
    }

    #[test]
    fn without_an_output_it_is_the_number_of_packages() {
        for one in ["", ".", "./cmd/a", "a.go b.go", "./a ./a/ ././a", "ex.org/m/cmd/a"] {
            assert_eq!(routed(one), Route::Named(output("")), "{one}");
        }
        // The same package under two names is one for go, and it writes a program then.
        for unknown in ["./...", "all", "./cmd/a ex.org/m/cmd/a", "./a ../m/a"] {
            assert_eq!(routed(unknown), Route::NeedsMainCount(Pending::Named(output(""))), "{unknown}");
        }
        let named = || Pending::Named(output(""));
        assert_eq!(counted(named(), 1, 1, true), Ok(Route::Named(output(""))));
        assert_eq!(counted(named(), 1, 1, false), Ok(Route::Passthrough(Reason::NotMain)));
        assert_eq!(counted(named(), 2, 1, false), Ok(Route::Passthrough(Reason::Several)));
    }

    #[test]
    fn several_packages_into_one_file_are_refused_in_gos_words() {
        let pending = Pending::File(output("x"));
        assert_eq!(routed("-o x ./..."), Route::NeedsMainCount(pending.clone()));
        assert_eq!(counted(pending.clone(), 3, 1, false), Ok(Route::File(output("x"))));
        let refusal = counted(pending, 2, 2, false).unwrap_err();
        assert_eq!(refusal.0, "go: cannot write multiple packages to non-directory x");
    }

    #[test]
    fn staged_names_lead_back_to_the_users_paths() {
        let stage = Path::new("/s/key");
        let file = Route::File(output("out/lib.so"));
        assert_eq!(file.go_output(stage).unwrap(), "/s/key/lib.so");
        assert_eq!(file.output(OsStr::new("lib.so")).unwrap(), output("out/lib.so"));
        assert_eq!(file.output(OsStr::new("lib.h")).unwrap(), output("out/lib.h"));
        let folder = Route::Folder(output("./bin/"));
        assert_eq!(folder.go_output(stage).unwrap(), "/s/key/");
        assert_eq!(folder.output(OsStr::new("a")).unwrap().shown, Path::new("bin/a"));
        let named = Route::Named(output("")).output(OsStr::new("a")).unwrap();
        assert_eq!((named.path.as_path(), named.shown.as_path()), (Path::new("/m/a"), Path::new("a")));
    }
}
