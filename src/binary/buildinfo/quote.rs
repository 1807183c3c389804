//! Go's string literals, which hold the keys and values that have spaces in them (`strconv.Unquote`).

/// The literal at the start of a text and what follows it, or none.
pub(super) fn literal(text: &str) -> Option<(String, &str)> {
    if let Some(rest) = text.strip_prefix('`') {
        let (inside, rest) = rest.split_once('`')?;
        return Some((inside.replace('\r', ""), rest));
    }
    let mut rest = text.strip_prefix('"')?;
    let mut bytes = Vec::new();
    loop {
        let next = rest.chars().next()?;
        rest = &rest[next.len_utf8()..];
        match next {
            '"' => break,
            '\n' => return None,
            '\\' => rest = escape(rest, &mut bytes)?,
            other => bytes.extend(other.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    // An escape may stand for a byte that is no UTF-8: a flag that was typed so. It is shown as such.
    Some((String::from_utf8_lossy(&bytes).into_owned(), rest))
}

/// Reads what follows a backslash.
fn escape<'a>(text: &'a str, bytes: &mut Vec<u8>) -> Option<&'a str> {
    let kind = text.chars().next()?;
    let rest = &text[kind.len_utf8()..];
    let plain = match kind {
        'a' => 7,
        'b' => 8,
        't' => b'\t',
        'n' => b'\n',
        'v' => 11,
        'f' => 12,
        'r' => b'\r',
        '\\' => b'\\',
        '"' => b'"',
        'x' => return byte(rest, 2, 16, bytes),
        '0'..='7' => return byte(text, 3, 8, bytes),
        'u' => return character(rest, 4, bytes),
        'U' => return character(rest, 8, bytes),
        _ => return None,
    };
    bytes.push(plain);
    Some(rest)
}

fn number(text: &str, digits: usize, radix: u32) -> Option<(u32, &str)> {
    let number = text.get(..digits).filter(|number| number.chars().all(|digit| digit.is_digit(radix)))?;
    Some((u32::from_str_radix(number, radix).ok()?, &text[digits..]))
}

fn byte<'a>(text: &'a str, digits: usize, radix: u32, bytes: &mut Vec<u8>) -> Option<&'a str> {
    let (value, rest) = number(text, digits, radix)?;
    bytes.push(u8::try_from(value).ok()?);
    Some(rest)
}

fn character<'a>(text: &'a str, digits: usize, bytes: &mut Vec<u8>) -> Option<&'a str> {
    let (value, rest) = number(text, digits, 16)?;
    bytes.extend(char::from_u32(value)?.encode_utf8(&mut [0; 4]).as_bytes());
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn literals_are_read_as_go_reads_them() {
        for (text, value, rest) in [
            (r#""-s -w""#, "-s -w", ""),
            (r#""a\tb\n\"\\"=x"#, "a\tb\n\"\\", "=x"),
            (r#""\x41\101\u00e9\U0001f600""#, "AA\u{e9}\u{1f600}", ""),
            (r#""\xc3\xa9""#, "\u{e9}", ""),
            (r#""\xff""#, "\u{fffd}", ""),
            ("`a\"\\n`b", "a\"\\n", "b"),
            (r#""""#, "", ""),
        ] {
            assert_eq!(literal(text), Some((value.to_owned(), rest)), "{text}");
        }
    }

    #[test]
    fn what_is_no_literal_is_none() {
        for text in
            ["", "a", "\"a", "`a", "\"a\nb\"", r#""\q""#, r#""\x4""#, r#""\x+1""#, r#""\777""#, r#""\ud800""#]
        {
            assert_eq!(literal(text), None, "{text}");
        }
    }
}
