//! Turns `src/image/catalog.toml`, `src/symptoms/table.toml` and `src/libraries/table.toml` into Rust statics,
//! so that gobuild parses nothing when it starts; and tells the crate what the sources of a verdict are.
//!
//! The output is `OUT_DIR/catalog.rs`, included by `src/image/catalog.rs`, `OUT_DIR/symptoms.rs`, included by
//! `src/symptoms/mod.rs`, and `OUT_DIR/libraries.rs`, included by `src/libraries/mod.rs`, where the types are. A release's facts are merged here: the family's, then each
//! shared set that `like` names, then the release's own. An unknown key, a platform that is none, a release
//! without a source: the build stops and says where.

#[path = "build/sources.rs"]
mod sources;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use toml::{Table, Value};

const CATALOG: &str = "src/image/catalog.toml";
const SYMPTOMS: &str = "src/symptoms/table.toml";
const LIBRARIES: &str = "src/libraries/table.toml";

/// What a verdict follows from: the rooms that make it, and what they stand on.
const VERDICT: &[&str] = &[
    "src/binary",
    "src/checks",
    "src/diagnostics",
    "src/image",
    "src/libraries",
    "src/origin.rs",
    "src/platform.rs",
];

type Result<T, E = String> = std::result::Result<T, E>;
/// Turns a value of the catalogue into the text of a Rust expression.
type Convert = fn(&Value) -> Result<String>;

/// A key, the expression where it is absent (none: it must be there), and its conversion. The Rust field
/// has the key's name with underscores.
struct Key(&'static str, Option<&'static str>, Convert);

const FACTS: &[Key] = &[
    Key("source", None, text),
    Key("os", Some("None"), |value| some(text(value))),
    Key("platforms", Some("None"), |value| some(list(value, platform))),
    Key("libc", Some("None"), |value| some(libc(string(value)?))),
    Key("libc-on", Some("&[]"), |value| list(value, libc_on)),
    Key("amd64-level", Some("None"), |value| some(level(value))),
    Key("libraries", Some("&[]"), texts),
    Key("no-libraries", Some("&[]"), texts),
    Key("all-libraries", Some("false"), boolean),
    Key("glibcxx", Some("None"), |value| some(version(string(value)?))),
    Key("cxxabi", Some("None"), |value| some(version(string(value)?))),
    Key("gcc", Some("None"), |value| some(version(string(value)?))),
    Key("ca-certificates", Some("None"), |value| some(boolean(value))),
    Key("zoneinfo", Some("None"), |value| some(boolean(value))),
    Key("shell", Some("None"), |value| some(unless(value, "none"))),
    Key("users", Some("None"), |value| some(list(value, user))),
    Key("tmp", Some("None"), |value| some(boolean(value))),
    Key("nsswitch", Some("None"), |value| some(boolean(value))),
    Key("end-of-life", Some("None"), |value| some(end_of_life(value))),
];

const RELEASE: &[Key] = &[
    Key("tags", Some("&[]"), texts),
    Key("floating", Some("&[]"), texts),
    Key("codes", Some("&[]"), texts),
    Key("repositories", Some("&[]"), texts),
    Key("image", None, text),
];

const FAMILY: &[Key] = &[
    Key("name", None, text),
    Key("repositories", Some("&[]"), texts),
    Key("short-tags", Some("false"), boolean),
    Key("variants", Some("false"), boolean),
    Key("suffix", Some("None"), |value| some(text(value))),
    Key("flavours", Some("&[]"), texts),
];

const TOOLCHAIN: &[Key] =
    &[Key("version", None, text), Key("debian", None, texts), Key("alpine", None, texts)];

const SYMPTOM: &[Key] = &[
    Key("message", None, text),
    Key("says", None, text),
    Key("patterns", None, texts),
    Key("vague", Some("false"), boolean),
    Key("causes", None, texts),
    Key("also", Some("&[]"), texts),
    Key("build", Some("None"), |value| some(one_of(value, "InBuild", &["stops", "warns"]))),
];

