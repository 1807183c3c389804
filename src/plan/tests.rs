//! The plan as a table: what was typed, set and configured, and the one command that follows.

mod c;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::code::Code;
use super::compiler::Compiler;
use super::purpose::{Purpose, purpose};
use super::{Plan, Request, Settings, UserEnv, flags, plan, platforms};
use crate::cli::Env;
use crate::cli::line::{GoFlag, GoLine};
use crate::config::build::Cgo;
use crate::error::Result;
use crate::image::{Fact, Image, Libc, Version};
use crate::origin::{Origin, Sourced};
use crate::platform::Platform;

/// Everything around a plan, with an Alpine-like image and a quiet environment.
struct World {
    env: Env,
    written: BTreeMap<String, PathBuf>,
    effective: BTreeMap<String, String>,
    line: GoLine,
    settings: Settings,
    image: Image,
    typed: Vec<Sourced<Platform>>,
    listed: Vec<Sourced<Platform>>,
    code: Option<Code>,
    compilers: Vec<Compiler>,
}

fn image(libc: Libc) -> Image {
    Image { libc: Fact::Known(libc), os: Fact::Known("linux".to_owned()), ..Image::undescribed("img:1") }
}

fn file(key: &str) -> Origin {
    Origin::File { path: "gobuild.toml".into(), line: 3, key: key.to_owned() }
}

impl World {
    fn new() -> Self {
        Self {
            env: Env::new(),
            written: BTreeMap::new(),
            effective: BTreeMap::from([("GOHOSTARCH".to_owned(), "amd64".to_owned())]),
            line: GoLine::default(),
            settings: Settings::default(),
            image: image(Libc::Musl(Fact::Known(Version(1, 2, 5)))),
            typed: Vec::new(),
            listed: Vec::new(),
            code: None,
            compilers: Vec::new(),
        }
    }

    fn env(mut self, name: &str, value: &str) -> Self {
        self.env.insert(name.into(), value.into());
        self
    }

    fn written(mut self, name: &str, value: &str) -> Self {
        self.written.insert(name.to_owned(), "go/env".into());
        self.effective.insert(name.to_owned(), value.to_owned());
        self
    }

    /// One flag in the form `-name=value` or `-name`.
    fn flag(mut self, word: &str) -> Self {
        let bare = word.trim_start_matches('-');
        let (name, value) = bare.split_once('=').map_or((bare, None), |(name, value)| (name, Some(value)));
        self.line.flags.push(GoFlag {
            name: name.to_owned(),
            value: value.map(OsString::from),
            words: vec![word.into()],
        });
        self
    }

    fn ldflags(mut self, flags: &str) -> Self {
        self.settings.ldflags.push(Sourced::new(flags.to_owned(), file("build.ldflags")));
        self
    }

    fn tag(mut self, tag: &str) -> Self {
        self.settings.tags.push(Sourced::new(tag.to_owned(), file("build.tags")));
        self
    }

    fn listed(mut self, platform: &str) -> Self {
        self.listed.push(Sourced::new(platform.parse().unwrap(), file("target.prod.platforms")));
        self
    }

    fn user(&self) -> UserEnv<'_> {
        UserEnv { process: &self.env, written: &self.written, effective: &self.effective }
    }

    fn select(&self) -> Result<platforms::Selected> {
        platforms::select(&self.typed, &self.listed, &self.user(), &self.image)
    }

    fn selected(&self) -> Vec<String> {
        self.select().unwrap().platforms.iter().map(|platform| platform.value.to_string()).collect()
    }

    fn plan(&self) -> Result<Plan> {
        let platform = self.select()?.platforms.remove(0);
        plan(&Request {
            go: &Sourced::new(PathBuf::from("go"), Origin::Default),
            dir: Path::new("."),
            env: self.user(),
            line: &self.line,
            settings: &self.settings,
            image: Some(&self.image),
            platform: Some(&platform),
            code: self.code.as_ref(),
            compilers: &self.compilers,
            sysroot: None,
            cache: Path::new("/cache"),
        })
    }

    fn set(&self) -> BTreeMap<&'static str, String> {
        self.plan().unwrap().set.into_iter().map(|(name, value)| (name, value.value)).collect()
    }

    fn arguments(&self) -> String {
        let arguments = self.plan().unwrap().arguments(Some("OUT".as_ref()));
        arguments.iter().map(|word| word.to_str().unwrap()).collect::<Vec<_>>().join("|")
    }
}

