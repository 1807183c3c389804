//! One finding for people: evidence first, then what production would have shown, then the cause in this
//! build, then the ways out.

use crate::diagnostics::{Line, Severity};

use super::shown::Shown;
use super::style::{ERROR, HELP, QUIET, STRONG, WARNING, paint, plain};

/// Under the title, everything stands in by this much.
const INDENT: &str = "  ";
/// Between the middle and the right column.
const GAP: &str = "   ";

/// The finding as lines, each with its end, in ANSI styles.
pub fn render(shown: &Shown) -> String {
    let mut lines = vec![head(shown)];
    lines.extend(body(shown));
    lines.join("\n") + "\n"
}

/// The first line: how much it weighs, which check, what it is.
pub(super) fn head(shown: &Shown) -> String {
    let (word, style) = match shown.severity {
        Severity::Error => ("error", ERROR),
        Severity::Warning => ("warning", WARNING),
    };
    let allowed = if shown.allowed { " (allowed)" } else { "" };
    let head = paint(style, format_args!("{word}[{}]", shown.id));
    format!("{head}: {}{allowed}", paint(STRONG, plain(&shown.title)))
}

/// Everything under it.
pub(super) fn body(shown: &Shown) -> Vec<String> {
    let mut lines: Vec<String> = table(&shown.lines).collect();
    if let Some(text) = &shown.production {
        let reads = if shown.certain { "reads" } else { "may read" };
        lines.push(format!("{INDENT}in a pod this {reads}: {}", plain(text)));
    }
    if let Some(cause) = &shown.because {
        lines.push(format!("{INDENT}because: {}", plain(cause)));
    }
    lines.extend(shown.help.iter().flat_map(|text| help(text)));
    lines
}

/// The last line of a rejection: what the user does not have, and where the evidence is.
pub fn not_written(output: &str, rejected: &std::path::Path) -> String {
    let rejected = plain(&rejected.to_string_lossy());
    format!("{INDENT}{} was not written; the rejected file is {rejected}\n", plain(output))
}

/// Three columns, as wide as their widest cell.
fn table(evidence: &[Line]) -> impl Iterator<Item = String> {
    let widest = |cell: fn(&Line) -> &str, of: &mut dyn Iterator<Item = &Line>| {
        of.map(|line| plain(cell(line)).chars().count()).max().unwrap_or(0)
    };
    let label = widest(|line| &line.label, &mut evidence.iter());
    // A long value without a note moves nobody's note.
    let value = widest(|line| &line.value, &mut evidence.iter().filter(|line| line.note.is_some()));
    evidence.iter().map(move |line| {
        let left = format!("{INDENT}{:label$} ", plain(&line.label));
        match &line.note {
            Some(note) => {
                format!(
                    "{left}{:value$}{GAP}{}",
                    plain(&line.value),
                    paint(QUIET, format_args!("({})", plain(note)))
                )
            }
            None => format!("{left}{}", plain(&line.value)),
        }
    })
}

/// A way out; what follows its first line is there to be pasted, and stands under it.
fn help(text: &str) -> Vec<String> {
    let word = paint(HELP, "help");
    let lines = text.lines().enumerate();
    lines
        .map(|(index, line)| match index {
            0 => format!("{INDENT}{word}: {}", plain(line)),
            _ => format!("{INDENT}        {}", plain(line)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case};
    use crate::checks::verdict;
    use crate::diagnostics::Policy;
    use crate::origin::Origin;

    fn stripped(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    fn first(case: &Case, policy: &Policy) -> String {
        render(&Shown::of(&verdict(&case.subject(), policy).findings[0]))
    }

    fn glibc_on_alpine() -> Case {
        let environment = |name: &str| Origin::Environment(name.to_owned());
        Case::new(fix::glibc_go(&["libc.so.6"]))
            .image(fix::alpine())
            .cgo(true, environment("CGO_ENABLED"))
            .cc("gcc", environment("CC"))
    }

    #[test]
    fn the_message_that_the_tool_is_for() {
        let expected = "\
error[GB201]: the image has no loader for this binary
  rpc asks for    /lib64/ld-linux-x86-64.so.2   (glibc)
  alpine:3.20 has /lib/ld-musl-x86_64.so.1      (musl 1.2.5)
  in a pod this reads: exec /app/rpc: no such file or directory
  because: cgo was on and the C compiler was gcc (CGO_ENABLED=1, CC=gcc from the environment)
  help: unset both, or install a musl compiler: pip install ziglang
";
        let text = first(&glibc_on_alpine(), &Policy::default());
        assert_eq!(stripped(&text), expected);
        assert!(crate::diagnostics::catalog::GB201.page.contains(expected.trim_end()));
    }

    #[test]
    fn colour_marks_the_kind_the_title_the_notes_and_the_help() {
        let text = first(&glibc_on_alpine(), &Policy::default());
        let expected = "\
\u{1b}[1m\u{1b}[91merror[GB201]\u{1b}[0m: \u{1b}[1mthe image has no loader for this binary\u{1b}[0m
  rpc asks for    /lib64/ld-linux-x86-64.so.2   \u{1b}[2m(glibc)\u{1b}[0m
  alpine:3.20 has /lib/ld-musl-x86_64.so.1      \u{1b}[2m(musl 1.2.5)\u{1b}[0m
  in a pod this reads: exec /app/rpc: no such file or directory
  because: cgo was on and the C compiler was gcc (CGO_ENABLED=1, CC=gcc from the environment)
  \u{1b}[1m\u{1b}[96mhelp\u{1b}[0m: unset both, or install a musl compiler: pip install ziglang
";
        assert_eq!(text, expected);
    }

    #[test]
    fn what_was_allowed_is_a_warning_that_says_so() {
        let allow = Policy::parse(&["GB201"], &[]).unwrap();
        let text = stripped(&first(&glibc_on_alpine(), &allow));
        assert!(text.starts_with("warning[GB201]: the image has no loader for this binary (allowed)\n"));
    }

    #[test]
    fn a_table_to_paste_stands_under_its_help() {
        let case = Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::undescribed());
        let text = stripped(&first(&case, &Policy::default()));
        assert!(text.contains("  in a pod this may read: exec /app/rpc: no such"), "{text}");
        assert!(
            text.contains(
                "  help: say in gobuild.toml which C library the image has (`ldd --version` in it prints it):\n\
                 \x20         [image.\"registry.corp/base:7\"]\n          libc = \"glibc 2.36\"\n"
            ),
            "{text}"
        );
    }

    #[test]
    fn no_line_ends_in_a_space_and_a_binary_cannot_write_to_the_terminal() {
        let binary = fix::dynamic_go("/lib/\u{1b}[2J\u{7}ld.so", &["lib\n.so.1"]);
        let text = first(&Case::new(binary).image(fix::scratch()), &Policy::default());
        let text = stripped(&text);
        assert!(text.contains("/lib/\\u{1b}[2J\\u{7}ld.so"), "{text}");
        assert!(text.lines().all(|line| line.trim_end() == line), "{text:?}");
    }
}
