//! The C compilers of this machine, the one that is wanted most first, and what each of them makes.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::cache::Cache;
use crate::cc::probe::probe;
use crate::cli::{Env, quoted_split, variable};
use crate::host::program;
use crate::image::{Fact, Libc, Version};
use crate::plan::compiler::{Compiler, Kind, Makes};
use crate::plan::no_compiler::triple;
use crate::platform::Platform;

/// Where to look.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The process's environment.
    pub env: &'a Env,
    /// Where compilers are started, and a relative folder of PATH begins.
    pub dir: &'a Path,
    /// The folder that may hold `.tools/zig`.
    pub project: &'a Path,
    /// The cache for the answers.
    pub cache: &'a Cache,
    /// The user's `CC`, from wherever it was set.
    pub cc: Option<&'a str>,
    /// The user's `CXX`.
    pub cxx: Option<&'a str>,
    /// The folder that holds the image's C library, it may be.
    pub sysroot: Option<&'a str>,
}

/// Every compiler that could make C for a platform. Where the user named one, it is the only one.
pub fn find(place: Place<'_>, platform: &Platform) -> Vec<Compiler> {
    if let Some(cc) = place.cc {
        return users(place, cc).into_iter().collect();
    }
    let mut found = Vec::new();
    for (cc, cxx) in [("gcc", "g++"), ("clang", "clang++")] {
        found.extend(named(place, Kind::Host, cc, Some(cxx)));
    }
    found.extend(zig(place));
    found.extend(named(place, Kind::MuslGcc, "musl-gcc", None));
    for prefix in prefixes(platform) {
        found.extend(named(place, Kind::Cross, &format!("{prefix}-gcc"), Some(&format!("{prefix}-g++"))));
    }
    found
}

/// The beginnings of names of cross compilers: Debian's and Fedora's, then those of Homebrew and musl.cc.
fn prefixes(platform: &Platform) -> Vec<String> {
    let Some(glibc) = triple(&platform.arch, platform.variant.as_deref()) else { return Vec::new() };
    let unknown = glibc.replace("-linux-", "-unknown-linux-");
    let musl = |name: &str| name.replace("-gnu", "-musl");
    vec![glibc.to_owned(), musl(glibc), unknown.clone(), musl(&unknown)]
}

fn users(place: Place<'_>, cc: &str) -> Option<Compiler> {
    let words = quoted_split(cc).ok()?;
    let (program, args) = words.split_first()?;
    let path = program::find(program, variable(place.env, "PATH"), place.dir).ok();
    let asked = path.as_ref().and_then(|path| ask(place, path, args)).unwrap_or_default();
    Some(Compiler {
        kind: Kind::User,
        cc: cc.to_owned(),
        cxx: place.cxx.map(str::to_owned).or_else(|| beside(place, program, args)),
        path: path.unwrap_or_else(|| program.into()),
        version: asked.version,
        native: asked.native,
        takes_sysroot: asked.takes_sysroot,
        pkg_config: None,
        makes: asked.makes,
    })
}

/// The C++ compiler that belongs to a C compiler, by its name: `x86_64-linux-gnu-g++` beside
/// `x86_64-linux-gnu-gcc`, `zig c++` beside `zig cc`. None where there is no such program.
fn beside(place: Place<'_>, program: &str, args: &[String]) -> Option<String> {
    let name = Path::new(program).file_name()?.to_str()?;
    let (folder, _) = program.split_at(program.len() - name.len());
    let mut words = vec![program.to_owned()];
    words.extend(args.iter().cloned());
    match args.first().map(String::as_str) {
        Some("cc") => "c++".clone_into(&mut words[1]),
        _ if name.starts_with("musl-") => return None,
        _ => {
            let (start, end) =
                ["clang", "gcc"].iter().find_map(|end| Some((name.strip_suffix(end)?, *end)))?;
            words[0] = format!("{folder}{start}{}", if end == "gcc" { "g++" } else { "clang++" });
        }
    }
    program::find(&words[0], variable(place.env, "PATH"), place.dir).ok()?;
    crate::cli::quoted_join(&words).ok()
}