#[test]
fn left_alone_cgo_is_off_and_the_platform_is_this_machines() {
    let set = World::new().set();
    assert_eq!(
        set,
        [("CGO_ENABLED", "0"), ("GOARCH", "amd64"), ("GOOS", "linux")].map(|(k, v)| (k, v.to_owned())).into()
    );
}

#[test]
fn cgo_is_the_users_where_the_user_set_it() {
    for (world, cgo, origin) in [
        (World::new().env("CGO_ENABLED", "1"), true, "CGO_ENABLED in the environment"),
        (
            World::new().env("CGO_ENABLED", "0").flag("-buildmode=c-shared"),
            false,
            "CGO_ENABLED in the environment",
        ),
        (World::new().env("CGO_ENABLED", "").written("CGO_ENABLED", "1"), true, "go env -w (go/env)"),
        (World::new().flag("-buildmode=c-shared"), true, "-buildmode=c-shared needs cgo"),
        (
            World::new().env("CGO_ENABLED", ""),
            false,
            "img:1 has musl 1.2.5; a static binary asks nothing of it",
        ),
    ] {
        let decided = world.plan().unwrap().cgo.unwrap();
        assert_eq!((decided.value, decided.origin.to_string().as_str()), (cgo, origin));
    }
    let mut world = World::new();
    world.settings.cgo = Some(Sourced::new(Cgo::On, file("build.cgo")));
    assert_eq!(world.plan().unwrap().cgo.unwrap().origin.to_string(), "gobuild.toml:3 build.cgo");
    assert!(World::new().env("CGO_ENABLED", "yes").plan().is_err());
}

#[test]
fn the_race_detector_is_refused_where_glibc_is_missing_and_turns_cgo_on_where_it_is() {
    let refused = World::new().flag("-race").plan().unwrap_err();
    assert_eq!(refused.message, "-race cannot run in img:1");
    assert!(World::new().flag("-race=0").plan().is_ok());
    assert!(World::new().flag("-race").flag("-race=false").plan().is_ok());
    assert!(World::new().env("GOFLAGS", "-race").plan().is_err());
    let mut glibc = World::new().flag("-race");
    glibc.image = image(Libc::Glibc(Fact::Unknown));
    assert!(glibc.plan().unwrap().cgo.unwrap().value);
}

#[test]
fn flags_stay_as_they_were_typed_where_nothing_is_merged() {
    let mut world = World::new().flag("-v").flag("-ldflags=all=-s").flag("-tags=").flag("-o=x");
    world.line.packages.push("./cmd/a".into());
    assert_eq!(world.arguments(), "build|-o|OUT|-v|-ldflags=all=-s|-tags=|./cmd/a");
}

#[test]
fn the_last_output_counts_and_an_empty_one_is_none() {
    for (world, output) in [
        (World::new().env("GOFLAGS", "-o=f"), Some("f")),
        (World::new().env("GOFLAGS", "-o=f").flag("-o=x").flag("-o=y"), Some("y")),
        (World::new().env("GOFLAGS", "-o=f").flag("-o="), None),
        (World::new(), None),
    ] {
        assert_eq!(world.plan().unwrap().output_path(), output.map(AsRef::as_ref));
    }
    assert!(World::new().env("GOFLAGS", "-n").plan().unwrap().dry_run);
    assert!(!World::new().env("GOFLAGS", "-n").flag("-n=false").plan().unwrap().dry_run);
}