const CAUSE: &[Key] = &[
    Key("name", None, text),
    Key("class", Some("None"), |value| some(text(value))),
    Key("often", None, often),
    Key("summary", None, text),
    Key("tell", None, texts),
    Key("fix", None, texts),
    Key("here", Some("&[]"), texts),
    Key("libc", Some("None"), |value| some(one_of(value, "Libc", &["musl", "glibc"]))),
    Key("checks", Some("&[]"), texts),
    Key("image", Some("false"), boolean),
    Key("signs", Some("&[]"), texts),
];

const LIBRARY: &[Key] = &[
    Key("path", None, text),
    Key("source", None, text),
    Key("go-half", Some("&[]"), texts),
    Key("go-on", Some("&[]"), texts),
    Key("own", Some("&[]"), texts),
    Key("also", Some("None"), |value| some(text(value))),
    Key("pure", Some("None"), |value| some(text(value))),
    Key("musl-since", Some("None"), |value| some(text(value))),
];

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    let mut status = ExitCode::SUCCESS;
    for (source, output, generate) in [
        (CATALOG, "catalog.rs", catalog as fn(&Table) -> _),
        (SYMPTOMS, "symptoms.rs", symptoms),
        (LIBRARIES, "libraries.rs", libraries),
    ] {
        println!("cargo::rerun-if-changed={source}");
        if let Err(message) = read(source).and_then(|table| write(output, generate(&table)?)) {
            message.lines().for_each(|line| println!("cargo::error={source}: {line}"));
            status = ExitCode::FAILURE;
        }
    }
    if let Err(message) = verdict_sources() {
        println!("cargo::error=the sources of a verdict: {message}");
        status = ExitCode::FAILURE;
    }
    status
}

/// `GOBUILD_VERDICT_SOURCES`, which `src/checks/fingerprint.rs` passes on, and the rooms that it is made from.
fn verdict_sources() -> Result<()> {
    let roots: Vec<PathBuf> = VERDICT.iter().map(PathBuf::from).collect();
    for root in VERDICT {
        println!("cargo::rerun-if-changed={root}");
    }
    let files = sources::files(&roots).map_err(|error| error.to_string())?;
    let word = sources::fingerprint(Path::new(""), &files).map_err(|error| error.to_string())?;
    println!("cargo::rustc-env=GOBUILD_VERDICT_SOURCES={word}");
    println!("cargo::rustc-env=GOBUILD_VERDICT_ROOMS={}", VERDICT.join(" "));
    Ok(())
}

fn read(source: &str) -> Result<Table> {
    let text = std::fs::read_to_string(source).map_err(|error| error.to_string())?;
    text.parse().map_err(|error: toml::de::Error| error.to_string())
}

fn write(name: &str, code: String) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "cargo tells a build script its folder this way only")]
    let folder = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: run this through cargo")?;
    std::fs::write(Path::new(&folder).join(name), code).map_err(|error| error.to_string())
}

fn symptoms(table: &Table) -> Result<String> {
    only(table, &[], &["symptom", "cause"], "the file")?;
    let list = |key: &str, kind: &str, keys: &[Key], name: &str| {
        each(table, key, |entry| {
            let place = entry.get(name).and_then(Value::as_str).unwrap_or(key);
            only(entry, keys, &[], place)?;
            Ok(format!("{kind} {{ {} }}", fields(keys, entry, place)?))
        })
    };
    Ok(format!(
        "// Generated by build.rs from table.toml.\n\n\
         /// Every symptom, as listed.\npub static SYMPTOMS: &[Symptom] = {};\n\n\
         /// Every cause, the most frequent first.\npub static CAUSES: &[Cause] = {};\n",
        list("symptom", "Symptom", SYMPTOM, "message")?,
        list("cause", "Cause", CAUSE, "name")?
    ))
}

