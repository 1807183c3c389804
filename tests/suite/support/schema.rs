//! JSON schemas: the one that gobuild publishes, and the standard's of SARIF.

use std::collections::BTreeSet;
use std::fs;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};

use super::tools;

/// A schema that values are held against.
pub(crate) struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    /// Of SARIF 2.1.0.
    pub(crate) fn of_sarif() -> Self {
        Self::new(read("tests/data/sarif/schema-2.1.0.json"))
    }

    /// Of gobuild's objects. Here a field that it does not have is wrong too: the published one lets new fields come.
    pub(crate) fn of_objects() -> Self {
        Self::new(closed(read("docs/json.schema.json")))
    }

    fn new(text: Value) -> Self {
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        compiler.enable_format_assertions();
        compiler.add_resource("schema.json", text).unwrap();
        let index = compiler.compile("schema.json", &mut schemas).unwrap();
        Self { schemas, index }
    }

    pub(crate) fn allows(&self, value: &Value) -> bool {
        self.schemas.validate(value, self.index).is_ok()
    }

    /// Panics with what is wrong.
    pub(crate) fn hold(&self, value: &Value) {
        if let Err(error) = self.schemas.validate(value, self.index) {
            panic!("{error:#}\n{value:#}");
        }
    }

    /// Every line of an output as an object.
    pub(crate) fn lines(&self, text: &str) -> Vec<Value> {
        let objects: Vec<Value> =
            text.lines().map(|line| serde_json::from_str(line).expect("each line is one object")).collect();
        for object in &objects {
            self.hold(object);
        }
        objects
    }
}

fn read(path: &str) -> Value {
    let path = tools::checkout().join(path);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The same without a place for fields that it does not name. A type that others add a field to, as the tag of a case,
/// is closed where they do.
fn closed(mut schema: Value) -> Value {
    let mut extended = BTreeSet::new();
    close_cases(&mut schema, &mut extended);
    for of in schema["$defs"].as_object_mut().unwrap().values_mut() {
        close_cases(of, &mut extended);
    }
    for (name, of) in schema["$defs"].as_object_mut().unwrap() {
        if !extended.contains(&format!("#/$defs/{name}")) {
            of["unevaluatedProperties"] = json!(false);
        }
    }
    schema
}

fn close_cases(of: &mut Value, extended: &mut BTreeSet<String>) {
    for case in of.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten() {
        if let (Some(name), true) = (case["$ref"].as_str(), case["properties"].is_object()) {
            extended.insert(name.to_owned());
            case["unevaluatedProperties"] = json!(false);
        }
    }
}
