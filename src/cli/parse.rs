//! From words to [`Typed`]: which verb it is, and what belongs to whom.

mod quick;

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Command, CommandFactory, FromArgMatches};

use super::args::{Cli, ImageVerb, LintLine, VerbArgs, With};
use super::line::GoLine;
use super::split::{OwnFlags, Split, Word, classify, split};
use super::{BuildArgs, Common, Format, Typed, Verb, VerifyArgs, go_flags::Takes, go_verbs};
use crate::error::{Error, Result};

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
    if let Some(at) = at
        && let Some(words) = for_go(&args[at..])
    {
        // What stands in front of it is a build's: `make GO="gobuild --target alpine"`.
        let Typed { common, verb } = from_clap(command, None, &args[..at], GoLine::default())?;
        let verb = if let Verb::Build(_) = verb { Verb::Go(words) } else { verb };
        return Ok(Typed { common, verb });
    }
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

/// A line that is go's from its verb on: the verb itself, or `help` for it.
fn for_go(line: &[OsString]) -> Option<Vec<OsString>> {
    let about = match line {
        [help, about, ..] if help == "help" => about,
        [verb, ..] => verb,
        [] => return None,
    };
    about.to_str().is_some_and(go_verbs::is_passed_on).then(|| line.to_vec())
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
                let is_verb =
                    text == "help" || go_verbs::is_passed_on(text) || command.find_subcommand(text).is_some();
                return if is_verb { Ok(Some(at)) } else { go_verbs::refuse(text).map_or(Ok(None), Err) };
            }
        }
    }
    Ok(None)
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

fn built(own: BuildArgs, line: GoLine) -> BuildArgs {
    BuildArgs { line, ..own }
}

/// Only that table can be Markdown.
fn verified(own: VerifyArgs) -> Verb {
    Verb::Verify(VerifyArgs { all: own.all || own.markdown, ..own })
}

fn linted(line: LintLine) -> (Verb, Common) {
    let LintLine { with: With { own, mut common }, sarif, github } = line;
    if sarif {
        common.format = Format::Sarif;
    } else if github {
        common.format = Format::Github;
    }
    (Verb::Lint(own), common)
}

fn typed(cli: Cli, line: GoLine) -> Typed {
    let (verb, common) = match cli.verb {
        None => (Verb::Build(built(cli.build.own, line)), cli.build.common),
        Some(VerbArgs::Build(With { own, common })) => (Verb::Build(built(own, line)), common),
        Some(VerbArgs::Plan(With { own, common })) => (Verb::Plan(built(own, line)), common),
        Some(VerbArgs::Verify(With { own, common })) => (verified(own), common),
        Some(VerbArgs::Image(ImageVerb::List(common))) => (Verb::ImageList, common),
        Some(VerbArgs::Image(ImageVerb::Show(With { own, common }))) => (Verb::ImageShow(own), common),
        Some(VerbArgs::Image(ImageVerb::Inspect(With { own, common }))) => (Verb::ImageInspect(own), common),
        Some(VerbArgs::Image(ImageVerb::Pin(With { own, common }))) => (Verb::ImagePin(own), common),
        Some(VerbArgs::Explain(With { own, common })) => (Verb::Explain(own), common),
        Some(VerbArgs::Dockerfile(With { own, common })) => (Verb::Dockerfile(own), common),
        Some(VerbArgs::Lint(line)) => linted(line),
        Some(VerbArgs::Init(common)) => (Verb::Init, common),
        Some(VerbArgs::Doctor(common)) => (Verb::Doctor, common),
        Some(VerbArgs::Completions { shell, common }) => (Verb::Completions { shell }, common),
        Some(VerbArgs::Man(common)) => (Verb::Man, common),
    };
    Typed { common, verb }
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