fn libraries(table: &Table) -> Result<String> {
    only(table, &[], &["library"], "the file")?;
    let rows = each(table, "library", |entry| {
        let place = entry.get("path").and_then(Value::as_str).unwrap_or("library");
        only(entry, LIBRARY, &["without", "says", "musl", "tag"], place)?;
        let word = |key: &str| entry.get(key).map(string).transpose();
        let without = match (word("without")?, word("says")?) {
            (Some("stub"), Some(says)) => format!("Without::Stub({says:?})"),
            (Some("less"), Some(says)) => format!("Without::Less({says:?})"),
            (Some("broken"), None) => "Without::Broken".to_owned(),
            (word, says) => return Err(format!("{place}: without = {word:?} with says = {says:?}")),
        };
        let musl = match (word("musl")?, word("tag")?) {
            (None | Some("compiled"), None) => "Musl::Compiled".to_owned(),
            (Some("tag"), Some(tag)) => format!("Musl::Tag({tag:?})"),
            (Some("never"), None) => "Musl::Never".to_owned(),
            (Some("loads"), None) => "Musl::Loads".to_owned(),
            (word, tag) => return Err(format!("{place}: musl = {word:?} with tag = {tag:?}")),
        };
        Ok(format!("Library {{ without: {without}, musl: {musl}, {} }}", fields(LIBRARY, entry, place)?))
    })?;
    Ok(format!(
        "// Generated by build.rs from table.toml.\n\n/// Every row, as listed.\npub static LIBRARIES: &[Library] = {rows};\n"
    ))
}

/// One of a few words, each of which is a variant of the type.
fn one_of(value: &Value, kind: &str, words: &[&str]) -> Result<String> {
    let word = string(value)?;
    if !words.contains(&word) {
        return Err(format!("`{word}` is none of {}", words.join(", ")));
    }
    let (first, rest) = word.split_at(1);
    Ok(format!("{kind}::{}{rest}", first.to_uppercase()))
}

fn often(value: &Value) -> Result<String> {
    let word = match string(value)? {
        "very common" => "VeryCommon",
        "common" => "Common",
        "occasional" => "Occasional",
        "rare" => "Rare",
        other => return Err(format!("`{other}` is not how often something happens")),
    };
    Ok(format!("Often::{word}"))
}

fn catalog(catalog: &Table) -> Result<String> {
    only(catalog, &[], &["state", "derived", "shared", "family", "golang", "golang-facts"], "the file")?;
    let mut code = vec!["// Generated by build.rs from catalog.toml.".to_owned()];
    let mut constant = |name: &str, kind: &str, value: &str| {
        code.push(format!("/// See catalog.toml.\npub static {name}: {kind} = {value};"));
    };
    constant("STATE", "&str", &text(get(catalog, "state", "the file")?)?);
    constant("DERIVED", "&[&str]", &texts(get(catalog, "derived", "the file")?)?);
    for base in ["debian", "alpine"] {
        let facts = table(table(catalog, "golang-facts", "the file")?, base, "golang-facts")?;
        only(facts, FACTS, &[], base)?;
        let name = format!("GOLANG_ON_{}", base.to_uppercase());
        constant(&name, "Facts", &format!("Facts {{ {} }}", fields(FACTS, facts, base)?));
    }
    let toolchains = each(catalog, "golang", |entry| {
        only(entry, TOOLCHAIN, &[], "golang")?;
        Ok(format!("Toolchain {{ {} }}", fields(TOOLCHAIN, entry, "golang")?))
    })?;
    constant("TOOLCHAINS", "&[Toolchain]", &toolchains);
    let shared = table(catalog, "shared", "the file")?;
    constant("FAMILIES", "&[Family]", &each(catalog, "family", |entry| family(entry, shared))?);
    Ok(code.join("\n\n"))
}

