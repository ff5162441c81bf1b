//! The tree against the JSON schema: its values typed as the schema wants them, and a fault for each that is not.

use hashbrown::HashSet;
use serde_json::Value as Json;
use serde_yaml::{Mapping, Number, Value};

use super::faults::Faults;
use super::quote::{join, quoted_list};
use super::tree::{Entry, Kind, Node};
use super::{Document, did_you_mean};
use crate::position::quoted;

/// Checks the whole tree; the value is complete where no fault was added.
pub(super) fn check(tree: &Node, schema: &Json, document: &Document, faults: &mut Faults) -> Value {
    Shape { document, faults }.node(tree, schema, document.whole)
}

struct Shape<'a> {
    document: &'a Document,
    faults: &'a mut Faults,
}

impl Shape<'_> {
    fn node(&mut self, node: &Node, schema: &Json, subject: &str) -> Value {
        let choices = alternatives(schema);
        match &node.kind {
            Kind::Refused => Value::Null,
            Kind::Scalar { text, plain } if !node.is_empty() => {
                let value =
                    choices.iter().find_map(|choice| self.document.scalar(text, *plain, choice));
                value.unwrap_or_else(|| self.mismatch(node, schema, subject))
            }
            Kind::List(items) => match choices.iter().find(|choice| choice["type"] == "array") {
                Some(list) if fits(items.len(), list) => self.list(items, list, subject),
                _ => self.mismatch(node, schema, subject),
            },
            Kind::Mapping(entries) => {
                match choices.iter().find(|choice| choice["type"] == "object") {
                    Some(object)
                        if entries.len() as u64
                            >= object["minProperties"].as_u64().unwrap_or(0) =>
                    {
                        self.mapping(node, entries, object, subject)
                    }
                    _ => self.mismatch(node, schema, subject),
                }
            }
            Kind::Scalar { .. } => self.mismatch(node, schema, subject),
        }
    }

    fn list(&mut self, items: &[Node], schema: &Json, subject: &str) -> Value {
        if schema["uniqueItems"] == true {
            self.repeated(items, subject);
        }
        let each = &schema["items"];
        let values = items.iter().zip(1..).map(|(item, number)| {
            let name = item_name(item, each, number, subject);
            self.node(item, each, &name)
        });
        Value::Sequence(values.collect())
    }

    fn repeated(&mut self, items: &[Node], subject: &str) {
        let mut seen = HashSet::new();
        for (item, text) in items.iter().filter_map(|item| Some((item, item.text()?))) {
            if !seen.insert(text) {
                self.faults.add(item.position, format!("{subject} lists {} twice", quoted(text)));
            }
        }
    }

    fn mapping(&mut self, node: &Node, entries: &[Entry], schema: &Json, subject: &str) -> Value {
        self.missing(node, schema, subject);
        let values = entries.iter().filter_map(|entry| {
            let expected = self.expected(entry, schema, subject)?;
            let value =
                self.node(&entry.value, expected, &self.document.key_name(&entry.key, subject));
            Some((Value::String(entry.key.clone()), value))
        });
        Value::Mapping(values.collect::<Mapping>())
    }

    fn missing(&mut self, node: &Node, schema: &Json, subject: &str) {
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str);
        for key in required.filter(|key| node.get(key).is_none()) {
            self.faults.add(node.position, format!("{subject} lacks the key `{key}`"));
        }
    }

    /// The schema of a key's value.
    fn expected<'s>(&mut self, entry: &Entry, schema: &'s Json, subject: &str) -> Option<&'s Json> {
        let known = schema["properties"].get(&entry.key);
        known.or_else(|| schema.get("additionalProperties").filter(|any| any.is_object())).or_else(
            || {
                self.unknown(entry, schema, subject);
                None
            },
        )
    }

    fn unknown(&mut self, entry: &Entry, schema: &Json, subject: &str) {
        let keys = || keys_of(schema);
        let advice = match self.faults.nearest(&entry.key, keys()) {
            Some(key) => did_you_mean(Some(key)),
            None => format!("; its keys are {}", quoted_list(keys(), "and")),
        };
        self.faults.add(
            entry.position,
            format!("unknown key {} of {subject}{advice}", quoted(&entry.key)),
        );
    }

    fn mismatch(&mut self, node: &Node, schema: &Json, subject: &str) -> Value {
        let names = alternatives(schema).into_iter().flat_map(constants).filter_map(Json::as_str);
        let meant = node.text().and_then(|text| self.faults.nearest(text, names));
        let (found, wanted) = (found(node), self.document.wanted(schema));
        self.faults.add(
            node.position,
            format!("{subject} is {found}; it must be {wanted}{}", did_you_mean(meant)),
        );
        Value::Null
    }
}

