//! The JSON schema of a document, made from the structs that read it.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

/// The schema, without references, so that every key has its description where it stands.
pub(crate) fn schema_of<T: JsonSchema>() -> Value {
    let settings =
        SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    settings
        .with_transform(RecursiveTransform(tidy))
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}

/// What holds of every part: a key that says nothing is left out, a text is not empty unless it may be, and
/// no list of texts names one twice.
fn tidy(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    without_null(object);
    if is_plain_text(object) {
        object.entry("minLength").or_insert(json!(1));
    }
    if object
        .get("items")
        .is_some_and(|items| items["type"] == "string" || items.get("oneOf").is_some())
    {
        object.insert("uniqueItems".to_owned(), json!(true));
    }
}

fn is_plain_text(object: &Map<String, Value>) -> bool {
    object.get("type") == Some(&json!("string")) && !object.contains_key("const")
}

/// An optional key is absent, not null.
fn without_null(object: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
    if object.get("default") == Some(&Value::Null) {
        object.remove("default");
    }
    let Some(Value::Array(choices)) = object.get_mut("anyOf") else { return };
    choices.retain(|choice| choice["type"] != "null");
    if let [Value::Object(only)] = choices.as_slice() {
        let only = only.clone();
        object.remove("anyOf");
        only.into_iter().for_each(|(key, value)| {
            object.entry(key).or_insert(value);
        });
    }
}
