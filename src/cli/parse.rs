//! From words to [`Typed`]: which verb it is, and what belongs to whom.

mod quick;

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Command, CommandFactory, FromArgMatches};

use super::args::{
    BuildOptions, Cli, CommonOptions, DockerfileOptions, ExplainOptions, ImageVerb, LintOptions, VerbArgs,
    VerifyOptions,
};
use super::line::GoLine;
use super::split::{OwnFlags, Split, Word, classify, split};
use super::{BuildArgs, Common, DockerfileArgs, Format, Typed, Verb, go_flags::Takes};
use crate::error::{Error, Result};

/// Commands of go's that are not wrapped.
const GO_COMMANDS: &[&str] = &[
    "bug",
    "clean",
    "doc",
    "env",
    "fix",
    "fmt",
    "generate",
    "get",
    "install",
    "list",
    "mod",
    "run",
    "telemetry",
    "test",
    "tool",
    "version",
    "vet",
    "work",
];

/// Reads a command line (without the program's name). Nothing is looked up and no value is judged; what
/// is wrong with go's half of the line is left for go to say.
pub fn parse(args: &[OsString]) -> Result<Typed> {
    let typed = quick::parse(args).map_or_else(|| whole(args), Ok)?;
    let format = match typed.common.format {
        Format::Sarif => "sarif",
        Format::Github => "github",
        Format::Human | Format::Json => return Ok(typed),
    };
    if typed.verb.has_findings() {
        return Ok(typed);
    }
    Err(Error::new(format!("--message-format {format} is for findings, and this command has none"))
        .help("build, verify and lint have findings; the others take human and json"))
}

/// With everything that clap can be told.
fn whole(args: &[OsString]) -> Result<Typed> {
    let command = Cli::command();
    let at = find_verb(args, &command)?;
    let name = at.and_then(|at| args[at].to_str());
    let mut words = args.to_vec();
    if let Some(at) = at {
        words.remove(at);
    }
    if !matches!(name, None | Some("build" | "plan")) {
        // What stood in front of the verb goes behind it and its own verbs: `image list --quiet`.
        let front = at.unwrap_or(0);
        words.rotate_left(front);
        let flags = words.split_off(words.len() - front);
        let end = words.iter().position(|word| word == "--").unwrap_or(words.len());
        words.splice(end..end, flags);
        if name == Some("explain") {
            messages_last(&mut words);
        }
        return from_clap(command, name, &words, GoLine::default());
    }
    let flags = match name.and_then(|name| command.find_subcommand(name)) {
        Some(verb) => OwnFlags::of(verb),
        None => OwnFlags::of(&command),
    };
    let Split { own, line } = split(&words, &flags)?;
    from_clap(command, name, &own, line)
}

/// Where the verb stands: the first word that is neither a flag of gobuild's nor its value. Once a flag
/// of go's came, a bare word can only be a package.
fn find_verb(args: &[OsString], command: &Command) -> Result<Option<usize>> {
    // A line that begins with a word needs no list of all flags.
    let is_flag = |word: &OsString| word.as_encoded_bytes().starts_with(b"-");
    let flags = if args.first().is_some_and(is_flag) { OwnFlags::below(command) } else { OwnFlags::none() };
    let mut at = 0;
    while let Some(word) = args.get(at) {
        match classify(word, &flags) {
            Word::Own(Takes::Nothing) => at += 1,
            Word::Own(Takes::Value) => at += 2,
            Word::Terminator | Word::Go(..) => break,
            Word::Bare => {
                let text = word.to_str().unwrap_or_default();
                if GO_COMMANDS.contains(&text) {
                    return Err(not_wrapped(text));
                }
                let is_verb = text == "help" || command.find_subcommand(text).is_some();
                return Ok(is_verb.then_some(at));
            }
        }
    }
    Ok(None)
}

fn not_wrapped(name: &str) -> Error {
    let error = Error::new(format!("gobuild wraps `go build` only, not `go {name}`"))
        .help(format!("run `go {name}` itself"));
    match name {
        "install" | "run" | "test" => {
            error.help("gobuild verify FILE compares a finished binary with an image")
        }
        "version" => error.help("gobuild --version prints the version of gobuild"),
        _ => error,
    }
}

/// A message may begin with a dash (`-race requires cgo`): a word with a space in it is no flag, and goes
/// where nobody takes it for one.
fn messages_last(words: &mut Vec<OsString>) {
    let is_message = |word: &OsString| {
        let word = word.as_encoded_bytes();
        word.starts_with(b"-") && !word.starts_with(b"--") && word.contains(&b' ')
    };
    if words.iter().any(|word| word == "--") {
        return;
    }
    let (messages, mut others): (Vec<_>, Vec<_>) = words.drain(..).partition(is_message);
    if !messages.is_empty() {
        others.push("--".into());
        others.extend(messages);
    }
    *words = others;
}

