//! What became of one binary in one image.

use std::fmt;

/// In the few words that the table has room for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It did its work to the end; linked so, where gobuild said how.
    Runs(Option<String>),
    /// It did not, and this stood in the log.
    Fails(String),
    /// Go did not build it, and said this.
    NotBuilt(String),
    /// gobuild did not build it, or did not publish it.
    Refused,
}

impl Outcome {
    /// From whether it ran and what was said. None for what nobody has thought of.
    pub(super) fn of(ran: bool, log: &str) -> Option<Self> {
        if ran {
            return Some(Self::Runs(None));
        }
        let newest = versions(log).into_iter().max_by_key(|version| {
            let numbers = version.trim_start_matches("GLIBC_").split('.');
            numbers.map(|number| number.parse::<u32>().unwrap_or_default()).collect::<Vec<_>>()
        });
        if let Some(version) = newest {
            return Some(Self::Fails(format!("version `{version}' not found")));
        }
        let absent = "no such file or directory";
        log.contains(absent).then(|| Self::Fails(absent.to_owned()))
    }

    /// With how it is linked.
    pub(super) fn linked(self, kind: Option<&str>) -> Self {
        match self {
            Self::Runs(_) => Self::Runs(kind.map(str::to_owned)),
            other => other,
        }
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(self, Self::Runs(_))
    }

    pub(super) fn is_refused(&self) -> bool {
        *self == Self::Refused
    }
}

/// The versions that glibc's loader says it has not got: ``version `GLIBC_2.34' not found``.
fn versions(log: &str) -> Vec<&str> {
    let missing = log.split("version `").skip(1);
    missing.filter_map(|rest| Some(rest.split_once("' not found")?.0)).collect()
}

/// As the table has it, in Markdown.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Runs(None) => f.write_str("runs"),
            Self::Runs(Some(kind)) => write!(f, "runs, {kind}"),
            Self::Fails(words) if words.contains('`') => write!(f, "``{words}``"),
            Self::Fails(words) => write!(f, "`{words}`"),
            Self::NotBuilt(words) => write!(f, "not built: `{words}`"),
            Self::Refused => f.write_str("refused"),
        }
    }
}
