//! The JSON schema of what is written, made from the types: what their `Serialize` writes by hand is said here.

use std::borrow::Cow;
use std::path::Path;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;
use snapbox::{Assert, Data};

use super::json::Object;
use super::json_page::page;
use super::version::{ShapeVersion, VERSION};
use crate::diagnostics::catalog;
use crate::image::exports::{Exports, Wanted};
use crate::image::facts::Source;
use crate::image::{Fact, Libc, Version};
use crate::platform::Platform;

macro_rules! texts {
    ($($of:ident: $says:literal;)*) => {
        $(impl JsonSchema for $of {
            fn schema_name() -> Cow<'static, str> {
                stringify!($of).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "description": $says })
            }
        })*
    };
}

texts! {
    Version: "A version of two or three numbers: `2.36`, `1.2.5`.";
    Libc: "A C library, with its version where that is known: `glibc 2.36`, `musl 1.2.5`, `uClibc`, `no libc`.";
    Source: "Who describes an image, in words: `nobody has described this image`.";
    Platform: "A platform as Docker writes it: `linux/amd64`, `linux/arm/v7`.";
    Exports: "A set of names: ten hexadecimal digits of a hash for each, in order, one behind another.";
    Wanted: "A symbol: `name` or `name@VERSION`, with `~` in front where it waits for a first call.";
}

impl JsonSchema for ShapeVersion {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ShapeVersion".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "const": VERSION, "description": "Grows when a field changes its meaning or goes away." })
    }
}

/// A known cell is its value, an unknown one the word.
impl<T: JsonSchema> JsonSchema for Fact<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Fact_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let known = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [known, { "const": "unknown" }] })
    }
}

/// The schema of one line.
fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<Object<'_>>().to_value()
}

/// `SNAPSHOTS=overwrite` writes the file anew.
fn hold(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(file);
    let written = Data::read_from(&path, Some(snapbox::data::DataFormat::Text)).raw();
    Assert::new().action_env("SNAPSHOTS").eq(text, written);
}

#[test]
fn the_published_schema_is_that_of_the_types() {
    hold("json.schema.json", &format!("{:#}\n", schema()));
}

#[test]
fn the_page_of_objects_is_what_the_schema_says() {
    hold("json.md", &page(&schema()));
}

#[test]
fn the_kind_of_evidence_is_the_name_in_the_catalogue() {
    let schema = schema();
    let kinds = schema["$defs"]["Evidence"]["oneOf"].as_array().unwrap();
    let kinds = kinds.iter().map(|one| {
        (one["description"].as_str().unwrap(), one["properties"]["kind"]["const"].as_str().unwrap())
    });
    let mut kinds: Vec<_> = kinds.collect();
    let mut names: Vec<_> = catalog::all().map(|one| (one.id, one.name)).collect();
    kinds.sort_unstable();
    names.sort_unstable();
    assert_eq!(kinds, names);
}

/// A field that nobody explains, or that is explained with a link of Rust's, is found here.
#[test]
fn every_field_of_an_object_is_explained() {
    let mut silent = Vec::new();
    let schema = schema();
    for (name, of) in schema["$defs"].as_object().unwrap() {
        for (field, says) in of["properties"].as_object().into_iter().flatten() {
            if says["description"].as_str().is_none() && says["const"].is_null() {
                silent.push(format!("{name}.{field}"));
            }
        }
    }
    assert_eq!(silent, Vec::<String>::new());
    let text = schema.to_string();
    assert!(!text.contains("[`"), "{text}");
}
