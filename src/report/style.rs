//! The palette. Text is always made with ANSI styles; the one writer strips them where nobody can see them.
//! No word depends on a colour: every style stands on a text that says the same.

use anstyle::{AnsiColor, Style};

/// `error`, and what rejects.
pub const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
/// `warning`, and what is only said.
pub const WARNING: Style = AnsiColor::BrightYellow.on_default().bold();
/// `help`, `note`: a way out.
pub const HELP: Style = AnsiColor::BrightCyan.on_default().bold();
/// Status words in cargo's place: `Building`, `Verifying`, `Finished`.
pub const STATUS: Style = AnsiColor::BrightGreen.on_default().bold();
/// The one line that has to be read.
pub const STRONG: Style = Style::new().bold();
/// Origins and sources behind a value.
pub const QUIET: Style = Style::new().dimmed();

/// A text in a style. The text itself must hold no style.
pub fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Text out of a file or an image, with control characters shown instead of obeyed: a binary can name a
/// loader that would clear the terminal.
pub fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_control() {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// Text of several lines out of anywhere (a path, a configuration, go's own words), with all control characters
/// but those that set lines and columns shown instead of obeyed.
pub fn lines(text: &str) -> String {
    let line = |line: &str| line.split('\t').map(plain).collect::<Vec<_>>().join("\t");
    let all = text.split('\n').map(|text| line(text.strip_suffix('\r').unwrap_or(text)));
    all.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_ends_where_its_text_ends() {
        let painted = paint(ERROR, "error");
        assert!(painted.starts_with("\u{1b}[") && painted.ends_with("\u{1b}[0m"), "{painted:?}");
        assert_eq!(anstream::adapter::strip_str(&painted).to_string(), "error");
    }

    #[test]
    fn control_characters_are_shown() {
        assert_eq!(plain("/lib/\u{1b}[2Jld.so\n"), "/lib/\\u{1b}[2Jld.so\\n");
        assert_eq!(plain("é…"), "é…");
        assert_eq!(lines("a\tb\n\u{1b}[2J\rx\r\nc\n"), "a\tb\n\\u{1b}[2J\\rx\nc\n");
    }
}