fn family(family: &Table, shared: &Table) -> Result<String> {
    let name = string(get(family, "name", "family")?)?;
    only(family, FAMILY, &["facts", "release"], name)?;
    let facts = table(family, "facts", name)?;
    only(facts, FACTS, &[], name)?;
    let releases = each(family, "release", |entry| release(entry, name, facts, shared))?;
    let own = fields(FAMILY, family, name)?;
    let facts = fields(FACTS, facts, name)?;
    Ok(format!("Family {{ {own}, facts: Facts {{ {facts} }}, releases: {releases} }}"))
}

fn release(release: &Table, family: &str, inherited: &Table, shared: &Table) -> Result<String> {
    let first = release.get("tags").and_then(Value::as_array).and_then(|tags| tags.first());
    let first = first.and_then(Value::as_str).unwrap_or("no tag");
    let place = format!("release {first} of {family}");
    let facts: Vec<&str> = FACTS.iter().map(|key| key.0).chain(["like"]).collect();
    only(release, RELEASE, &facts, &place)?;

    let mut merged = inherited.clone();
    let empty = Value::Array(Vec::new());
    let like = release.get("like").unwrap_or(&empty).as_array();
    for name in like.ok_or_else(|| format!("{place}: `like` is not a list"))? {
        let set = table(shared, string(name)?, &place)?;
        only(set, FACTS, &[], &format!("shared {name}"))?;
        merged.extend(set.clone());
    }
    merged.extend(release.clone());
    merged.entry("image").or_insert_with(|| Value::String(format!("{family}:{first}")));
    let own = fields(RELEASE, &merged, &place)?;
    Ok(format!("Release {{ {own}, facts: Facts {{ {} }} }}", fields(FACTS, &merged, &place)?))
}

/// The fields of a struct literal, one for each key; other keys are left out.
fn fields(keys: &[Key], values: &Table, place: &str) -> Result<String> {
    let field = |Key(key, absent, convert): &Key| {
        let value = match (values.get(*key), absent) {
            (Some(value), _) => convert(value).map_err(|error| format!("{place}: {key}: {error}"))?,
            (None, Some(absent)) => (*absent).to_owned(),
            (None, None) => return Err(format!("{place}: the key `{key}` is missing")),
        };
        Ok(format!("{}: {value}", key.replace('-', "_")))
    };
    Ok(keys.iter().map(field).collect::<Result<Vec<_>>>()?.join(", "))
}

fn only(values: &Table, keys: &[Key], more: &[&str], place: &str) -> Result<()> {
    let known = |key: &str| keys.iter().any(|known| known.0 == key) || more.contains(&key);
    match values.keys().find(|key| !known(key)) {
        Some(key) => Err(format!("{place}: unknown key `{key}`")),
        None => Ok(()),
    }
}

fn get<'a>(values: &'a Table, key: &str, place: &str) -> Result<&'a Value> {
    values.get(key).ok_or_else(|| format!("{place}: `{key}` is missing"))
}

fn table<'a>(values: &'a Table, key: &str, place: &str) -> Result<&'a Table> {
    get(values, key, place)?.as_table().ok_or_else(|| format!("{place}: `{key}` is not a table"))
}

/// A static list with one expression for each table of an array of tables.
fn each(values: &Table, key: &str, convert: impl Fn(&Table) -> Result<String>) -> Result<String> {
    let entries = get(values, key, "the file")?.as_array().ok_or_else(|| format!("`{key}` is not a list"))?;
    let entry = |entry: &Value| convert(entry.as_table().ok_or_else(|| format!("`{key}` is not a table"))?);
    Ok(format!("&[{}]", entries.iter().map(entry).collect::<Result<Vec<_>>>()?.join(",\n")))
}

fn some(value: Result<String>) -> Result<String> {
    value.map(|value| format!("Some({value})"))
}

fn string(value: &Value) -> Result<&str> {
    value.as_str().ok_or_else(|| format!("{value} is not a text"))
}

fn text(value: &Value) -> Result<String> {
    string(value).map(|text| format!("{text:?}"))
}