#[test]
fn chdir_stays_first() {
    let mut world = World::new().ldflags("-X main.v=1").flag("-v");
    let chdir =
        GoFlag { name: "C".to_owned(), value: Some("sub".into()), words: vec!["-C".into(), "sub".into()] };
    world.line.flags.insert(0, chdir);
    assert_eq!(world.arguments(), "build|-C|sub|-o|OUT|-ldflags=-X main.v=1|-v");
    world.line.flags[0].words = vec!["-C=sub".into()];
    assert_eq!(world.arguments(), "build|-C=sub|-o|OUT|-ldflags=-X main.v=1|-v");
}

#[test]
fn linker_flags_of_the_file_go_before_the_users_in_each_of_his_patterns() {
    for (world, flags) in [
        (World::new(), "-ldflags=-X main.v=1"),
        (World::new().flag("-ldflags=-s -w"), "-ldflags=-X main.v=1 -s -w"),
        (World::new().flag("-ldflags="), "-ldflags=-X main.v=1"),
        (World::new().flag("-ldflags=all=-s"), "-ldflags=-X main.v=1|-ldflags=all=-X main.v=1 -s"),
        (World::new().env("GOFLAGS", "'-ldflags=-s -w'"), "-ldflags=-X main.v=1 -s -w"),
        (World::new().env("GOFLAGS", "-ldflags=-s").flag("-ldflags=-w"), "-ldflags=-X main.v=1 -w"),
    ] {
        assert_eq!(world.ldflags("-X main.v=1").arguments(), format!("build|-o|OUT|{flags}"));
    }
}

#[test]
fn an_output_of_the_linkers_own_is_refused_wherever_it_stands() {
    for world in [
        World::new().flag("-ldflags=-s -o /x"),
        World::new().flag("-ldflags=all=-o=/x"),
        World::new().env("GOFLAGS", "'-ldflags=-o /x'"),
        World::new().ldflags("-o /x"),
    ] {
        assert!(world.plan().unwrap_err().message.ends_with("has an -o of its own"));
    }
    assert!(World::new().flag("-ldflags=-X 'main.flags=-o /x'").plan().is_ok());
}

#[test]
fn a_flag_of_gobuilds_with_one_dash_is_pointed_out() {
    let notes = World::new().flag("-target=alpine").plan().unwrap().notes;
    assert_eq!(notes, ["-target goes to go; gobuild's own flag has two dashes: --target"]);
    assert!(World::new().flag("-tags=x").plan().unwrap().notes.is_empty());
}

#[test]
fn tags_are_united() {
    for (world, tags) in [
        (World::new(), "-tags=a"),
        (World::new().flag("-tags=b,a"), "-tags=a,b"),
        (World::new().flag("-tags=b c"), "-tags=a,b,c"),
        (World::new().env("GOFLAGS", "-tags=b"), "-tags=a,b"),
    ] {
        assert_eq!(world.tag("a").arguments(), format!("build|-o|OUT|{tags}"));
    }
}

#[test]
fn release_trims_and_strips_unless_the_user_said_otherwise() {
    let release = |mut world: World| {
        world.settings.release = Some(Origin::CommandLine("--release".to_owned()));
        world.arguments()
    };
    assert_eq!(release(World::new()), "build|-o|OUT|-ldflags=-s -w|-trimpath");
    assert_eq!(release(World::new().flag("-trimpath=false")), "build|-o|OUT|-ldflags=-s -w|-trimpath=false");
}

