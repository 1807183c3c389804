//! What was typed, to the one of [`crate::ops`] that does it, to the exit status.

use std::process::ExitCode;

use crate::cli::{self, Color, Common, Process, Verb};
use crate::error::{Error, Result, io_reason, status};
use crate::ops::{Ended, build, dockerfile, doctor, explain, go_verb, image, init, lint, plan, verify};
use crate::report::writer::Writer;
use crate::report::{self, Event, Reporter};

/// Runs a command line to its end. Every problem has been written when this returns.
pub fn run(process: &Process) -> Ended {
    let typed = match cli::parse(&process.args) {
        Ok(typed) => typed,
        Err(error) => {
            return problem(&error);
        }
    };
    let writer = Writer::new(typed.common.color);
    let reporter = report::reporter(&typed.common, &writer);
    let reporter = reporter.as_ref();
    let ended = dispatch(process, &typed.common, &typed.verb, reporter);
    let written = |ended| match (ended, writer.lost()) {
        (Ended::Exit(status::ACCEPTED), Some(lost)) => Err(lost),
        (ended, _) => Ok(ended),
    };
    ended.and_then(written).unwrap_or_else(|error| {
        reporter.event(&Event::Error(&error));
        Ended::Exit(error.status)
    })
}

fn dispatch(process: &Process, common: &Common, verb: &Verb, reporter: &dyn Reporter) -> Result<Ended> {
    match verb {
        Verb::Build(args) => return build::run(process, common, args, reporter),
        Verb::Plan(args) => plan::run(process, common, args, reporter)?,
        Verb::Verify(args) => return verify::run(process, common, args, reporter),
        Verb::ImageList => image::list(reporter),
        Verb::ImageShow(args) => image::show(process, common, &args.image, reporter)?,
        Verb::ImageInspect(args) => image::inspect(process, common, args, reporter)?,
        Verb::ImagePin(args) => image::pin(process, common, args, reporter)?,
        Verb::Explain(args) => explain::run(process, common, args, reporter)?,
        Verb::Dockerfile(args) => dockerfile::run(process, common, args, reporter)?,
        Verb::Lint(args) => return lint::run(process, common, args, reporter),
        Verb::Go(words) => return go_verb::run(process, common, words),
        Verb::Init => init::run(process, common, reporter)?,
        Verb::Doctor => doctor::run(process, common, reporter)?,
        Verb::Completions { shell } => reporter.event(&Event::Text(&completions(*shell))),
        Verb::Man => reporter.event(&Event::Text(&man()?)),
        Verb::Print(text) => reporter.event(&Event::Text(&format!("{}\n", text.trim_end()))),
    }
    Ok(Ended::Exit(status::ACCEPTED))
}

/// The current directory went away under the process: nothing can be found or written.
pub fn no_directory(error: &std::io::Error) -> ExitCode {
    let error = Error::new(format!("cannot tell the current directory: {}", io_reason(error)));
    problem(&error);
    ExitCode::from(status::USAGE)
}

/// What is wrong before anybody could say how to write it.
fn problem(error: &Error) -> Ended {
    let writer = Writer::new(Color::Auto);
    report::reporter(&Common::default(), &writer).event(&Event::Error(error));
    Ended::Exit(status::USAGE)
}

fn completions(shell: clap_complete::Shell) -> String {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut cli::command(), "gobuild", &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

fn man() -> Result<String> {
    let mut text = Vec::new();
    let page = clap_mangen::Man::new(cli::command());
    page.render(&mut text)
        .map_err(|error| Error::new(format!("cannot write the manual: {}", io_reason(&error))))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
