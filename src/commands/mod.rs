//! What was typed, to the one of [`crate::ops`] that does it, to the exit status.

use std::process::ExitCode;

use crate::cli::{self, Common, Process, Verb};
use crate::error::{Error, Result, io_reason, status};
use crate::ops::{Ended, build, dockerfile, doctor, explain, go_verb, image, init, lint, plan, verify};
use crate::report::shell::Shell;

/// Runs a command line to its end. Every problem has been written when this returns.
pub fn run(process: &Process) -> Ended {
    let typed = match cli::parse(&process.args) {
        Ok(typed) => typed,
        Err(error) => {
            Shell::new(&Common::default()).error(&error);
            return Ended::Exit(status::USAGE);
        }
    };
    let shell = Shell::new(&typed.common);
    let ended = dispatch(process, &typed.common, &typed.verb, &shell);
    let written = |ended| match (ended, shell.lost()) {
        (Ended::Exit(status::ACCEPTED), Some(lost)) => Err(lost),
        (ended, _) => Ok(ended),
    };
    ended.and_then(written).unwrap_or_else(|error| {
        shell.error(&error);
        Ended::Exit(error.status)
    })
}

fn dispatch(process: &Process, common: &Common, verb: &Verb, shell: &Shell) -> Result<Ended> {
    match verb {
        Verb::Build(args) => return build::run(process, common, args, shell),
        Verb::Plan(args) => plan::run(process, common, args, shell)?,
        Verb::Verify(args) => return verify::run(process, common, args, shell),
        Verb::ImageList => image::list(shell),
        Verb::ImageShow(args) => image::show(process, common, &args.image, shell)?,
        Verb::ImageInspect(args) => image::inspect(process, common, args, shell)?,
        Verb::ImagePin(args) => image::pin(process, common, args, shell)?,
        Verb::Explain(args) => explain::run(process, common, args, shell)?,
        Verb::Dockerfile(args) => dockerfile::run(process, common, args, shell)?,
        Verb::Lint(args) => return lint::run(process, common, args, shell),
        Verb::Go(words) => return go_verb::run(process, common, words),
        Verb::Init => init::run(process, common, shell)?,
        Verb::Doctor => doctor::run(process, common, shell)?,
        Verb::Completions { shell: which } => shell.result(&completions(*which)),
        Verb::Man => shell.result(&man()?),
        Verb::Print(text) => shell.result(&format!("{}\n", text.trim_end())),
    }
    Ok(Ended::Exit(status::ACCEPTED))
}

/// The current directory went away under the process: nothing can be found or written.
pub fn no_directory(error: &std::io::Error) -> ExitCode {
    let error = Error::new(format!("cannot tell the current directory: {}", io_reason(error)));
    Shell::new(&Common::default()).error(&error);
    ExitCode::from(status::USAGE)
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