fn boolean(value: &Value) -> Result<String> {
    value.as_bool().map(|value| value.to_string()).ok_or_else(|| format!("{value} is not true or false"))
}

fn list(value: &Value, convert: fn(&str) -> Result<String>) -> Result<String> {
    let values = value.as_array().ok_or_else(|| format!("{value} is not a list"))?;
    let values = values.iter().map(|value| convert(string(value)?)).collect::<Result<Vec<_>>>()?;
    Ok(format!("&[{}]", values.join(", ")))
}

fn texts(value: &Value) -> Result<String> {
    list(value, |text| Ok(format!("{text:?}")))
}

/// `None` for the one word that means it, the text in `Some` otherwise.
fn unless(value: &Value, word: &str) -> Result<String> {
    if string(value)? == word { Ok("None".to_owned()) } else { some(text(value)) }
}

fn level(value: &Value) -> Result<String> {
    let level = value.as_integer().filter(|level| (1..=4).contains(level));
    level.map(|level| level.to_string()).ok_or_else(|| format!("{value} is not an x86-64 level, 1 to 4"))
}

fn user(text: &str) -> Result<String> {
    let (name, uid) = text.split_once(':').ok_or_else(|| format!("`{text}` is not name:uid"))?;
    let uid: u32 = uid.parse().map_err(|_| format!("`{uid}` is not a user id"))?;
    Ok(format!("({name:?}, {uid})"))
}

fn platform(text: &str) -> Result<String> {
    const KNOWN: &[&str] = &[
        "linux/386",
        "linux/amd64",
        "linux/arm/v5",
        "linux/arm/v6",
        "linux/arm/v7",
        "linux/arm64",
        "linux/loong64",
        "linux/mips64le",
        "linux/ppc64le",
        "linux/riscv64",
        "linux/s390x",
        "windows/amd64",
    ];
    let parts: Vec<&str> = text.split('/').collect();
    match parts[..] {
        _ if !KNOWN.contains(&text) => Err(format!("`{text}` is not a platform that images are made for")),
        [os, arch] => Ok(format!("({os:?}, {arch:?}, None)")),
        [os, arch, variant] => Ok(format!("({os:?}, {arch:?}, Some({variant:?}))")),
        _ => Err(format!("`{text}` is not a platform")),
    }
}

fn libc_on(text: &str) -> Result<String> {
    let (place, name) = text.split_once(' ').ok_or_else(|| format!("`{text}` is not `platform libc`"))?;
    Ok(format!("({}, {})", platform(place)?, libc(name)?))
}

fn libc(text: &str) -> Result<String> {
    let (name, number) = text.split_once(' ').map_or((text, None), |(name, number)| (name, Some(number)));
    let number = match number {
        Some(number) => format!("Fact::Known({})", version(number)?),
        None => "Fact::Unknown".to_owned(),
    };
    match name {
        "none" => Ok("Libc::None".to_owned()),
        "uclibc" => Ok("Libc::Uclibc".to_owned()),
        "glibc" => Ok(format!("Libc::Glibc({number})")),
        "musl" => Ok(format!("Libc::Musl({number})")),
        _ => Err(format!("`{name}` is not a C library")),
    }
}

fn version(text: &str) -> Result<String> {
    let numbers = text.split('.').map(str::parse::<u32>).collect::<Result<Vec<_>, _>>();
    match numbers.as_deref() {
        Ok([major, minor]) => Ok(format!("Version({major}, {minor}, 0)")),
        Ok([major, minor, patch]) => Ok(format!("Version({major}, {minor}, {patch})")),
        _ => Err(format!("`{text}` is not a version")),
    }
}

fn end_of_life(value: &Value) -> Result<String> {
    let day = string(value)?;
    let is_day = day.len() == 10
        && day.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    match day {
        "rolling" => Ok("None".to_owned()),
        _ if is_day => some(text(value)),
        _ => Err(format!("`{day}` is neither YYYY-MM-DD nor `rolling`")),
    }
}
