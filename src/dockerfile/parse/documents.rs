//! Here-documents that do not stand at the start of a `RUN` (`RUN cat <<EOF > /x`), or are its second:
//! the crate reads the first one at the start alone, and takes other bodies for instructions. Blanked out
//! here, byte for byte, so that every offset stays what it was.

/// The text with such bodies turned into blank lines.
pub(super) fn masked(text: &str) -> String {
    let escape = escape_letter(text);
    let mut out = text.as_bytes().to_vec();
    let mut lines = offsets(text).into_iter();
    while let Some((_, line)) = lines.next() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let mut whole = line.trim().to_owned();
        while let Some(open) = whole.strip_suffix(escape) {
            whole.truncate(open.len());
            let next = lines
                .by_ref()
                .map(|(_, line)| line.trim())
                .find(|line| !line.is_empty() && !line.starts_with('#'));
            match next {
                Some(line) => whole.push_str(line),
                None => break,
            }
        }
        let first = starts_with_document(&whole);
        for (at, end) in here_documents(&whole).into_iter().enumerate() {
            // The crate knows the first of a RUN that begins with it, and all of COPY and ADD.
            let known = !is(&whole, "RUN") || (at == 0 && first);
            for (start, line) in lines.by_ref() {
                if !known {
                    out[start..start + line.trim_end_matches(['\r', '\n']).len()].fill(b' ');
                }
                if line.trim_start_matches('\t').trim_end() == end {
                    break;
                }
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

fn offsets(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let start = at;
            at += line.len();
            (start, line)
        })
        .collect()
}

fn is(instruction: &str, name: &str) -> bool {
    instruction.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name))
        && instruction[name.len()..].starts_with(char::is_whitespace)
}

/// Whether the first word behind `RUN` and its options opens a here-document.
fn starts_with_document(instruction: &str) -> bool {
    let first = instruction.split_whitespace().skip(1).find(|word| !word.starts_with("--"));
    first.is_some_and(|word| word.starts_with("<<") && !word.starts_with("<<<"))
}

/// The `# escape=` directive counts only in the comments at the very top.
fn escape_letter(dockerfile: &str) -> char {
    let directives = dockerfile.lines().map_while(|line| line.trim().strip_prefix('#')?.split_once('='));
    let mut escapes = directives.filter(|(name, _)| name.trim().eq_ignore_ascii_case("escape"));
    escapes.next().and_then(|(_, value)| value.trim().chars().next()).unwrap_or('\\')
}

/// The words that end the here-documents of an instruction: `RUN <<EOF`, `COPY <<-'A' <<B /x/`.
fn here_documents(text: &str) -> Vec<String> {
    if !["RUN", "COPY", "ADD"].iter().any(|name| is(text, name)) {
        return Vec::new();
    }
    let documents = text.split_whitespace().filter_map(|word| {
        let (before, word) = word.split_once("<<")?;
        // A file descriptor may stand in front; `<<<` is a shell's here-string.
        let plain = before.chars().all(|letter| letter.is_ascii_digit()) && !word.starts_with('<');
        let word = word.trim_start_matches('-').trim_matches(['"', '\'']);
        (plain && word.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_'))
            .then(|| word.to_owned())
    });
    documents.collect()
}