/// Hands gobuild's words to clap. `gobuild help VERB` is clap's own.
fn from_clap(command: Command, name: Option<&str>, own: &[OsString], line: GoLine) -> Result<Typed> {
    let words = std::iter::once("gobuild").chain(name).map(OsString::from).chain(own.iter().cloned());
    let parsed = command.try_get_matches_from(words).and_then(|matches| Cli::from_arg_matches(&matches));
    match parsed {
        Ok(cli) => Ok(typed(cli, line)),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            Ok(Typed { common: Common::default(), verb: Verb::Print(error.render().to_string()) })
        }
        Err(error) => Err(in_our_words(&error.render().to_string(), name)),
    }
}

fn built(options: BuildOptions, line: GoLine) -> (CommonOptions, BuildArgs) {
    let BuildOptions { targets, platforms, release, common } = options;
    (common, BuildArgs { targets, platforms, release, line })
}

fn verified(options: VerifyOptions) -> Typed {
    let VerifyOptions { files, targets, rootfs, image, platforms, all, every_file, markdown, common } =
        options;
    let all = all || markdown;
    let verb = Verb::Verify { files, targets, rootfs, image, platforms, all, every_file, markdown };
    Typed { common: common.into(), verb }
}

fn typed(cli: Cli, line: GoLine) -> Typed {
    let (common, verb) = match cli.verb {
        None => {
            let (common, args) = built(cli.build, line);
            (common, Verb::Build(args))
        }
        Some(VerbArgs::Build(options)) => {
            let (common, args) = built(options, line);
            (common, Verb::Build(args))
        }
        Some(VerbArgs::Plan(options)) => {
            let (common, args) = built(options, line);
            (common, Verb::Plan(args))
        }
        Some(VerbArgs::Verify(options)) => return verified(options),
        Some(VerbArgs::Image(ImageVerb::List(common))) => (common, Verb::ImageList),
        Some(VerbArgs::Image(ImageVerb::Show { image, common })) => (common, Verb::ImageShow { image }),
        Some(VerbArgs::Image(ImageVerb::Inspect { what, only, common })) => {
            (common, Verb::ImageInspect { what, platforms: only.platforms })
        }
        Some(VerbArgs::Image(ImageVerb::Pin { image, from, only, common })) => {
            (common, Verb::ImagePin { image, from, platforms: only.platforms })
        }
        Some(VerbArgs::Explain(options)) => {
            let ExplainOptions { subject, files, targets, platforms, common } = options;
            (common, Verb::Explain { subject: subject.join(" "), files, targets, platforms })
        }
        Some(VerbArgs::Dockerfile(options)) => {
            let DockerfileOptions {
                target,
                platforms,
                shape,
                builder,
                template,
                binary,
                output,
                force,
                ignore,
                common,
            } = options;
            let args =
                DockerfileArgs { target, platforms, shape, builder, template, binary, output, force, ignore };
            (common, Verb::Dockerfile(args))
        }
        Some(VerbArgs::Lint(options)) => {
            let LintOptions { files, stage, context, sarif, github, common } = options;
            let format = match (sarif, github) {
                (true, _) => Some(Format::Sarif),
                (false, true) => Some(Format::Github),
                (false, false) => None,
            };
            (common.with_format(format), Verb::Lint { files, stage, context })
        }
        Some(VerbArgs::Init(common)) => (common, Verb::Init),
        Some(VerbArgs::Doctor(common)) => (common, Verb::Doctor),
        Some(VerbArgs::Completions { shell, common }) => (common, Verb::Completions { shell }),
        Some(VerbArgs::Man(common)) => (common, Verb::Man),
    };
    Typed { common: common.into(), verb }
}

/// clap's message in the shape of ours: what is wrong, then its details and usage, then its tips.
fn in_our_words(text: &str, verb: Option<&str>) -> Error {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let mut message = first.strip_prefix("error: ").unwrap_or(first).to_owned();
    if message.ends_with(':') {
        // A list follows; its first entry is what the sentence is about.
        message = format!("{message} {}", lines.next().unwrap_or_default().trim());
    }
    let mut error = Error::new(message);
    for line in lines {
        if let Some(tip) = line.trim_start().strip_prefix("tip: ") {
            error = error.help(tip);
        } else if !line.trim().is_empty() && !line.starts_with("For more information") {
            error = error.detail(if line.starts_with(' ') { line.to_owned() } else { format!("  {line}") });
        }
    }
    let verb = verb.map_or_else(String::new, |verb| format!("{verb} "));
    error.help(format!("gobuild {verb}--help"))
}

#[cfg(test)]
mod tests;
