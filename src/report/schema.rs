//! The JSON schema of what is written, made from the types: what their `Serialize` writes by hand is said here.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::image::facts::Source;
use crate::image::{Fact, Libc, Version};

macro_rules! texts {
    ($($of:ty: $name:literal, $example:literal;)*) => {
        $(impl JsonSchema for $of {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "description": concat!("As in `", $example, "`.") })
            }
        })*
    };
}

texts! {
    Version: "Version", "2.34";
    Libc: "Libc", "musl 1.2.5";
    Source: "Source", "the embedded catalogue";
}

/// A known cell is its value, an unknown one the word.
impl<T: JsonSchema> JsonSchema for Fact<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Fact_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let known = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [known, { "const": "unknown" }] })
    }
}
