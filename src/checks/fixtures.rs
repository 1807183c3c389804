//! Binaries and images for the tests of this room, put together by hand: here the question and its binaries.

mod images;

pub(crate) use images::{
    alpine, alpine_root, debian, debian_root, defining, exporting, library, link, put, rooted, scratch,
    some_glibc, uclibc, undescribed, versioned, wanted,
};

use super::{Build, Check, Outcome, Subject, Traits};
use crate::binary::elf::{
    Binding, Class, DF_1_PIE, Dynamic, Elf, Extent, Marks, NeededVersion, Order, Symbols, Undefined,
    VersionNeed,
};
use crate::binary::{Binary, BuildInfo, Format, GoInfo};
use crate::diagnostics::{Line, Message};
use crate::image::Image;
use crate::image::start::script::Flaw;
use crate::image::start::user::Stranger;
use crate::image::start::who::Who;
use crate::image::start::{Barrier, By, Content, Found, Missing, Step};
use crate::origin::{Origin, Sourced};
use crate::platform::Platform;
use crate::report::words;

/// One question: this binary, in this image, on this platform.
pub(crate) struct Case {
    pub(crate) binary: Binary,
    pub(crate) image: Option<Image>,
    pub(crate) platform: Platform,
    pub(crate) build: Build,
    pub(crate) mode: Option<u32>,
    pub(crate) symbols: Option<Symbols>,
    pub(crate) traits: Option<Traits>,
    pub(crate) start: Option<Step>,
    pub(crate) thorough: bool,
}

impl Case {
    /// On linux/amd64, executable, without an image, made nobody knows how.
    pub(crate) fn new(binary: Binary) -> Self {
        let platform = Platform::linux("amd64");
        Self {
            binary,
            image: None,
            platform,
            build: Build::default(),
            mode: Some(0o755),
            symbols: None,
            traits: None,
            start: None,
            thorough: false,
        }
    }

    /// A step of what `corp/app:1` starts; the file is a static program where it is one.
    pub(crate) fn starting(step: Step) -> Self {
        let image = Image::undescribed("corp/app:1");
        Self { start: Some(step), mode: None, image: Some(image), ..Self::new(static_go()) }
    }

    pub(crate) fn image(self, image: Image) -> Self {
        Self { image: Some(image), ..self }
    }

    pub(crate) fn platform(self, text: &str) -> Self {
        Self { platform: text.parse().unwrap(), ..self }
    }

    pub(crate) fn mode(self, bits: u32) -> Self {
        Self { mode: Some(bits), ..self }
    }

    pub(crate) fn build_mode(mut self, mode: &str) -> Self {
        mode.clone_into(&mut self.build.mode);
        self
    }

    pub(crate) fn cgo(mut self, on: bool, origin: Origin) -> Self {
        self.build.cgo = Some(Sourced::new(on, origin));
        self
    }

    pub(crate) fn cc(mut self, command: &str, origin: Origin) -> Self {
        self.build.cc = Some(Sourced::new(command.to_owned(), origin));
        self
    }

    /// Undefined symbols, each with the library and the version it asks for.
    pub(crate) fn symbols(self, names: &[(&str, Option<(&str, &str)>)]) -> Self {
        let undefined = names.iter().map(|(name, version)| Undefined {
            name: (*name).to_owned(),
            version: version.map(|(file, version)| (file.to_owned(), version.to_owned())),
            weak: false,
            binding: Binding::Start,
        });
        let symbols = Symbols { undefined: undefined.collect(), ..Symbols::default() };
        Self { symbols: Some(symbols), ..self }
    }

    pub(crate) fn traits(self, traits: Traits) -> Self {
        Self { traits: Some(traits), ..self }
    }

    /// With these functions linked in, of those that are looked for.
    pub(crate) fn calling(self, functions: &[&str]) -> Self {
        let functions = functions.iter().map(|&name| name.to_owned()).collect();
        self.traits(Traits { functions: Some(functions), ..Traits::default() })
    }

    pub(crate) fn thorough(self) -> Self {
        Self { thorough: true, ..self }
    }

