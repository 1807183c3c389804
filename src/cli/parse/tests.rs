mod any_line;
mod plain;
mod whose_verb;

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

use super::*;
use crate::cli::{Color, ExplainArgs, Format, InspectArgs, PinArgs, ShowArgs};

fn words(line: &[&str]) -> Vec<OsString> {
    line.iter().map(OsString::from).collect()
}

fn read(line: &[&str]) -> Typed {
    parse(&words(line)).unwrap_or_else(|error| panic!("{line:?}: {error:?}"))
}

fn build(line: &[&str]) -> BuildArgs {
    match read(line).verb {
        Verb::Build(args) => args,
        other => panic!("{line:?} is not a build: {other:?}"),
    }
}

fn refused(line: &[&str]) -> Error {
    match parse(&words(line)) {
        Ok(typed) => panic!("{line:?} was taken: {typed:?}"),
        Err(error) => error,
    }
}

fn printed(line: &[&str]) -> String {
    match read(line).verb {
        Verb::Print(text) => text,
        other => panic!("{line:?} prints nothing: {other:?}"),
    }
}

/// A line of go's, the flags that gobuild sees in it (`name=value`, or the name alone), its packages.
type Form = (&'static [&'static str], &'static [&'static str], &'static [&'static str]);

/// Forms taken from Makefiles, Dockerfiles and scripts of well-known projects.
const FORMS: &[Form] = &[
    (&[], &[], &[]),
    (&["."], &[], &["."]),
    (&["./cmd/a", "./cmd/b"], &[], &["./cmd/a", "./cmd/b"]),
    (&["main.go", "util.go"], &[], &["main.go", "util.go"]),
    // Two dashes.
    (&["--ldflags", "-s -w", "--trimpath"], &["ldflags=-s -w", "trimpath"], &[]),
    (&["--buildmode=c-archive", "--tags="], &["buildmode=c-archive", "tags="], &[]),
    // Booleans with values, which stand behind `=` only.
    (&["--race=0", "--cover=0", "-race=1"], &["race=0", "cover=0", "race=1"], &[]),
    (&["-race", "0"], &["race"], &["0"]),
    (&["-buildvcs=false", "-buildvcs", "auto"], &["buildvcs=false", "buildvcs"], &["auto"]),
    // The directory first.
    (&["-C", "dir", "-o", "x"], &["C=dir", "o=x"], &[]),
    (&["-C=dir", "."], &["C=dir"], &["."]),
    // Outputs.
    (&["-o", "bin/", "./..."], &["o=bin/"], &["./..."]),
    (&["-o=bin/etcd", "."], &["o=bin/etcd"], &["."]),
    (&["-o="], &["o="], &[]),
    (&["-o", ""], &["o="], &[]),
    (&["-o", "/dev/null", "./cmd/x"], &["o=/dev/null"], &["./cmd/x"]),
    (&["-o", "-v", "."], &["o=-v"], &["."]),
    (&["-o", "--target", "."], &["o=--target"], &["."]),
    (&["-o", "--", "."], &["o=--"], &["."]),
    (&["-o", "a", "-o", "b"], &["o=a", "o=b"], &[]),
    // Flags behind a package: go takes them for packages and fails, so they stay there.
    (&["./cmd/a", "-o", "x"], &[], &["./cmd/a", "-o", "x"]),
    (&["./cmd/a", "--ldflags=-s", "-h"], &[], &["./cmd/a", "--ldflags=-s", "-h"]),
    // Words that came out of unset variables.
    (&["-tags", "", "", "."], &["tags="], &["", "."]),
    // Quotes inside.
    (
        &["-ldflags", "-X 'main.Version=1 2' -extldflags '-static'"],
        &["ldflags=-X 'main.Version=1 2' -extldflags '-static'"],
        &[],
    ),
    (&["-ldflags=-extldflags=-static -s -w"], &["ldflags=-extldflags=-static -s -w"], &[]),
    (
        &["-ldflags", "\"-Wl,-rpath -Wl,\\$ORIGIN/../lib\""],
        &["ldflags=\"-Wl,-rpath -Wl,\\$ORIGIN/../lib\""],
        &[],
    ),
    (&["-gcflags=all=-N -l", "-gcflags", "-l=4"], &["gcflags=all=-N -l", "gcflags=-l=4"], &[]),
    (&["-a", "-tags", "netgo", "-ldflags", "-w"], &["a", "tags=netgo", "ldflags=-w"], &[]),
    (&["-installsuffix", "cgo", "-mod=vendor"], &["installsuffix=cgo", "mod=vendor"], &[]),
    (&["-v", "-x", "-n", "-json", "-p", "4"], &["v", "x", "n", "json", "p=4"], &[]),
    // What only go can judge.
    (&["-unknown", "value"], &["unknown"], &["value"]),
    (&["-unknown=value", "--also"], &["unknown=value", "also"], &[]),
    (&["-v", "-o"], &["v", "o"], &[]),
    (&["-"], &[], &["-"]),
    (&["---x"], &["-x"], &[]),
    // The end of flags.
    (&["-v", "--", "-o", "./a"], &["v"], &["-o", "./a"]),
    (&["./a", "--", "./b"], &[], &["./a", "--", "./b"]),
    (&["--", "test"], &[], &["test"]),
];

