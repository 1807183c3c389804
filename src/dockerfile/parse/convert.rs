//! The crate's tree into ours.

use parse_dockerfile::{self as tree, Instruction};

use super::{Argument, Command, Copy, Dockerfile, Mount, Run, Stage, Step, What, Word, pairs};

pub(super) fn file(text: &str, parsed: &tree::Dockerfile<'_>) -> Dockerfile {
    let globals = parsed.global_args().flat_map(arguments).collect();
    let stages = parsed
        .stages()
        .map(|found| {
            let from = found.from;
            let end = from.as_.as_ref().map_or(from.image.span.end, |(_, name)| name.span.end);
            Stage {
                span: from.from.span.start..end,
                image: word(&from.image),
                name: from.as_.as_ref().map(|(_, name)| word(name)),
                platform: from.options.iter().find(|flag| flag.name.value == "platform").and_then(value),
                steps: found.instructions.iter().map(step).collect(),
            }
        })
        .collect();
    Dockerfile { text: text.to_owned(), globals, stages }
}

fn word(found: &tree::UnescapedString<'_>) -> Word {
    Word { text: found.value.to_string(), span: found.span.clone() }
}

fn value(flag: &tree::Flag<'_>) -> Option<Word> {
    flag.value.as_ref().map(word)
}

fn arguments(arg: &tree::ArgInstruction<'_>) -> Vec<Argument> {
    pairs::arguments(&word(&arg.arguments))
}

fn command(found: &tree::Command<'_>) -> Command {
    match found {
        tree::Command::Exec(words) => {
            Command::Exec(words.value.iter().map(word).collect(), words.span.clone())
        }
        tree::Command::Shell(text) => {
            Command::Shell(Word { text: text.value.to_owned(), span: text.span.clone() })
        }
        _ => Command::Exec(Vec::new(), 0..0),
    }
}

fn step(instruction: &Instruction<'_>) -> Step {
    let (start, end, what) = match instruction {
        Instruction::Arg(arg) => (&arg.arg, arg.arguments.span.end, What::Arg(arguments(arg))),
        Instruction::Env(env) => {
            (&env.env, env.arguments.span.end, What::Env(pairs::variables(&env.arguments.value)))
        }
        Instruction::Add(add) => {
            let copy = copy(true, &add.options, &add.src, &add.dest);
            (&add.add, add.dest.span.end, What::Copy(copy))
        }
        Instruction::Copy(found) => {
            let copy = copy(false, &found.options, &found.src, &found.dest);
            (&found.copy, found.dest.span.end, What::Copy(copy))
        }
        Instruction::Run(run) => {
            let command = command(&run.arguments);
            let end = command.span().end;
            let mounts = run.options.iter().filter(|flag| flag.name.value == "mount").filter_map(value);
            let found = Run {
                mounts: mounts.map(|word| Mount::read(&word.text)).collect(),
                script: script(&command, &run.here_docs),
                command,
            };
            (&run.run, end, What::Run(found))
        }
        Instruction::Entrypoint(found) => {
            let command = command(&found.arguments);
            (&found.entrypoint, command.span().end, What::Entrypoint(command))
        }
        Instruction::Cmd(found) => {
            let command = command(&found.arguments);
            (&found.cmd, command.span().end, What::Cmd(command))
        }
        Instruction::Healthcheck(found) => match &found.arguments {
            tree::HealthcheckArguments::Cmd { arguments, .. } => {
                let command = command(arguments);
                (&found.healthcheck, command.span().end, What::Healthcheck(Some(command)))
            }
            _ => (&found.healthcheck, found.healthcheck.span.end, What::Healthcheck(None)),
        },
        Instruction::User(user) => (&user.user, user.arguments.span.end, What::User(word(&user.arguments))),
        Instruction::Workdir(found) => {
            (&found.workdir, found.arguments.span.end, What::Workdir(word(&found.arguments)))
        }
        Instruction::Expose(found) => {
            let ports: Vec<Word> = found.arguments.iter().map(word).collect();
            (&found.expose, last(&found.expose, &ports), What::Expose(ports))
        }
        Instruction::Volume(found) => {
            let paths: Vec<Word> = match &found.arguments {
                tree::JsonOrStringArray::Json(words) => words.value.iter().map(word).collect(),
                tree::JsonOrStringArray::String(words) => words.iter().map(word).collect(),
            };
            (&found.volume, last(&found.volume, &paths), What::Volume(paths))
        }
        Instruction::Shell(found) => {
            let words: Vec<Word> = found.arguments.iter().map(word).collect();
            (&found.shell, last(&found.shell, &words), What::Shell(words))
        }
        _ => return Step { span: 0..0, what: What::Other },
    };
    Step { span: start.span.start..end.max(start.span.end), what }
}

fn last(keyword: &tree::Keyword, words: &[Word]) -> usize {
    words.last().map_or(keyword.span.end, |word| word.span.end)
}

/// The body of `RUN <<EOF`: it is the script unless a program stands behind the word to
/// take it.
fn script(command: &Command, documents: &[tree::HereDoc<'_>]) -> Option<String> {
    let Command::Shell(Word { text, .. }) = command else { return None };
    documents.first().filter(|_| text.trim().is_empty()).map(|document| document.value.to_string())
}

fn copy(
    adds: bool,
    options: &[tree::Flag<'_>],
    sources: &[tree::Source<'_>],
    to: &tree::UnescapedString<'_>,
) -> Copy {
    let option = |name: &str| options.iter().find(|flag| flag.name.value == name).and_then(value);
    let paths: Vec<Word> = sources
        .iter()
        .filter_map(|source| match source {
            tree::Source::Path(path) => Some(word(path)),
            _ => None,
        })
        .collect();
    Copy {
        adds,
        from: option("from"),
        chown: option("chown").map(|word| word.text),
        chmod: option("chmod").map(|word| word.text),
        documents: sources.len() - paths.len(),
        sources: paths,
        to: word(to),
    }
}