impl Document {
    /// The value that a text is by the schema, if it is one.
    fn scalar(&self, text: &str, plain: bool, schema: &Json) -> Option<Value> {
        let constants = constants(schema);
        let value = match schema["type"].as_str() {
            Some("boolean") => Value::Bool(boolean(text, plain)?),
            Some("integer" | "number") => Value::Number(number(text, plain, schema)?),
            Some("array" | "object") => return None,
            _ => Value::String(self.of_form(text, schema)?.to_owned()),
        };
        let known = |constant: &&Json| {
            serde_yaml::to_value(constant).is_ok_and(|constant| constant == value)
        };
        (constants.is_empty() || constants.iter().any(known)).then_some(value)
    }

    fn of_form<'t>(&self, text: &'t str, schema: &Json) -> Option<&'t str> {
        let form = schema["format"].as_str().and_then(|name| self.form(name));
        let empty = text.is_empty() && schema["minLength"] != 0;
        (!empty && form.is_none_or(|form| (form.accepts)(text))).then_some(text)
    }

    fn key_name(&self, key: &str, subject: &str) -> String {
        let key = quoted(key);
        if subject == self.whole { key } else { format!("{key} of {subject}") }
    }

    fn wanted(&self, schema: &Json) -> String {
        join(
            alternatives(schema).into_iter().map(|choice| self.wanted_of_one(choice)).collect(),
            "or",
        )
    }

    fn wanted_of_one(&self, schema: &Json) -> String {
        let constants: Vec<_> =
            constants(schema).into_iter().map(|value| quoted(as_text(value).as_str())).collect();
        if !constants.is_empty() {
            return join(constants, "or");
        }
        match schema["type"].as_str() {
            Some("boolean") => "true or false".to_owned(),
            Some("integer") => "a whole number".to_owned() + &bounds(schema),
            Some("number") => "a number".to_owned() + &bounds(schema),
            Some("array") => wanted_list(schema),
            Some("object") => wanted_mapping(schema),
            _ => self.wanted_text(schema),
        }
    }

    fn wanted_text(&self, schema: &Json) -> String {
        let form = schema["format"].as_str().and_then(|name| self.form(name));
        form.map_or("a text", |form| form.wanted).to_owned()
    }
}

/// The schemas of which a value may meet any.
fn alternatives(schema: &Json) -> Vec<&Json> {
    match schema["anyOf"].as_array() {
        Some(choices) => choices.iter().collect(),
        None => vec![schema],
    }
}

/// The values of an enumeration.
fn constants(schema: &Json) -> Vec<&Json> {
    let named =
        schema["oneOf"].as_array().into_iter().flatten().filter_map(|choice| choice.get("const"));
    schema.get("const").into_iter().chain(named).collect()
}

fn keys_of(schema: &Json) -> impl Iterator<Item = &str> {
    schema["properties"].as_object().into_iter().flatten().map(|(key, _)| key.as_str())
}

fn fits(length: usize, list: &Json) -> bool {
    let length = length as u64;
    list["minItems"].as_u64().unwrap_or(0) <= length
        && length <= list["maxItems"].as_u64().unwrap_or(u64::MAX)
}