fn shown(line: &GoLine) -> (Vec<String>, Vec<OsString>) {
    let flags = line.flags.iter().map(|flag| match &flag.value {
        Some(value) => format!("{}={}", flag.name, value.display()),
        None => flag.name.clone(),
    });
    (flags.collect(), line.packages.clone())
}

#[test]
fn every_form_is_read_as_go_reads_it() {
    for (line, flags, packages) in FORMS {
        let args = build(line);
        let (seen_flags, seen_packages) = shown(&args.line);
        assert_eq!(seen_flags, *flags, "{line:?}");
        assert_eq!(seen_packages, words(packages), "{line:?}");
        assert_eq!(args, BuildArgs { line: args.line.clone(), ..BuildArgs::default() }, "{line:?}");
    }
}

#[test]
fn go_gets_every_form_as_it_was_typed_wherever_gobuilds_flags_stand() {
    for (line, _, _) in FORMS {
        assert_eq!(build(line).line.words(), words(line), "{line:?}");
        let in_front = [&["--target", "alpine"], *line].concat();
        let args = build(&in_front);
        assert_eq!((args.targets, args.line.words()), (vec!["alpine".to_owned()], words(line)), "{line:?}");
        // A typed verb changes nothing either.
        let verb = [&["--target=alpine", "build"], *line].concat();
        assert_eq!(build(&verb).line.words(), words(line), "{line:?}");
        if !line.contains(&"--") && *line.last().unwrap_or(&"") != "-o" {
            let behind = [*line, &["--release", "--target", "alpine"]].concat();
            let args = build(&behind);
            assert!(args.release && args.targets == ["alpine"], "{line:?}");
            assert_eq!(args.line.words(), words(line), "{line:?}");
        }
    }
}

#[test]
fn the_directory_counts_only_as_the_first_flag_of_gos() {
    assert_eq!(build(&["--target", "x", "-C", "dir", "-v"]).line.directory(), Some(OsStr::new("dir")));
    assert_eq!(build(&["--C=dir"]).line.directory(), Some(OsStr::new("dir")));
    assert_eq!(build(&["-v", "-C", "dir"]).line.directory(), None);
    assert_eq!(build(&["-C"]).line.directory(), None);
}

#[test]
fn a_switched_off_boolean_is_off() {
    let line = build(&["--race=0", "-trimpath", "-cover=maybe"]).line;
    assert_eq!(line.last("race").unwrap().boolean(), Some(false));
    assert_eq!(line.last("trimpath").unwrap().boolean(), Some(true));
    assert_eq!(line.last("cover").unwrap().boolean(), None);
}

#[test]
fn words_that_are_not_utf8_reach_go_untouched() {
    let strange = |text: &[u8]| OsString::from_vec(text.to_vec());
    let line = [
        strange(b"-o"),
        strange(b"bin/\xff"),
        strange(b"-ldflags=-X main.v=\xfe"),
        strange(b"--\xfd"),
        strange(b"./\xfc"),
    ];
    let Verb::Build(args) = parse(&line).unwrap().verb else { panic!("not a build") };
    assert_eq!(args.line.words(), line);
    assert_eq!(args.line.value("o"), Some(line[1].as_os_str()));
    assert_eq!(args.line.value("ldflags").unwrap(), strange(b"-X main.v=\xfe"));
    assert_eq!(args.line.packages, [line[4].clone()]);

    let bad = parse(&[OsString::from("--target"), strange(b"\xff")]).unwrap_err();
    assert_eq!(bad.message, "invalid UTF-8 was detected in one or more arguments");
}

#[test]
fn gobuilds_own_flags_are_read() {
    let typed = read(&[
        "--target=alpine",
        "--config",
        "a.toml",
        "--go=/opt/go/bin/go",
        "--message-format",
        "json",
        "--color=never",
        "--verbose",
        "--allow",
        "GB301,GB302",
        "./cmd/rpc",
        "--target",
        "debian:12",
        "--platform=linux/amd64,linux/arm64",
        "--deny=GB303",
    ]);
    let strings = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        typed.common,
        Common {
            config: Some(PathBuf::from("a.toml")),
            go: Some(OsString::from("/opt/go/bin/go")),
            format: Format::Json,
            color: Color::Never,
            quiet: false,
            verbose: true,
            allow: strings(&["GB301", "GB302"]),
            deny: strings(&["GB303"]),
        }
    );
    let Verb::Build(args) = typed.verb else { panic!("not a build") };
    assert_eq!(args.targets, strings(&["alpine", "debian:12"]));
    assert_eq!(args.platforms, strings(&["linux/amd64", "linux/arm64"]));
    assert_eq!(args.line.packages, words(&["./cmd/rpc"]));
}