fn named(place: Place<'_>, kind: Kind, cc: &str, cxx: Option<&str>) -> Option<Compiler> {
    let find = |name: &str| program::find(name, variable(place.env, "PATH"), place.dir).ok();
    let path = find(cc)?;
    let Asked { version, native, takes_sysroot, makes } = ask(place, &path, &[]).unwrap_or_default();
    let cxx = cxx.filter(|cxx| find(cxx).is_some()).map(str::to_owned);
    // Debian's pkgconf and Fedora's pkgconf-pkg-config put one beside each cross compiler.
    let beside = cc.strip_suffix("-gcc").filter(|_| kind == Kind::Cross);
    let pkg_config = beside.map(|prefix| format!("{prefix}-pkg-config")).filter(|name| find(name).is_some());
    // Whatever folder a distribution has it in: gcc by that name is this machine's own.
    let native = (native || kind == Kind::Host) && !takes_sysroot;
    Some(Compiler { kind, cc: cc.to_owned(), cxx, path, version, native, takes_sysroot, pkg_config, makes })
}

/// zig of `.tools`, of PATH, or of the Python package.
fn zig(place: Place<'_>) -> Option<Compiler> {
    let tools = place.project.join(".tools/zig");
    let kept = [tools.join("zig"), tools.join("ziglang/zig")].into_iter().find(|path| path.is_file());
    let on_path = || program::find("zig", variable(place.env, "PATH"), place.dir).ok();
    // What a link leads to: a link that is moved to another zig is then another compiler.
    let path = on_path().or(kept).or_else(|| of_python(place))?.canonicalize().ok()?;
    let answer = probe(&path, &["version".into()], place.env, place.dir, place.cache, |_| Vec::new())?;
    Some(Compiler {
        kind: Kind::Zig,
        cc: path.to_str()?.to_owned(),
        cxx: Some(path.to_str()?.to_owned()),
        version: answer.trim().to_owned(),
        path,
        native: false,
        takes_sysroot: false,
        pkg_config: None,
        makes: Some(Makes::Anything),
    })
}

/// The package's folder, then the folders in which Python looks for packages: a new one changes them.
const WHERE: &str = "import importlib.util, sys
spec = importlib.util.find_spec('ziglang')
print(spec.submodule_search_locations[0] if spec and spec.submodule_search_locations else '')
print('\\n'.join(sys.path))";

fn of_python(place: Place<'_>) -> Option<PathBuf> {
    let python = program::find("python3", variable(place.env, "PATH"), place.dir).ok()?;
    // Isolated from the directory: a file called ziglang.py in a checkout is not to be run.
    let args = [OsString::from("-I"), "-c".into(), WHERE.into()];
    let folders = |answer: &str| answer.lines().skip(1).map(PathBuf::from).collect();
    let answer = probe(&python, &args, place.env, place.dir, place.cache, folders)?;
    let folder = answer.lines().next().filter(|line| !line.is_empty())?;
    Some(Path::new(folder).join("zig")).filter(|zig| zig.is_file())
}

/// What a compiler that works like gcc makes, by the macros that it sets.
fn ask(place: Place<'_>, path: &Path, args: &[String]) -> Option<Asked> {
    if let Some(sysroot) = place.sysroot {
        let mut with = args.to_vec();
        with.push(format!("--sysroot={sysroot}"));
        // Not every sysroot holds a C library, and not every compiler takes it from there.
        let asked = ask_once(place, path, &with).filter(|(_, from)| from.starts_with(sysroot));
        if let Some((asked, _)) = asked {
            return Some(Asked { takes_sysroot: true, native: false, ..asked });
        }
    }
    ask_once(place, path, args).map(|(asked, _)| asked)
}

/// What a compiler answered.
#[derive(Default)]
struct Asked {
    version: String,
    native: bool,
    takes_sysroot: bool,
    makes: Option<Makes>,
}

/// With the folder that it takes the C library's headers from.
fn ask_once(place: Place<'_>, path: &Path, args: &[String]) -> Option<(Asked, PathBuf)> {
    let fixed = ["-E", "-dD", "-include", "features.h", "-x", "c", "/dev/null"];
    let args: Vec<OsString> =
        args.iter().map(OsString::from).chain(fixed.iter().map(OsString::from)).collect();
    let answer = probe(path, &args, place.env, place.dir, place.cache, headers)?;
    let macros = Macros(&answer);
    let version = match (macros.get("__clang_version__"), macros.get("__VERSION__")) {
        (Some(clang), _) => clang.trim_matches('"').split(' ').next().unwrap_or_default().to_owned(),
        (None, version) => version.unwrap_or_default().trim_matches('"').to_owned(),
    };
    let from = headers(&answer).into_iter().next();
    let from = from.and_then(|file| Some(file.parent()?.to_owned())).unwrap_or_default();
    let native = from == Path::new("/usr/include");
    Some((Asked { version, native, takes_sysroot: false, makes: macros.makes() }, from))
}