    /// go-sqlite3 without its C half, imported by `example.com/rpc`.
    pub(crate) fn stub(mut self) -> Self {
        let package = "github.com/mattn/go-sqlite3";
        self.build.stubs.push(super::Stub {
            package: package.to_owned(),
            chain: ["example.com/rpc", package].map(str::to_owned).to_vec(),
            message:
                "Binary was compiled with 'CGO_ENABLED=0', go-sqlite3 requires cgo to work. This is a stub"
                    .to_owned(),
            pure: Some("modernc.org/sqlite".to_owned()),
        });
        self
    }

    pub(crate) fn subject(&self) -> Subject<'_> {
        Subject {
            name: "rpc",
            binary: &self.binary,
            mode: self.mode,
            platform: &self.platform,
            image: self.image.as_ref(),
            build: &self.build,
            place: None,
            symbols: self.symbols.as_ref(),
            traits: self.traits.as_ref(),
            start: self.start.as_ref(),
            thorough: self.thorough,
        }
    }

    pub(crate) fn run(&self, check: &Check) -> Outcome {
        (check.run)(&self.subject())
    }

    pub(crate) fn fits(&self, check: &Check) {
        assert_eq!(self.run(check), Outcome::Fits);
    }

    pub(crate) fn misfit(&self, check: &Check) -> Message {
        match self.run(check) {
            Outcome::Misfit(evidence) => words::of(&evidence, &self.subject().about()),
            other => panic!("{} gave {other:?}", check.diagnostic.id),
        }
    }

    pub(crate) fn cannot_tell(&self, check: &Check) -> Message {
        match self.run(check) {
            Outcome::CannotTell(evidence) => words::of(&evidence, &self.subject().about()),
            other => panic!("{} gave {other:?}", check.diagnostic.id),
        }
    }
}

/// A step as root takes it.
pub(crate) fn step(by: By, word: &str, found: Found) -> Step {
    let who = Some(Who { uid: 0, gids: vec![0] });
    Step { by, word: word.to_owned(), argument: None, who, stranger: None, found }
}

/// Steps that cannot work, one for each check of starts.
pub(crate) fn bad_steps() -> Vec<Step> {
    let missing = |path: &str| Found::Missing(Missing { path: path.to_owned(), ..Missing::default() });
    let file = |content| Found::File { path: "/x".to_owned(), real: "/x".to_owned(), content };
    let line = || By::Line { script: "/run.sh".to_owned() };
    let mut option = step(line(), "/bin/sh", program("/bin/sh"));
    option.argument = Some("-e\r".to_owned());
    vec![
        step(By::Engine, "/app", missing("/app")),
        step(By::Wrapper { name: "tini".to_owned() }, "/app", missing("/app")),
        step(By::Shell { name: "sh".to_owned(), busybox: true }, "/app", missing("/app")),
        step(By::Engine, "/app", Found::NotAFile { path: "/app".to_owned(), folder: true }),
        step(By::Engine, "/app/rpc", Found::Denied(barrier())).by_65532(),
        step(line(), "/bin/bash", missing("/bin/bash")),
        step(By::TooDeep { script: "/run.sh".to_owned() }, "/bin/sh", program("/bin/sh")),
        step(line(), "/bin/sh\r", missing("/bin/sh\r")),
        option,
        step(By::Engine, "/x", file(Content::Neither(Flaw::Empty))),
        step(By::Engine, "/x", file(Content::Unread("no".to_owned()))),
        step(By::Engine, "/app", program("/app")).of_a_stranger(),
    ]
}

/// A program that is root's alone.
pub(crate) fn barrier() -> Barrier {
    let path = "/app/rpc".to_owned();
    Barrier { target: path.clone(), path, folder: false, mode: 0o744, uid: 0, gid: 0, searched: false }
}

impl Step {
    /// The same step, as a user without a line.
    pub(crate) fn by_65532(self) -> Self {
        Self { who: Some(Who { uid: 65532, gids: vec![65532] }), ..self }
    }

    /// The same step, as a user `app` that the image does not have.
    pub(crate) fn of_a_stranger(self) -> Self {
        let known = ["root", "nobody"].map(str::to_owned).to_vec();
        let (written, name) = ("app".to_owned(), "app".to_owned());
        Self { who: None, stranger: Some(Stranger { written, name, group: false, known }), ..self }
    }
}

