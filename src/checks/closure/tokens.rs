//! What a loader puts in the place of `$ORIGIN`, `$LIB` and `$PLATFORM`.

/// The folder of a path; `/` for a file at the top.
pub(super) fn folder(path: &str) -> &str {
    match path.rfind('/') {
        None | Some(0) => "/",
        Some(end) => &path[..end],
    }
}

/// One word with a `$`, and what follows it. The name is empty where the loader would read none.
fn token(text: &str) -> (&str, &str) {
    if let Some(rest) = text.strip_prefix('{') {
        return rest.split_once('}').unwrap_or(("", text));
    }
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    text.split_at(end)
}

/// Replaces every token that `value` knows; the others stay as they are written, as glibc leaves them. The
/// error is a token whose value depends on the machine.
pub(super) fn replace<'a>(
    text: &str,
    value: impl Fn(&str) -> Option<Result<String, &'a str>>,
) -> Result<String, &'a str> {
    let mut parts = text.split('$');
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut rest = text.get(out.len()..).unwrap_or_default();
    while let Some(behind) = rest.strip_prefix('$') {
        let (name, after) = token(behind);
        if let Some(value) = value(name) {
            out.push_str(&value?);
            rest = after;
        } else {
            out.push('$');
            rest = behind;
        }
        let next = rest.find('$').unwrap_or(rest.len());
        out.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_replaced_whole_and_others_stay() {
        let value = |name: &str| match name {
            "ORIGIN" => Some(Ok("/app".to_owned())),
            "PLATFORM" => Some(Err("PLATFORM")),
            _ => None,
        };
        for (text, expected) in [
            ("$ORIGIN/../lib", Ok("/app/../lib")),
            ("${ORIGIN}x$ORIGIN", Ok("/appx/app")),
            ("$ORIGINAL/x", Ok("$ORIGINAL/x")),
            ("/a/$/b$", Ok("/a/$/b$")),
            ("${ORIGIN", Ok("${ORIGIN")),
            ("/plain", Ok("/plain")),
            ("/lib/$PLATFORM", Err("PLATFORM")),
        ] {
            assert_eq!(replace(text, value), expected.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn a_folder_is_what_stands_before_the_last_slash() {
        assert_eq!((folder("/app/rpc"), folder("/rpc"), folder("rpc")), ("/app", "/", "/"));
    }
}