/// `# 1 "/usr/include/features.h" 1 3 4` names what was read.
fn headers(answer: &str) -> Vec<PathBuf> {
    let files = answer.lines().filter_map(|line| {
        let file = line.strip_prefix("# ")?.split('"').nth(1)?;
        file.ends_with("features.h").then(|| PathBuf::from(file))
    });
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    files.dedup();
    files
}

struct Macros<'a>(&'a str);

impl Macros<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.lines().find_map(|line| {
            let rest = line.strip_prefix("#define ")?.strip_prefix(name)?;
            rest.strip_prefix(' ')
        })
    }

    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    fn makes(&self) -> Option<Makes> {
        if !self.has("__linux__") {
            return None;
        }
        let number = |name: &str| self.get(name).and_then(|value| value.trim().parse().ok());
        let libc = match (number("__GLIBC__"), number("__GLIBC_MINOR__")) {
            (Some(major), Some(minor)) => Libc::Glibc(Fact::Known(Version(major, minor, 0))),
            _ if self.has("__UCLIBC__") => Libc::Uclibc,
            // musl has no macro of its own, on purpose; nothing else in use has none.
            _ => Libc::Musl(Fact::Unknown),
        };
        let little = self.get("__BYTE_ORDER__") == Some("__ORDER_LITTLE_ENDIAN__");
        let mut platform = Platform::linux(match () {
            () if self.has("__x86_64__") && !self.has("__ILP32__") => "amd64",
            () if self.has("__i386__") => "386",
            () if self.has("__aarch64__") && little => "arm64",
            () if self.has("__arm__") && little => "arm",
            () if self.get("__riscv_xlen") == Some("64") => "riscv64",
            () if self.has("__s390x__") => "s390x",
            () if self.has("__powerpc64__") && little => "ppc64le",
            () if self.has("__loongarch64") => "loong64",
            () if self.has("__mips64") && little => "mips64le",
            () if self.has("__mips__") && little => "mipsle",
            () => return None,
        });
        if platform.arch == "arm" {
            let level = match number("__ARM_ARCH") {
                _ if !self.has("__ARM_PCS_VFP") => "v5",
                Some(6) => "v6",
                _ => "v7",
            };
            platform.variant = Some(level.to_owned());
        }
        Some(Makes::For { platform, libc })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn makes(macros: &[&str]) -> Option<String> {
        let text = macros.iter().fold(String::new(), |text, line| text + "#define " + line + "\n");
        match Macros(&text).makes()? {
            Makes::For { platform, libc } => Some(format!("{platform} {libc}")),
            Makes::Anything => None,
        }
    }

    #[test]
    fn what_a_compiler_makes_is_in_its_macros() {
        let little = "__BYTE_ORDER__ __ORDER_LITTLE_ENDIAN__";
        for (macros, expected) in [
            (
                &["__linux__ 1", "__x86_64__ 1", "__GLIBC__ 2", "__GLIBC_MINOR__ 36"][..],
                "linux/amd64 glibc 2.36",
            ),
            (&["__linux__ 1", "__x86_64__ 1"], "linux/amd64 musl"),
            (&["__linux__ 1", "__aarch64__ 1", little], "linux/arm64 musl"),
            (&["__linux__ 1", "__arm__ 1", little, "__ARM_ARCH 7", "__ARM_PCS_VFP 1"], "linux/arm/v7 musl"),
            (&["__linux__ 1", "__arm__ 1", little, "__ARM_ARCH 5"], "linux/arm/v5 musl"),
        ] {
            assert_eq!(makes(macros).as_deref(), Some(expected));
        }
        assert_eq!(makes(&["__APPLE__ 1", "__x86_64__ 1"]), None);
        assert_eq!(makes(&["__linux__ 1", "__x86_64__ 1", "__ILP32__ 1"]), None);
    }

    #[test]
    fn the_header_that_says_the_version_is_found_in_the_answer() {
        let answer =
            "# 1 \"/dev/null\"\n# 1 \"/usr/include/features.h\" 1 3 4\n# 5 \"/usr/include/features.h\" 2\n";
        assert_eq!(headers(answer), [PathBuf::from("/usr/include/features.h")]);
    }
}
