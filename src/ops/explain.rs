//! `gobuild explain`: the page of a check, or what is behind a message.

use std::io::Read as _;

use crate::checks::Verdict;
use crate::cli::{Common, ExplainArgs, Process};
use crate::diagnostics::catalog;
use crate::error::{Error, Result, io_reason};
use crate::report::explanation::{Answer, Examined, Explained};
use crate::report::{Event, Reporter};
use crate::suggest::closest;
use crate::symptoms::{self, CAUSES, Cause, Found, Suspicion, Symptom, suspect};

use super::build::jobs::typed_platforms;
use super::finished::Finished;
use super::session;
use super::sources::Sources;
use super::targets;

/// So much of a log is read, in bytes.
const LONGEST: u64 = 64 << 20;
/// So much of it is searched, in bytes: the message that matters stands near the end.
const SEARCHED: usize = 1 << 20;

/// Explains a check, a rule or a message; of several words that all are names, each.
///
/// # Errors
/// A problem before any verdict: usage, configuration, a missing tool, a file system that refuses.
pub fn run(process: &Process, common: &Common, args: &ExplainArgs, reporter: &dyn Reporter) -> Result<()> {
    // `--allow` takes ids with commas between them, and so does this.
    let words: Vec<&str> = args.subject.iter().flat_map(|word| word.split(',')).collect();
    if words.iter().all(|word| is_id(word) || is_name(word)) {
        // All of them are looked up before the first is shown.
        if let Some(strange) = words.iter().find(|word| !is_name(word)) {
            return catalog::find(strange).map(drop);
        }
        return words.iter().try_for_each(|word| one(process, common, args, word, reporter));
    }
    // A message that was pasted without quotes.
    match args.subject.join(" ").as_str() {
        "-" => one(process, common, args, &standard_input()?, reporter),
        typed => one(process, common, args, typed, reporter),
    }
}

/// Whether a word stands for a page by itself.
fn is_name(word: &str) -> bool {
    catalog::named(word).is_some() || symptoms::cause(word).is_some()
}

/// Whether a word is written like an id, given away or not: `GB999`.
fn is_id(word: &str) -> bool {
    let number = word.get(..2).filter(|start| start.eq_ignore_ascii_case("GB")).map(|_| &word[2..]);
    number.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

fn one(
    process: &Process,
    common: &Common,
    args: &ExplainArgs,
    subject: &str,
    reporter: &dyn Reporter,
) -> Result<()> {
    if let Some(page) = catalog::named(subject) {
        if let Some(file) = args.files.first() {
            return Err(Error::new(format!("{} is a check, and --file is for messages", page.id))
                .help(format!("gobuild verify {}", file.display())));
        }
        reporter.event(&Event::Page(page));
        return Ok(());
    }
    if let Some(cause) = symptoms::cause(subject) {
        let examined = examine(process, common, args, &[cause], reporter)?;
        answer(subject, Answer::Cause(cause), &examined, reporter);
        return Ok(());
    }
    match symptoms::find(subject) {
        Found::Symptoms(found) => {
            let mut causes: Vec<&'static Cause> = Vec::new();
            for cause in found.iter().flat_map(|known| known.symptom.all_causes()) {
                if !causes.contains(&cause) {
                    causes.push(cause);
                }
            }
            let examined = examine(process, common, args, &causes, reporter)?;
            answer(subject, Answer::Symptoms(&found), &examined, reporter);
            Ok(())
        }
        Found::Nearest(near) => Err(unknown(subject, &near)),
    }
}

fn standard_input() -> Result<String> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(LONGEST).read_to_end(&mut bytes);
    read.map_err(|error| Error::new(format!("cannot read standard input: {}", io_reason(&error))))?;
    let end = &bytes[bytes.len().saturating_sub(SEARCHED)..];
    Ok(String::from_utf8_lossy(end).into_owned())
}

/// One file for one image and platform.
struct Case {
    file: String,
    image: Option<String>,
    platform: String,
    verdict: Verdict,
    suspicions: Vec<(&'static Cause, Suspicion)>,
}

/// Runs the checks on every file that was named, as verify would.
fn examine(
    process: &Process,
    common: &Common,
    args: &ExplainArgs,
    causes: &[&'static Cause],
    reporter: &dyn Reporter,
) -> Result<Vec<Case>> {
    if args.files.is_empty() {
        return Ok(Vec::new());
    }
    let config = session::config(process, common, &process.dir)?;
    let policy = session::policy(common, config.0.as_ref())?;
    let sources = Sources::of(process, &config, reporter);
    let wanted = targets::wanted(sources, &args.targets)?;
    let wanted = if wanted.is_empty() { vec![None] } else { wanted.iter().map(Some).collect() };
    let typed = typed_platforms(&args.platforms)?;
    let mut judged = Vec::new();
    for path in &args.files {
        let file = Finished::open(process, path)?;
        for target in &wanted {
            for platform in file.platforms(&typed, *target) {
                let image = target.map(|target| &target.image);
                let verdict = file.judge(image, &platform.value, &policy);
                let said = |cause: &&'static Cause| {
                    (*cause, suspect(cause, &file.reading.binary, &verdict, image.is_some()))
                };
                judged.push(Case {
                    file: path.to_string_lossy().into_owned(),
                    image: image.map(|image| image.name.clone()),
                    platform: platform.value.to_string(),
                    suspicions: causes.iter().map(said).collect(),
                    verdict,
                });
            }
        }
    }
    Ok(judged)
}

fn answer(subject: &str, answer: Answer<'_>, cases: &[Case], reporter: &dyn Reporter) {
    let examined: Vec<Examined<'_>> = cases
        .iter()
        .map(|case| Examined {
            file: &case.file,
            image: case.image.as_deref(),
            platform: &case.platform,
            verdict: &case.verdict,
            suspicions: &case.suspicions,
        })
        .collect();
    reporter.event(&Event::Explained(&Explained { asked: subject, answer, files: &examined }));
}

/// Neither a check nor a message of the table.
fn unknown(subject: &str, near: &[&Symptom]) -> Error {
    let text = subject.trim();
    let one_word = !text.contains(char::is_whitespace);
    // One word was meant for a name, unless it is nothing like one.
    let names = catalog::all().flat_map(|one| [one.id, one.name]);
    let names: Vec<&str> = names.chain(CAUSES.iter().map(|cause| cause.name)).collect();
    if one_word && let Some(name) = closest(text, names) {
        return Error::new(format!("there is no check and no cause `{text}`"))
            .help(format!("did you mean `{name}`?"));
    }
    let shown: String = text.lines().next_back().unwrap_or_default().chars().take(120).collect();
    let error = if text.is_empty() {
        Error::new("there is no message to explain")
    } else {
        Error::new(format!("`{}` is neither a check nor a message that gobuild knows", shown.escape_debug()))
    };
    if near.is_empty() {
        return error
            .help("paste the message as the container, the pod or the build printed it")
            .help("docs/symptoms.md lists every known message");
    }
    near.iter().fold(error.detail("  the nearest messages are:"), |error, symptom| {
        error.detail(format!("    {}", symptom.message))
    })
}
