//! docs/json.md: the schema of what is written, as a page to read.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

const HEAD: &str = "\
# --message-format json

Standard output carries one JSON object a line, as with cargo. Status lines stay on standard error. Each object has
`reason`, which says what it is, and `version`, which is 2. The version grows when a field changes its meaning or goes
away; new fields, new objects and new words in a list of words may come at any time.

[json.schema.json](json.schema.json) says the same for programs (JSON Schema 2020-12). Both are made from the types that
are written, and a test holds real output against the schema; `SNAPSHOTS=overwrite cargo test --lib report::schema`
writes them anew.

A field is always there unless its type says that it may be left out; *none* is null. *Fact* is a cell of what is known of
an image: one that nobody has looked at is the string `\"unknown\"`.

## New in version 2

- `evidence` of a finding is one object: its `kind` is the finding's name, and its fields are what the verdict was made
  from, as data ([below](#evidence)). In version 1 it was a list of words.
- `lines` of a finding are those words, with `label`, `value` and `note` as `evidence` had them.
- `taken_for` of an image is an object ([TakenFor](#takenfor)). In version 1 it was a sentence.
";

/// The whole page.
pub(super) fn page(schema: &Value) -> String {
    let defs = schema["$defs"].as_object().unwrap();
    let mut text = HEAD.to_owned();
    let mut shown = vec!["Evidence"];
    for object in schema["oneOf"].as_array().unwrap() {
        let reason = object["properties"]["reason"]["const"].as_str().unwrap();
        let of = referred(object).unwrap();
        shown.push(of);
        let _ = write!(text, "\n## reason: \"{reason}\"\n\n{}\n\n", says(object));
        text.push_str(&table(&defs[of]));
    }
    text.push_str("\n## Evidence\n\n");
    let _ = writeln!(text, "{}\n", says(&defs["Evidence"]));
    text.push_str("Behind `kind`, each has the fields below.\n");
    for kind in defs["Evidence"]["oneOf"].as_array().unwrap() {
        let of = referred(kind).unwrap();
        shown.push(of);
        let name = kind["properties"]["kind"]["const"].as_str().unwrap();
        let id = says(kind);
        let _ = write!(text, "\n### {id} {name}\n\n{}\n", says(&defs[of]));
        let table = table(&defs[of]);
        if !table.is_empty() {
            let _ = write!(text, "\n{table}");
        }
    }
    text.push_str("\n## Types\n");
    let others: BTreeMap<&String, &Value> =
        defs.iter().filter(|(name, _)| !shown.contains(&name.as_str())).collect();
    for (name, of) in others {
        let _ = write!(text, "\n### {name}\n\n{}\n", says(of));
        let table = table(of);
        if !table.is_empty() {
            let _ = write!(text, "\n{table}");
        }
    }
    text
}

/// What a type holds: its fields, its words, or its cases; empty where it is a text.
fn table(of: &Value) -> String {
    let mut tables = Vec::new();
    let required = of["required"].as_array();
    let row = |(name, field): (&String, &Value)| {
        let there = required.is_some_and(|names| names.iter().any(|one| one == name));
        let absent = if there { "" } else { ", or left out" };
        format!("| `{name}` | {}{absent} | {} |\n", kind(field), cell(&says(field)))
    };
    let rows: String = fields(of).map(row).collect();
    if !rows.is_empty() {
        tables.push(format!("| field | type | content |\n| --- | --- | --- |\n{rows}"));
    }
    if let Some(cases) = of["oneOf"].as_array() {
        let tag =
            cases.iter().find_map(tag).map_or_else(|| "value".to_owned(), |(name, _)| format!("`{name}`"));
        let rows: String = cases.iter().map(case).collect();
        tables.push(format!("| {tag} | content |\n| --- | --- |\n{rows}"));
    }
    tables.join("\n")
}

/// One word of several, or one case with the fields that it alone has.
fn case(case: &Value) -> String {
    let inner = fields(case).map(|(name, field)| {
        let of = format!("`{name}` ({})", kind(field));
        let says = says(field);
        sentence(&if says.is_empty() { of } else { format!("{of}: {says}") })
    });
    let inner: Vec<String> = inner.collect();
    let content = |says: String| {
        let all: Vec<String> = std::iter::once(sentence(&says)).chain(inner.iter().cloned()).collect();
        cell(if inner.is_empty() { says } else { all.join(" ") }.trim())
    };
    match tag(case) {
        Some((_, value)) => format!("| `{value}` | {} |\n", content(says(case))),
        None if case["const"].is_string() => {
            format!("| `{}` | {} |\n", case["const"].as_str().unwrap(), content(says(case)))
        }
        None => match case["enum"].as_array() {
            Some(words) => {
                let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
                format!("| `{}` | |\n", words.join("`, `"))
            }
            None => format!("| an object | {} |\n", content(says(case))),
        },
    }
}

/// The type of a field in words.
fn kind(of: &Value) -> String {
    if let Some(name) = referred(of) {
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(one) = of.get("const") {
        return format!("`{one}`");
    }
    if let Some(any) = of["anyOf"].as_array().or(of["oneOf"].as_array()) {
        let fact = any.iter().any(|one| one["const"] == "unknown");
        let others = any.iter().filter(|one| one["const"] != "unknown").map(kind);
        let others = others.collect::<Vec<_>>().join(" or ");
        return if fact { format!("fact: {others}") } else { others };
    }
    let one = |name: &str| match name {
        "string" => "text".to_owned(),
        "integer" | "number" => "number".to_owned(),
        "boolean" => "boolean".to_owned(),
        "array" => match of["prefixItems"].as_array() {
            Some(items) => {
                format!("list: {}", items.iter().map(kind).collect::<Vec<_>>().join(", "))
            }
            None => format!("list of {}", kind(&of["items"])),
        },
        "object" if of["properties"].is_object() => {
            let inner = fields(of).map(|(name, field)| format!("`{name}`, {}", kind(field)));
            format!("object with {}", inner.collect::<Vec<_>>().join("; "))
        }
        "object" => format!("name to {}", kind(&of["additionalProperties"])),
        other => other.to_owned(),
    };
    match &of["type"] {
        Value::String(name) => one(name),
        Value::Array(names) => {
            names.iter().map(|name| one(name.as_str().unwrap())).collect::<Vec<_>>().join(" or ")
        }
        other => panic!("no type: {other} of {of}"),
    }
}

/// The fields of a type that have something to say: no tag, no version.
fn fields(of: &Value) -> impl Iterator<Item = (&String, &Value)> {
    of["properties"].as_object().into_iter().flatten().filter(|(_, field)| field["const"].is_null())
}

/// The field that tells a case from the others, with its value.
fn tag(case: &Value) -> Option<(&str, &str)> {
    let fields = case["properties"].as_object()?;
    fields.iter().find_map(|(name, field)| Some((name.as_str(), field["const"].as_str()?)))
}

/// The type that a schema refers to.
fn referred(of: &Value) -> Option<&str> {
    of["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/"))
}

fn says(of: &Value) -> String {
    of["description"].as_str().unwrap_or_default().to_owned()
}

/// With a full stop, where something stands behind it.
fn sentence(text: &str) -> String {
    if text.is_empty() || text.ends_with('.') { text.to_owned() } else { format!("{text}.") }
}

/// A text as a cell of a table.
fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}