#[test]
fn the_verb_is_the_first_word_that_is_no_flag() {
    assert!(matches!(read(&["plan", "-o", "x"]).verb, Verb::Plan(_)));
    assert!(matches!(read(&["--target", "plan"]).verb, Verb::Build(_)), "a value is no verb");
    assert!(matches!(read(&["--target", "alpine", "plan"]).verb, Verb::Plan(_)));
    assert!(matches!(read(&["-v", "plan"]).verb, Verb::Build(_)), "behind a flag of go's it is a package");
    assert!(matches!(read(&["./a", "plan"]).verb, Verb::Build(_)));
    assert_eq!(build(&["build", "build"]).line.packages, words(&["build"]));
    assert_eq!(build(&["build", "test"]).line.packages, words(&["test"]));
    let verify = read(&["--target", "alpine", "verify", "a", "b", "--platform", "linux/arm64"]).verb;
    assert_eq!(
        verify,
        Verb::Verify(VerifyArgs {
            files: vec![PathBuf::from("a"), PathBuf::from("b")],
            targets: vec!["alpine".to_owned()],
            platforms: vec!["linux/arm64".to_owned()],
            ..VerifyArgs::default()
        })
    );
    let rootfs = read(&["verify", "--rootfs", "root", "a"]).verb;
    assert!(matches!(rootfs, Verb::Verify(VerifyArgs { rootfs: Some(dir), .. }) if *dir == *"root"));
    let image = read(&["verify", "a", "--image", "app.tar"]).verb;
    assert!(matches!(image, Verb::Verify(VerifyArgs { image: Some(archive), .. }) if archive == "app.tar"));
    assert_eq!(
        read(&["image", "inspect", "app.tar", "--platform", "linux/arm64,linux/amd64"]).verb,
        Verb::ImageInspect(InspectArgs {
            what: "app.tar".to_owned(),
            platforms: vec!["linux/arm64".to_owned(), "linux/amd64".to_owned()],
        })
    );
    assert_eq!(
        read(&["image", "pin", "alpine:3.20", "--image", "alpine.tar"]).verb,
        Verb::ImagePin(PinArgs {
            image: "alpine:3.20".to_owned(),
            from: Some("alpine.tar".to_owned()),
            platforms: Vec::new(),
        })
    );
    for line in [&["verify", "a", "--all"][..], &["--all", "verify", "a"], &["verify", "a", "--markdown"]] {
        assert!(matches!(read(line).verb, Verb::Verify(VerifyArgs { all: true, .. })), "{line:?}");
    }
    assert!(refused(&["verify", "a", "--all", "--target", "x"]).message.contains("--target"));
    assert!(
        refused(&["verify", "a", "--markdown", "--message-format", "json"])
            .message
            .contains("--message-format")
    );
    assert_eq!(read(&["image", "list"]).verb, Verb::ImageList);
    let quiet = read(&["--quiet", "--go", "image", "image", "list"]);
    assert!(quiet.common.quiet && quiet.verb == Verb::ImageList, "{quiet:?}");
    let dashed = read(&["--quiet", "verify", "--", "--a"]);
    assert!(
        dashed.common.quiet
            && matches!(dashed.verb, Verb::Verify(VerifyArgs { files, .. }) if files == [PathBuf::from("--a")])
    );
    assert_eq!(
        read(&["image", "show", "alpine"]).verb,
        Verb::ImageShow(ShowArgs { image: "alpine".to_owned() })
    );
    let explained = |line: &[&str]| match read(line).verb {
        Verb::Explain(ExplainArgs { subject, files, targets, .. }) => (subject.join(" "), files, targets),
        other => panic!("{line:?}: {other:?}"),
    };
    let alone = |subject: &str| (subject.to_owned(), Vec::new(), Vec::new());
    assert_eq!(explained(&["explain", "GB201"]), alone("GB201"));
    assert_eq!(explained(&["explain", "exec", "format", "error"]), alone("exec format error"));
    assert_eq!(explained(&["explain", "-race requires cgo"]), alone("-race requires cgo"));
    assert_eq!(explained(&["explain", "-"]), alone("-"));
    let file = ["explain", "-race requires cgo", "--file", "rpc", "--target", "alpine"];
    let expected = ("-race requires cgo".to_owned(), vec![PathBuf::from("rpc")], vec!["alpine".to_owned()]);
    assert_eq!(explained(&file), expected);
    assert!(refused(&["explain", "x", "--target", "alpine"]).message.contains("--file"));
    assert_eq!(read(&["init"]).verb, Verb::Init);
    assert_eq!(read(&["doctor"]).verb, Verb::Doctor);
    assert_eq!(read(&["completions", "zsh"]).verb, Verb::Completions { shell: clap_complete::Shell::Zsh });
    assert_eq!(read(&["man"]).verb, Verb::Man);
}

