//! The answer to `gobuild explain` as one JSON object: `{"reason":"explanation",…}` of a pasted message,
//! `{"reason":"cause",…}` of a cause that was asked for by its name.

use std::collections::BTreeMap;

use serde::Serialize;

use super::explanation::{Examined, Explained};
use super::shown::Shown;
use super::version::ShapeVersion;
use crate::symptoms::{Cause, Named, Often, Recognised, Suspicion};

/// What is behind a pasted message.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ExplanationObject<'a> {
    version: ShapeVersion,
    /// The text as it was given.
    asked: &'a str,
    /// What was found in it.
    symptoms: Vec<FoundSymptom<'a>>,
    /// One for each `--file`, target and platform.
    files: Vec<ExaminedFile<'a>>,
}

/// One cause.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CauseObject<'a> {
    version: ShapeVersion,
    /// The cause.
    cause: KnownCause,
    /// One for each `--file`, target and platform.
    files: Vec<ExaminedFile<'a>>,
}

/// A message that is known.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FoundSymptom<'a> {
    /// How it looks.
    message: &'static str,
    /// What the words mean, whatever the cause.
    says: &'static str,
    /// Whether nearly every log has it.
    vague: bool,
    /// What the text names in it, each once.
    named: &'a [Named],
    /// What gives it, the most frequent first.
    causes: Vec<KnownCause>,
}

/// One thing that goes wrong.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KnownCause {
    /// `glibc-loader-missing`
    name: &'static str,
    /// How often it is met.
    often: Often,
    /// What is wrong, one clause.
    summary: &'static str,
    /// How it is told from the others.
    tell: &'static [&'static str],
    /// What to do, the cheapest first.
    fix: &'static [&'static str],
    /// Ids of the checks that see it in a finished binary.
    checks: &'static [&'static str],
}

/// A file that may be the reason, held against one image and platform.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ExaminedFile<'a> {
    /// The file as it was typed.
    file: &'a str,
    /// The image's name; null where none was named.
    image: Option<&'a str>,
    /// The platform.
    platform: &'a str,
    /// Whether nothing rejects it.
    accepted: bool,
    /// What the file says of each cause, by the cause's name.
    causes: BTreeMap<&'static str, Suspicion>,
    /// Every finding.
    findings: Vec<Shown>,
}

impl<'a> ExplanationObject<'a> {
    pub(super) fn of(explained: &Explained<'a>, found: &'a [Recognised]) -> Self {
        Self {
            version: ShapeVersion,
            asked: explained.asked,
            symptoms: found.iter().map(FoundSymptom::of).collect(),
            files: explained.files.iter().map(ExaminedFile::of).collect(),
        }
    }
}

impl<'a> CauseObject<'a> {
    pub(super) fn of(cause: &'static Cause, files: &[Examined<'a>]) -> Self {
        Self {
            version: ShapeVersion,
            cause: KnownCause::of(cause),
            files: files.iter().map(ExaminedFile::of).collect(),
        }
    }
}

impl<'a> FoundSymptom<'a> {
    fn of(found: &'a Recognised) -> Self {
        let symptom = found.symptom;
        Self {
            message: symptom.message,
            says: symptom.says,
            vague: symptom.vague,
            named: &found.named,
            causes: symptom.all_causes().map(KnownCause::of).collect(),
        }
    }
}

impl KnownCause {
    fn of(cause: &'static Cause) -> Self {
        Self {
            name: cause.name,
            often: cause.often,
            summary: cause.summary,
            tell: cause.tell,
            fix: cause.fix,
            checks: cause.checks,
        }
    }
}

impl<'a> ExaminedFile<'a> {
    fn of(file: &Examined<'a>) -> Self {
        Self {
            file: file.file,
            image: file.image,
            platform: file.platform,
            accepted: file.verdict.accepted(),
            causes: file.suspicions.iter().map(|(cause, said)| (cause.name, *said)).collect(),
            findings: Shown::all(&file.verdict.findings),
        }
    }
}
