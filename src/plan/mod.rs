//! Settings, image facts and host facts become the environment and the arguments of one `go build`.
//!
//! Pure: everything that the answer depends on is in [`Request`], and every value of the answer says where
//! it came from.

pub mod cgo;
pub mod code;
pub mod compiler;
pub mod flags;
pub mod guard;
pub mod known_libraries;
pub mod link;
pub mod linking;
pub mod naming;
pub mod no_compiler;
mod pkg_config;
pub mod platforms;
pub mod purpose;
pub mod sysroot;
pub mod toolchain;
pub mod user;
pub mod zig;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::checks::Stub;
use crate::cli::Env;
use crate::cli::line::GoLine;
use crate::config::build::Cgo;
use crate::error::Result;
use crate::image::Image;
use crate::origin::{Origin, Sourced};
use crate::platform::Platform;
use code::Code;
use compiler::Compiler;
use zig::Wrapper;

pub use user::UserEnv;

/// Settings of one build: gobuild.toml's, with its templates filled in, and `--release`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Packages where none were typed.
    pub package: Option<Sourced<String>>,
    /// `-o` where none was typed.
    pub output: Option<Sourced<String>>,
    /// Build tags, added to those that were typed.
    pub tags: Vec<Sourced<String>>,
    /// Linker flags, put before those that were typed.
    pub ldflags: Vec<Sourced<String>>,
    /// `cgo = …`
    pub cgo: Option<Sourced<Cgo>>,
    /// Who asked for a release build, if anybody did.
    pub release: Option<Origin>,
    /// The folder with C libraries and headers of the image, absolute.
    pub sysroot: Option<Sourced<String>>,
    /// Variables of pkg-config.
    pub pkg_config: BTreeMap<&'static str, Sourced<String>>,
}

/// Everything that a plan depends on.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The go command.
    pub go: &'a Sourced<PathBuf>,
    /// The directory in which go is started.
    pub dir: &'a Path,
    /// The process's environment with what `go env -w` holds.
    pub env: UserEnv<'a>,
    /// Flags and packages as typed.
    pub line: &'a GoLine,
    /// Merged settings.
    pub settings: &'a Settings,
    /// The image; none where nobody named one.
    pub image: Option<&'a Image>,
    /// The platform to build for; none where nobody named an image, and go's own choice stands.
    pub platform: Option<&'a Sourced<Platform>>,
    /// The C code of the build; none where nobody has looked, or go could not say.
    pub code: Option<&'a Code>,
    /// C compilers, the one that is wanted most first.
    pub compilers: &'a [Compiler],
    /// The sysroot that the settings name, as it is.
    pub sysroot: Option<&'a sysroot::Sysroot>,
    /// The folder of the cache, absolute: programs that stand for a compiler go there.
    pub cache: &'a Path,
}

/// One `go build`, not yet staged: the arguments hold no `-o`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The go command.
    pub go: Sourced<PathBuf>,
    /// The directory in which it is started.
    pub dir: PathBuf,
    /// Variables that gobuild sets; the rest of the environment is the user's.
    pub set: BTreeMap<&'static str, Sourced<String>>,
    /// Variables that gobuild takes away.
    pub removed: BTreeMap<&'static str, Origin>,
    /// Variables that go reads as the user set them, `go env -w` included.
    pub inherited: BTreeMap<String, Sourced<String>>,
    /// Flags behind `go build`, `-C` first where there is one, without `-o`.
    pub flags: Vec<Sourced<OsString>>,
    /// How many of those words are a `-C` that was typed first, where go wants it; nothing may stand before.
    pub chdir_words: usize,
    /// The flags that decide which packages there are and which files of them, for `go list`, each in one
    /// word, `-C=` first.
    pub selecting: Vec<OsString>,
    /// Whether a bare `--` stands before the packages, which may then begin with a dash.
    pub terminated: bool,
    /// Packages or files.
    pub packages: Vec<Sourced<OsString>>,
    /// The effective `-o`, as typed or configured. Go takes an empty one for none: see [`Self::output_path`].
    pub output: Option<Sourced<OsString>>,
    /// Whether go only prints what it would run (`-n`).
    pub dry_run: bool,
    /// The effective `-buildmode`; empty is go's default.
    pub build_mode: String,
    /// `CGO_ENABLED`; none where nobody named an image, and go's own choice stands.
    pub cgo: Option<Sourced<bool>>,
    /// The C compiler: gobuild's choice where C is compiled, else the one that the user named.
    pub cc: Option<Sourced<String>>,
    /// The C code of the build, where somebody looked.
    pub code: Option<Code>,
    /// What has to be written before the compiler can be started.
    pub wrapper: Option<Wrapper>,
    /// Known stubs that are built without their C half.
    pub stubs: Vec<Stub>,
    /// Lines worth saying: what was taken for what.
    pub notes: Vec<String>,
}

