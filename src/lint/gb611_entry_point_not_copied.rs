//! `COPY app /usr/bin/` and `ENTRYPOINT ["/app"]` do not meet.

use super::contents::{self, Placed};
use super::facts::Facts;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb611::EntryPointNotCopied;
use crate::dockerfile::model::Value;
use crate::dockerfile::model::joined;
use crate::dockerfile::parse::Command;
use crate::image::taken_for::TakenFor;
use crate::image::{Fact, Image};
use crate::shell::has_hole;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB611, run };

/// Where images have programs of their own.
const SYSTEM: &[&str] =
    &["/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/usr/local/", "/lib/", "/busybox/", "/opt/", "/nix/"];
/// What the engines search where nothing sets PATH.
pub(super) const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let (entry, command) = facts.started();
    let Some(Command::Exec(words, _)) = entry.or(command) else { return Vec::new() };
    let Some(word) = words.first() else { return Vec::new() };
    // Only where the file makes everything: an image of somebody's own brings programs along.
    let plain = facts.final_image().is_some_and(|image| image.libc != Fact::Unknown && !is_derived(image));
    let bare = facts.final_image().is_some_and(|image| image.shell == Fact::Known(None));
    let Some(placed) = contents::placed(facts).filter(|_| plain && !word.text.contains('$')) else {
        return Vec::new();
    };
    let Some(workdir) = contents::workdir(facts) else { return Vec::new() };
    let wanted: Vec<String> = if word.text.contains('/') {
        vec![joined(&workdir, &word.text)]
    } else {
        let path = facts.resolved.stages[facts.last].before.last().map(|env| env.get("PATH"));
        let path = match path {
            Some(Value::Known(path)) => path,
            Some(Value::Unset) | None => PATH.to_owned(),
            Some(Value::Unknown(_)) => return Vec::new(),
        };
        path.split(':').map(|folder| joined(folder, &word.text)).collect()
    };
    if facts.runs(facts.last) && (!word.text.contains('/') || mentioned(facts, &word.text)) {
        return Vec::new();
    }
    let debug = facts.final_image().is_some_and(|image| image.written.contains(":debug"));
    // Distroless images have busybox there where their tag says so, and nothing else.
    let has = |path: &String| {
        SYSTEM.iter().any(|folder| path.starts_with(folder) && (!bare || (debug && *folder == "/busybox/")))
    };
    // A bare word that is copied under its name into a folder that nobody searches is no program of the image's.
    let beside = |one: &Placed| one.path.rsplit('/').next() == Some(word.text.as_str());
    if wanted.iter().any(has) && (word.text.contains('/') || !placed.iter().any(beside)) {
        return Vec::new();
    }
    let there = placed.iter().any(|one| wanted.iter().any(|path| one.covers(path)));
    if there || placed.is_empty() {
        return Vec::new();
    }
    let found = EntryPointNotCopied {
        word: word.text.clone(),
        path: word.text.contains('/').then(|| wanted[0].clone()),
        copied: placed.iter().map(|one| one.path.clone()).collect(),
        meant: best(&placed, &word.text),
        workdir,
    };
    vec![super::found(&word.span, found)]
}

fn is_derived(image: &Image) -> bool {
    matches!(image.taken_for, Some(TakenFor::MadeFrom { .. }))
}

/// Whether a RUN of the stage speaks of it.
fn mentioned(facts: &Facts<'_>, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is = |word: &String| word.split(['/', '=', ':']).any(|part| part == name) || has_hole(word);
    facts.ran(facts.last).any(|ran| ran.words.iter().chain(&ran.files).any(is))
}

/// What was probably meant: the copied file of the same name, else the first.
fn best(placed: &[Placed], wanted: &str) -> String {
    let name = wanted.rsplit('/').next().unwrap_or(wanted);
    let same = placed.iter().find(|one| one.path.rsplit('/').next() == Some(name));
    same.or(placed.first()).map(|one| one.path.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{quiet, said};

    #[test]
    fn a_bare_name_is_looked_for_in_path_alone_whatever_the_image_has_there() {
        let text = "FROM golang:1.27-bookworm AS build\nWORKDIR /src\nCOPY . .\n\
                    RUN CGO_ENABLED=0 go build -o /out/app .\nFROM alpine:3.24\nWORKDIR /app\n\
                    COPY --from=build /out/app /app/\nENTRYPOINT [\"app\"]\n";
        assert_eq!(said(&RULE, text), ["app"]);
        quiet(&RULE, &text.replace("/app/\nENTRY", "/usr/local/bin/\nENTRY"));
        // The image's own program starts it.
        quiet(&RULE, &text.replace("[\"app\"]", "[\"sh\", \"-c\", \"/app/app\"]"));
    }

    #[test]
    fn fires() {
        assert_eq!(
            said(
                &RULE,
                "FROM golang:1.27-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nFROM scratch\nCOPY --from=build /app /usr/bin/\nENTRYPOINT [\"/app\"]\n"
            ),
            ["/app"]
        );
        assert_eq!(
            said(
                &RULE,
                "FROM golang:1.27-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\nENTRYPOINT [\"app\"]\n"
            ),
            ["app"]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(
            &RULE,
            "FROM golang:1.27-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nFROM scratch\nCOPY --from=build /app /usr/bin/\nENTRYPOINT [\"app\"]\n",
        );
        quiet(
            &RULE,
            "FROM golang:1.27-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nFROM scratch\nWORKDIR /x\nCOPY --from=build /app .\nCMD [\"./app\"]\n",
        );
    }

    #[test]
    fn does_not_guess() {
        quiet(
            &RULE,
            "FROM golang:1.27-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nFROM scratch\nCOPY --from=build /root /\nENTRYPOINT [\"/server\"]\n",
        );
        quiet(
            &RULE,
            "FROM golang:1.27-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nFROM registry.example.com/base:7\nCOPY --from=build /app /x\nENTRYPOINT [\"/server\"]\n",
        );
        quiet(
            &RULE,
            "FROM golang:1.27-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nFROM scratch\nARG TO\nCOPY --from=build /app $TO\nENTRYPOINT [\"/server\"]\n",
        );
    }
}
