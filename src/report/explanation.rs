//! The answer to a pasted message: what gives it, how to tell which, what to do.

use std::fmt::Write as _;

use super::shown::Shown;
use super::style::{HELP, QUIET, STRONG, paint, plain};
use crate::checks::Verdict;
use crate::plan::known_libraries::{by_header, by_link, by_pkg_config};
use crate::symptoms::{Cause, Named, Recognised, Suspicion};

/// A file that may be the reason, held against one image and platform.
#[derive(Debug, Clone, Copy)]
pub struct Examined<'a> {
    /// The file as it was typed.
    pub file: &'a str,
    /// The image's name, if one was named.
    pub image: Option<&'a str>,
    /// The platform.
    pub platform: &'a str,
    /// The verdict.
    pub verdict: &'a Verdict,
    /// What the file says of each cause, in the order of the answer.
    pub suspicions: &'a [(&'static Cause, Suspicion)],
}

/// The answer to what was asked.
#[derive(Debug, Clone, Copy)]
pub struct Explained<'a> {
    /// The message, or the name of a cause.
    pub asked: &'a str,
    /// What it stands for.
    pub answer: Answer<'a>,
    /// The files that were named, held against each image.
    pub files: &'a [Examined<'a>],
}

/// What a message stands for.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    /// A cause that was asked for by its name.
    Cause(&'static Cause),
    /// Symptoms, each with its causes.
    Symptoms(&'a [Recognised]),
}

/// For people. What the file says comes first: it is why somebody named it.
pub fn explained(explained: &Explained<'_>) -> String {
    let files: String = explained.files.iter().map(examined).collect();
    files
        + &match explained.answer {
            Answer::Cause(cause) => self::cause(cause),
            Answer::Symptoms(found) => human(found),
        }
}

/// The symptoms of a text with everything that gives them.
fn human(found: &[Recognised]) -> String {
    let each = found.iter().map(|Recognised { symptom, named }| {
        let mut text = format!("{}\n  {}\n", paint(STRONG, symptom.message), symptom.says);
        text.extend(named.iter().filter_map(held_by).map(|line| format!("  {line}\n")));
        let causes: Vec<&Cause> = symptom.all_causes().collect();
        if causes.len() > 1 {
            let _ = writeln!(text, "  {} causes, the most frequent first", causes.len());
        }
        for (index, cause) in causes.iter().enumerate() {
            let number = if causes.len() > 1 { format!("{}. ", index + 1) } else { String::new() };
            let _ = write!(text, "\n{number}{}", self::cause(cause));
        }
        text
    });
    each.collect::<Vec<_>>().join("\n")
}

/// Which packages of distributions hold what is named, where that is known.
fn held_by(named: &Named) -> Option<String> {
    let (name, known) = match named {
        Named::Library(name) => (format!("-l{name}"), by_link(name)?),
        Named::Header(name) => (name.clone(), by_header(name)?),
        Named::PkgConfig(name) => (name.clone(), by_pkg_config(std::slice::from_ref(name)).first().copied()?),
        _ => return None,
    };
    Some(format!("{}: {}", plain(&name), known.packages()))
}

/// One cause.
fn cause(cause: &Cause) -> String {
    let checks = cause.checks.iter().map(|&id| id.to_owned());
    let often = std::iter::once(cause.often.to_string()).chain(checks);
    let often = paint(QUIET, format_args!("({})", often.collect::<Vec<_>>().join(", ")));
    let mut text = format!("{} {often}\n   {}\n", paint(STRONG, cause.name), cause.summary);
    for line in cause.tell {
        let _ = writeln!(text, "   tell: {line}");
    }
    for line in cause.fix {
        let _ = writeln!(text, "   {}: {line}", paint(HELP, "help"));
    }
    text
}

/// Which of the causes a file is, and what else was found in it.
fn examined(examined: &Examined<'_>) -> String {
    let place = match examined.image {
        Some(image) => format!("{} on {}", plain(image), examined.platform),
        None => examined.platform.to_owned(),
    };
    let head = format!("{} for {place}", plain(examined.file));
    let mut text = format!("{}\n", paint(STRONG, head));
    let any = |suspicion| examined.suspicions.iter().any(|(_, said)| *said == suspicion);
    if !any(Suspicion::Yes) {
        let word = if any(Suspicion::Possible) || any(Suspicion::Unknown) {
            "not certain"
        } else {
            "none that a file shows"
        };
        let _ = writeln!(text, "  it is        {word}");
    }
    for (label, wanted) in [
        ("it is", Suspicion::Yes),
        ("possible", Suspicion::Possible),
        ("not known", Suspicion::Unknown),
        ("no file shows", Suspicion::Invisible),
        ("ruled out", Suspicion::No),
    ] {
        let names: Vec<&str> = examined
            .suspicions
            .iter()
            .filter(|(_, said)| *said == wanted)
            .map(|(cause, _)| cause.name)
            .collect();
        if !names.is_empty() {
            let _ = writeln!(text, "  {label:13}{}", names.join(", "));
        }
    }
    if any(Suspicion::Unknown) && examined.image.is_none() {
        let _ =
            writeln!(text, "  {}: name the image that it ran in: --target alpine:3.20", paint(HELP, "help"));
    }
    for finding in &examined.verdict.findings {
        text.push_str(&super::finding::render(&Shown::of(finding)));
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case};
    use crate::checks::verdict;
    use crate::diagnostics::Policy;
    use crate::report::json_explanation::ExplanationObject;
    use crate::symptoms::{Found, find, suspect};

    fn symptom(text: &str) -> Recognised {
        match find(text) {
            Found::Symptoms(mut found) => found.remove(0),
            Found::Nearest(near) => panic!("{near:?}"),
        }
    }

    fn plainly(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn an_answer_counts_its_causes_and_a_single_one_has_no_number() {
        let text = plainly(&human(&[symptom("exec /x: no such file or directory")]));
        assert!(text.starts_with("exec /app/rpc: no such file or directory\n  the file is there"), "{text}");
        assert!(text.contains(
            "\n  7 causes, the most frequent first\n\n1. glibc-loader-missing (very common, GB201)\n"
        ));
        assert!(text.contains("\n   tell: `") && text.contains("\n   help: "), "{text}");
        let text = plainly(&human(&[symptom("x509: certificate signed by unknown authority")]));
        assert!(
            text.contains("\n\nno-ca-certificates (very common, GB301)\n") && !text.contains("causes,"),
            "{text}"
        );
    }

    #[test]
    fn a_file_says_which_it_is_which_it_is_not_and_everything_that_was_found() {
        let case = Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::alpine()).mode(0o644);
        let verdict = verdict(&case.subject(), &Policy::default());
        let causes = symptom("exec /x: no such file or directory").symptom.all_causes();
        let suspicions: Vec<_> =
            causes.map(|cause| (cause, suspect(cause, &case.binary, &verdict, true))).collect();
        let file = Examined {
            file: "rpc",
            image: Some("alpine:3.20"),
            platform: "linux/amd64",
            verdict: &verdict,
            suspicions: &suspicions,
        };
        let text = plainly(&examined(&file));
        assert!(
            text.starts_with("rpc for alpine:3.20 on linux/amd64\n  it is        glibc-loader-missing\n"),
            "{text}"
        );
        assert!(text.contains("  ruled out    script-interpreter, pie-loader, "), "{text}");
        assert!(text.contains("error[GB106]") && text.contains("error[GB201]"), "{text}");
        let explained = Explained { asked: "exec", answer: Answer::Symptoms(&[]), files: &[file] };
        let object = serde_json::to_value(ExplanationObject::of(&explained, &[])).unwrap();
        assert_eq!(object["files"][0]["causes"]["glibc-loader-missing"], "yes");
        assert_eq!(object["files"][0]["findings"][1]["id"], "GB201");
    }

    #[test]
    fn without_an_image_the_help_asks_for_one() {
        let case = Case::new(fix::glibc_go(&["libc.so.6"]));
        let verdict = verdict(&case.subject(), &Policy::default());
        let loader = crate::symptoms::cause("glibc-loader-missing").unwrap();
        let suspicions = [(loader, suspect(loader, &case.binary, &verdict, false))];
        let file = Examined {
            file: "rpc",
            image: None,
            platform: "linux/amd64",
            verdict: &verdict,
            suspicions: &suspicions,
        };
        let text = plainly(&examined(&file));
        assert!(
            text.contains("  it is        not certain\n") && text.contains("help: name the image"),
            "{text}"
        );
    }
}