#[test]
fn a_slip_in_a_flag_of_gobuilds_is_caught_on_both_sides_of_the_packages() {
    let error = refused(&["--taget", "alpine", "./a"]);
    assert_eq!(error.message, "unknown flag `--taget`");
    assert_eq!(
        error.help,
        ["did you mean `--target`?", "if it is a flag of go's, write it with one dash: `-taget`"]
    );
    let error = refused(&["./a", "--plaform=linux/arm64"]);
    assert_eq!(error.message, "unknown flag `--plaform`");
    assert_eq!(error.help, ["did you mean `--platform`?"]);
    let error = refused(&["--jobs", "4"]);
    assert_eq!(error.message, "unknown flag `--jobs`");
    assert_eq!(error.help[0], "go's flag is `-p`, as in `-p 4`");
    // A flag of go's is never taken for a slip, and a stranger goes through.
    assert_eq!(build(&["--tags", "x"]).line.value("tags"), Some(OsStr::new("x")));
    assert_eq!(build(&["--brandnew=1"]).line.value("brandnew"), Some(OsStr::new("1")));
}

#[test]
fn claps_errors_read_like_ours() {
    let error = refused(&["--target"]);
    assert_eq!(error.message, "a value is required for '--target <TARGET>' but none was supplied");
    assert_eq!(error.help, ["gobuild --help"]);
    let error = refused(&["--target", "", "."]);
    assert_eq!(error.message, "a value is required for '--target <TARGET>' but none was supplied");
    let error = refused(&["--color", "alway"]);
    assert_eq!(error.message, "invalid value 'alway' for '--color <auto|always|never>'");
    assert_eq!(error.detail, ["  [possible values: auto, always, never]"]);
    assert_eq!(error.help, ["a similar value exists: 'always'", "gobuild --help"]);
    let error = refused(&["--release=no"]);
    assert_eq!(error.message, "unexpected value 'no' for '--release' found; no more were expected");
    let error = refused(&["verify"]);
    assert_eq!(error.message, "the following required arguments were not provided: <FILE>...");
    assert_eq!(error.detail, ["  Usage: gobuild verify <FILE>..."]);
    assert_eq!(error.help, ["gobuild verify --help"]);
    let error = refused(&["--release", "verify", "a"]);
    assert_eq!(error.message, "unexpected argument '--release' found");
    let error = refused(&["image"]);
    assert_eq!(error.message, "'gobuild image' requires a subcommand but one was not provided");
    assert!(refused(&["--quiet", "--verbose"]).message.contains("cannot be used with"));
}

#[test]
fn help_and_version_are_printed_wherever_go_would_still_read_a_flag() {
    for line in [&["--help"][..], &["help"], &["-o", "x", "--help"], &["--target", "x", "--help"]] {
        assert!(printed(line).contains("gobuild [build] [OPTIONS] [go build flags] [packages]"), "{line:?}");
    }
    assert!(printed(&["-h"]).contains("Usage:"));
    assert!(printed(&["-help"]).contains("Usage:"));
    assert!(printed(&["build", "--help"]).contains("Every flag of `go build` is taken"));
    assert!(printed(&["help", "plan"]).contains("builds nothing"));
    assert!(printed(&["verify", "-h"]).contains("<FILE>"));
    assert_eq!(printed(&["--version"]), format!("gobuild {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(build(&["-version"]).line.flags[0].name, "version", "one dash is go's");
    assert_eq!(build(&["-V"]).line.flags[0].name, "V", "one dash is go's");
}

/// The words in front of the verb are read before it is known whose they are.
#[test]
fn a_flag_takes_a_value_in_every_verb_or_in_none() {
    fn collect(command: &clap::Command, seen: &mut Vec<(String, bool)>) {
        for arg in command.get_arguments() {
            seen.extend(arg.get_long().map(|long| (long.to_owned(), arg.get_action().takes_values())));
        }
        command.get_subcommands().for_each(|sub| collect(sub, seen));
    }
    let mut seen = Vec::new();
    collect(&crate::cli::command(), &mut seen);
    seen.sort();
    seen.dedup();
    let mut names: Vec<_> = seen.iter().map(|(name, _)| name).collect();
    names.dedup();
    assert_eq!(names.len(), seen.len(), "{seen:?}");
    assert!(
        names.iter().all(|name| crate::cli::go_flags::lookup(name).is_none()),
        "{names:?} and go's overlap"
    );
}