#[test]
fn the_environment_selects_among_the_targets_platforms() {
    let listed = || World::new().listed("linux/amd64").listed("linux/arm/v6").listed("linux/arm/v7");
    assert_eq!(listed().selected(), ["linux/amd64", "linux/arm/v6", "linux/arm/v7"]);
    assert_eq!(listed().env("GOARCH", "arm").selected(), ["linux/arm/v6", "linux/arm/v7"]);
    assert_eq!(listed().env("GOARCH", "arm").env("GOARM", "6").selected(), ["linux/arm/v6"]);
    assert_eq!(listed().env("GOARCH", "").selected().len(), 3);
    let none = listed().env("GOARCH", "s390x").select().unwrap_err();
    assert_eq!(
        none.message,
        "GOARCH=s390x (GOARCH in the environment) selects none of the target's platforms"
    );
}

#[test]
fn a_level_in_the_environment_completes_a_platform_and_is_refused_against_another() {
    let world = World::new().listed("linux/amd64").env("GOAMD64", "v3");
    let selected = world.select().unwrap();
    assert_eq!(selected.platforms[0].value.to_string(), "linux/amd64/v3");
    assert_eq!(selected.notes, ["GOAMD64=v3 (GOAMD64 in the environment) makes linux/amd64 linux/amd64/v3"]);
    assert_eq!(world.set()["GOAMD64"], "v3");
    let refused = World::new().listed("linux/amd64/v2").env("GOAMD64", "v3").select().unwrap_err();
    assert_eq!(refused.message, "GOAMD64=v3 contradicts the platform linux/amd64/v2");
    assert!(World::new().listed("linux/amd64").env("GOAMD64", "v7").select().is_err());
    let soft = World::new().listed("linux/arm/v5").env("GOARM", "5,softfloat").env("GOARCH", "arm");
    assert_eq!(soft.set()["GOARM"], "5,softfloat");
}

#[test]
fn a_typed_platform_wins_and_says_what_gave_way() {
    let mut world = World::new().env("GOARCH", "arm64").env("GOAMD64", "v2");
    world.typed.push(Sourced::new(Platform::linux("amd64"), Origin::CommandLine("--platform".to_owned())));
    let selected = world.select().unwrap();
    assert_eq!(selected.platforms[0].value, Platform::linux("amd64"));
    assert_eq!(
        selected.notes,
        ["GOARCH=arm64 (GOARCH in the environment) gives way to --platform linux/amd64"]
    );
}

#[test]
fn what_was_never_meant_for_the_image_steps_aside_and_a_contradiction_is_refused() {
    let of = |world: World, typed: bool| {
        let effective = flags::Effective::of(&world.line, &world.user()).unwrap();
        purpose(&effective, &world.user(), &world.image, typed)
    };
    let aside = |world: World, typed| matches!(of(world, typed), Ok(Purpose::Aside(_)));
    assert!(aside(World::new().env("GOOS", "darwin"), false));
    assert!(aside(World::new().env("GOOS", "js").env("GOARCH", "wasm"), false));
    assert!(aside(World::new().flag("-buildmode=c-archive"), true));
    assert!(aside(World::new().env("GOFLAGS", "-buildmode=archive"), true));
    assert!(of(World::new().env("GOOS", "darwin"), true).is_err());
    assert!(
        of(World::new().written("GOOS", "windows"), true).unwrap_err().help[0].contains("go env -u GOOS")
    );
    assert_eq!(of(World::new().env("GOOS", "linux"), true), Ok(Purpose::Image));
    assert_eq!(of(World::new().env("GOOS", ""), true), Ok(Purpose::Image));
}

#[test]
fn a_variable_that_would_spoil_the_result_does_not_reach_go() {
    let world = World::new().env("GO_EXTLINK_ENABLED", "1").env("GODEBUG", "a=1");
    let plan = world.plan().unwrap();
    let env = plan.environment(&world.env);
    assert!(!env.contains_key(std::ffi::OsStr::new("GO_EXTLINK_ENABLED")));
    assert_eq!(env[std::ffi::OsStr::new("GODEBUG")], "a=1");
    assert!(plan.notes[0].contains("GO_EXTLINK_ENABLED"));
}