/// `GO_EXTLINK_ENABLED=1` makes an ordinary static program dynamic (`cmd/link/internal/ld/config.go`), and
/// nothing in the result tells why.
const HARMFUL: &[(&str, &str)] = &[("GO_EXTLINK_ENABLED", "it makes static programs dynamic")];

/// Makes the plan.
pub fn plan(request: &Request<'_>) -> Result<Plan> {
    let effective = flags::Effective::of(request.line, &request.env)?;
    guard::linker_output(request.line, &effective, request.settings)?;
    let mut set = BTreeMap::new();
    let mut notes = guard::single_dashes(request.line);
    let mut cgo = None;
    let mut cc = request.env.get("CC");
    let mut wrapper = None;
    let mut link = None;
    let mut stubs = Vec::new();
    if let Some(platform) = request.platform {
        set.insert("GOOS", platform.clone().map(|platform| platform.os));
        set.insert("GOARCH", platform.clone().map(|platform| platform.arch));
        if let (Some(variable), Some(value)) =
            (platform.value.variant_variable(), platform.value.variant_value())
        {
            // The user's own spelling may hold an option behind the level (`GOARM=6,softfloat`).
            let own = request.env.get(variable).filter(|own| {
                platform.value.base().with_variant_value(&own.value).as_ref() == Ok(&platform.value)
            });
            let value = own.unwrap_or_else(|| platform.clone().map(|_| value));
            set.insert(variable, value);
        }
    }
    if let Some(image) = request.image {
        let decided = cgo::decide(request, &effective, image)?;
        let digit = if decided.value { "1" } else { "0" };
        set.insert("CGO_ENABLED", decided.clone().map(|_| digit.to_owned()));
        if decided.value {
            let typed = flags::linker_flags(request.line, &effective, request.settings);
            if let Some(toolchain) = toolchain::toolchain(request, &effective, image, &typed)? {
                let chosen = toolchain.compiler;
                if chosen.value.kind != compiler::Kind::User {
                    set.insert("CC", chosen.clone().map(|chosen| chosen.cc));
                    if let Some(cxx) = &chosen.value.cxx {
                        set.insert("CXX", chosen.clone().map(|_| cxx.clone()));
                    }
                }
                if chosen.value.kind == compiler::Kind::User
                    && let Some(beside) = toolchain::cxx_beside(request, &chosen.value)?
                {
                    set.insert("CXX", beside);
                }
                set.extend(toolchain.variables);
                if chosen.value.musl {
                    let own = set.remove("CGO_CPPFLAGS").or_else(|| request.env.get("CGO_CPPFLAGS"));
                    set.insert("CGO_CPPFLAGS", large_files(own));
                }
                cc = Some(chosen.clone().map(|chosen| chosen.cc));
                wrapper = chosen.value.wrapper;
                link = toolchain.link;
                notes.extend(toolchain.notes);
            }
        } else if let Some(code) = request.code {
            notes.extend(cgo::losses(code, &decided.origin)?);
            stubs = code.packages.iter().filter_map(stub).collect();
        }
        cgo = Some(decided);
    }
    let mut removed = BTreeMap::new();
    for (name, why) in HARMFUL {
        if request.env.process.contains_key(OsStr::new(name)) {
            removed.insert(*name, Origin::Because((*why).to_owned()));
            notes.push(format!("{name} is not handed to go: {why}"));
        }
    }
    let mut inherited = request.env.all();
    inherited.retain(|name, _| !set.contains_key(name.as_str()) && !removed.contains_key(name.as_str()));
    let packages = packages(request);
    Ok(Plan {
        go: request.go.clone(),
        dir: request.dir.to_owned(),
        set,
        removed,
        inherited,
        chdir_words: flags::chdir_words(request.line),
        flags: flags::merge(request.line, &effective, request.settings, link.as_ref())?,
        selecting: flags::selecting(request.line, &effective, request.settings)?,
        terminated: request.line.terminated,
        packages,
        output: effective.output.clone().or_else(|| configured_output(request.settings)),
        dry_run: effective.dry_run,
        build_mode: effective.build_mode.clone(),
        cgo,
        cc,
        code: request.code.cloned(),
        wrapper,
        stubs,
        notes,
    })
}