/// A program at a path.
pub(crate) fn program(path: &str) -> Found {
    Found::File { path: path.to_owned(), real: path.to_owned(), content: Content::Program }
}

/// Line as one string a line, for short assertions.
pub(crate) fn lines(details: &Message) -> Vec<String> {
    let line = |line: &Line| {
        let note = line.note.as_ref().map_or_else(String::new, |note| format!(" ({note})"));
        format!("{} {}{note}", line.label, line.value)
    };
    details.evidence.iter().map(line).collect()
}

fn elf() -> Elf {
    Elf {
        class: Class::Elf64,
        order: Order::Little,
        osabi: 0,
        object_type: 2,
        machine: 62,
        flags: 0,
        interpreter: None,
        dynamic: None,
        marks: Marks::default(),
        extent: Extent { end: 4096, part: "the section header table".to_owned() },
        inconsistencies: Vec::new(),
    }
}

/// Go's record of a build, from its `build` lines.
pub(crate) fn go(settings: &[(&str, &str)]) -> GoInfo {
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    GoInfo::Present(BuildInfo {
        version: "go1.27.3".to_owned(),
        settings: settings.iter().map(owned).collect(),
        ..BuildInfo::default()
    })
}

pub(crate) fn of(format: Format) -> Binary {
    Binary { size: 4096, format, go: GoInfo::Absent }
}

fn go_binary(elf: Elf, cgo: &str) -> Binary {
    let settings = [
        ("-buildmode", "exe"),
        ("CGO_ENABLED", cgo),
        ("GOARCH", "amd64"),
        ("GOOS", "linux"),
        ("GOAMD64", "v1"),
    ];
    Binary { go: go(&settings), ..of(Format::Elf(Box::new(elf))) }
}

pub(crate) fn static_go() -> Binary {
    go_binary(elf(), "0")
}

/// A static program that no Go compiler made.
pub(crate) fn static_c() -> Binary {
    of(Format::Elf(Box::new(elf())))
}

pub(crate) fn dynamic_go(interpreter: &str, needed: &[&str]) -> Binary {
    let needed = needed.iter().map(|&name| name.to_owned()).collect();
    let dynamic = Dynamic { needed, relocations: true, ..Dynamic::default() };
    go_binary(Elf { interpreter: Some(interpreter.to_owned()), dynamic: Some(dynamic), ..elf() }, "1")
}

pub(crate) fn glibc_go(needed: &[&str]) -> Binary {
    dynamic_go("/lib64/ld-linux-x86-64.so.2", needed)
}

/// `-buildmode=pie` without cgo: an interpreter and no library.
pub(crate) fn pie_without_cgo() -> Binary {
    let mut binary = glibc_go(&[]);
    let elf = elf_mut(&mut binary);
    elf.object_type = 3;
    dynamic_mut(&mut binary).flags_1 = DF_1_PIE;
    binary.go = go(&[("-buildmode", "pie"), ("CGO_ENABLED", "0"), ("GOARCH", "amd64"), ("GOOS", "linux")]);
    binary
}

pub(crate) fn c_shared(needed: &[&str]) -> Binary {
    let mut binary = glibc_go(needed);
    let elf = elf_mut(&mut binary);
    elf.object_type = 3;
    elf.interpreter = None;
    binary.go = go(&[("-buildmode", "c-shared"), ("CGO_ENABLED", "1"), ("GOARCH", "amd64")]);
    binary
}

pub(crate) fn elf_mut(binary: &mut Binary) -> &mut Elf {
    match &mut binary.format {
        Format::Elf(elf) => elf,
        other => panic!("not ELF: {other:?}"),
    }
}

pub(crate) fn dynamic_mut(binary: &mut Binary) -> &mut Dynamic {
    elf_mut(binary).dynamic.as_mut().unwrap()
}

/// Adds versions that are asked of one library.
pub(crate) fn asks(mut binary: Binary, file: &str, names: &[&str]) -> Binary {
    let versions = names.iter().map(|&name| NeededVersion { name: name.to_owned(), weak: false }).collect();
    dynamic_mut(&mut binary).verneed.push(VersionNeed { file: file.to_owned(), versions });
    binary
}