fn boolean(text: &str, plain: bool) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" if plain => Some(true),
        "false" | "False" | "FALSE" if plain => Some(false),
        _ => None,
    }
}

fn number(text: &str, plain: bool, schema: &Json) -> Option<Number> {
    let number = if schema["type"] == "integer" {
        let whole: u64 = text.parse().ok()?;
        Number::from(whole)
    } else {
        Number::from(decimal(text)?)
    };
    (plain && within(number.as_f64()?, schema)).then_some(number)
}

/// Digits, sign, point and exponent: Rust would take `inf` and `nan` too.
fn decimal(text: &str) -> Option<f64> {
    let digits =
        text.chars().all(|character| matches!(character, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
    text.parse().ok().filter(|number: &f64| digits && number.is_finite())
}

fn within(number: f64, schema: &Json) -> bool {
    let bound = |key: &str| schema[key].as_f64();
    bound("minimum").is_none_or(|least| number >= least)
        && bound("maximum").is_none_or(|most| number <= most)
        && bound("exclusiveMinimum").is_none_or(|under| number > under)
        && bound("exclusiveMaximum").is_none_or(|over| number < over)
}

/// A thing with an id goes by it; another by its number.
fn item_name(item: &Node, schema: &Json, number: usize, subject: &str) -> String {
    let id = item.get("id").and_then(Node::text);
    match (schema["title"].as_str(), id) {
        (Some(title), Some(id)) => format!("{title} {}", quoted(id)),
        (Some(title), None) => format!("{title} {number}"),
        (None, _) => format!("item {number} of {subject}"),
    }
}

fn found(node: &Node) -> String {
    match &node.kind {
        Kind::Scalar { text, .. } if text.is_empty() => "empty".to_owned(),
        Kind::Scalar { text, plain: true } => quoted(text),
        Kind::Scalar { text, .. } => quoted(format!("\"{text}\"")),
        Kind::List(items) if items.is_empty() => "an empty list".to_owned(),
        Kind::List(items) => format!("a list of {}", items.len()),
        Kind::Mapping(entries) if entries.is_empty() => "an empty mapping".to_owned(),
        Kind::Mapping(_) | Kind::Refused => "a mapping".to_owned(),
    }
}

fn as_text(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn bounds(schema: &Json) -> String {
    if let (Some(least), Some(most)) = (schema["minimum"].as_f64(), schema["maximum"].as_f64()) {
        return format!(" from {least} to {most}");
    }
    let words =
        [("minimum", "at least"), ("exclusiveMinimum", "above"), ("exclusiveMaximum", "below")];
    let bound =
        |(key, word): (&str, &str)| schema[key].as_f64().map(|bound| format!("{word} {bound}"));
    let bounds = join(words.into_iter().filter_map(bound).collect(), "and");
    if bounds.is_empty() { bounds } else { format!(" of {bounds}").replace(" of above", " above") }
}

fn wanted_list(schema: &Json) -> String {
    let bounds = (schema["minItems"].as_u64(), schema["maxItems"].as_u64());
    let Some(title) = schema["items"]["title"].as_str() else {
        let length = if bounds == (Some(2), Some(2)) { "a list of two" } else { "a list" };
        return format!("{length} such as [a, b]");
    };
    match bounds {
        (Some(_), Some(most)) => format!("a list of {title}s, at least one and at most {most}"),
        (Some(_), None) => format!("a list of {title}s, at least one"),
        _ => format!("a list of {title}s"),
    }
}

fn wanted_mapping(schema: &Json) -> String {
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str);
    match (quoted_list(required, "and"), quoted_list(keys_of(schema), "and")) {
        (required, _) if !required.is_empty() => format!("a mapping with at least {required}"),
        (_, keys) if keys.is_empty() => "a mapping of keys to values".to_owned(),
        (_, keys) => format!("a mapping with keys among {keys}"),
    }
}