/// musl shows `off64_t` and `pread64` only to those who ask (WHATSNEW of 1.2.4). The variable for the
/// preprocessor has no default of go's that setting it would lose, as `CGO_CFLAGS` has.
fn large_files(own: Option<Sourced<String>>) -> Sourced<String> {
    const FLAG: &str = "-D_LARGEFILE64_SOURCE";
    if let Some(own) = own {
        return own.map(|own| if own.contains(FLAG) { own } else { format!("{own} {FLAG}") });
    }
    let why = "musl 1.2.4 and newer hide off64_t and pread64 from C that does not ask for them";
    Sourced::new(FLAG.to_owned(), Origin::Because(why.to_owned()))
}

fn stub(package: &code::Package) -> Option<Stub> {
    Some(Stub {
        package: package.path.clone(),
        chain: package.chain.clone(),
        message: package.stub()?.to_owned(),
        pure: package.known().and_then(|library| library.pure).map(str::to_owned),
    })
}

/// Whether the plan depends on which C compilers there are.
pub fn needs_compiler(request: &Request<'_>) -> Result<bool> {
    let (Some(image), Some(code)) = (request.image, request.code) else { return Ok(false) };
    let effective = flags::Effective::of(request.line, &request.env)?;
    let decided = cgo::decide(request, &effective, image)?;
    Ok(decided.value && toolchain::compiles_c(request, &effective, code))
}

fn configured_output(settings: &Settings) -> Option<Sourced<OsString>> {
    settings.output.clone().map(|output| output.map(OsString::from))
}

fn packages(request: &Request<'_>) -> Vec<Sourced<OsString>> {
    if request.line.packages.is_empty() {
        let configured = request.settings.package.clone();
        return configured.map(|package| package.map(OsString::from)).into_iter().collect();
    }
    let typed = Origin::CommandLine("the package".to_owned());
    request.line.packages.iter().map(|word| Sourced::new(word.clone(), typed.clone())).collect()
}

impl Plan {
    /// Where the user wants the result; none where go picks the name.
    pub fn output_path(&self) -> Option<&OsStr> {
        self.output.as_ref().map(|output| output.value.as_os_str()).filter(|output| !output.is_empty())
    }

    /// The child's whole environment: the user's with [`Self::set`] and [`Self::removed`] applied.
    pub fn environment(&self, process: &Env) -> Env {
        let mut env = process.clone();
        for name in self.removed.keys() {
            env.remove(OsStr::new(name));
        }
        for (name, value) in &self.set {
            env.insert((*name).into(), value.value.clone().into());
        }
        env
    }

    /// The arguments behind `go`, with `-o` at the place where go wants it: behind `-C`.
    pub fn arguments(&self, output: Option<&OsStr>) -> Vec<OsString> {
        let mut words = vec![OsString::from("build")];
        let (first, rest) = self.flags.split_at(self.chdir_words);
        words.extend(first.iter().map(|word| word.value.clone()));
        if let Some(output) = output {
            words.push("-o".into());
            words.push(output.to_owned());
        }
        words.extend(rest.iter().map(|word| word.value.clone()));
        words.extend(self.terminated.then(|| OsString::from("--")));
        words.extend(self.packages.iter().map(|word| word.value.clone()));
        words
    }
}
