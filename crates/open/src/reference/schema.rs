//! Reading schemas of the document: where a reference leads, how a type is written in few words.

use serde_json::{Map, Value};

const SCHEMAS: &str = "#/components/schemas/";

/// The document, as far as schemas are asked for.
#[derive(Clone, Copy)]
pub struct Document<'a>(pub &'a Value);

impl<'a> Document<'a> {
    /// What a value is, or what its reference leads to.
    pub fn resolve(self, value: &'a Value) -> &'a Value {
        let path = value["$ref"].as_str().and_then(|path| path.strip_prefix('#'));
        path.and_then(|path| self.0.pointer(path)).unwrap_or(value)
    }

    /// An object of the document, by its name.
    pub fn entries(self, at: &Value) -> impl Iterator<Item = (String, Value)> {
        at.as_object().cloned().unwrap_or_default().into_iter()
    }
}

/// A schema in a few words, with the name of the schema that it refers to, if any.
pub fn words(schema: &Value) -> (String, Option<String>) {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix(SCHEMAS)) {
        return (name.to_owned(), Some(name.to_owned()));
    }
    for several in ["oneOf", "anyOf", "allOf"] {
        if let Some(parts) = schema[several].as_array() {
            let parts: Vec<_> = parts.iter().map(words).collect();
            let names: Vec<_> = parts.iter().map(|(name, _)| name.as_str()).collect();
            return (names.join(" | "), parts.iter().find_map(|(_, link)| link.clone()));
        }
    }
    let kind = match &schema["type"] {
        Value::String(one) => one.clone(),
        Value::Array(several) => {
            several.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | ")
        }
        _ => "any".to_owned(),
    };
    if kind.contains("array") {
        let (of, link) = words(&schema["items"]);
        return (kind.replace("array", &format!("{of}[]")), link);
    }
    (kind, None)
}

/// What a value must keep to: `1…200 characters`, enumerated words and the like.
pub fn bounds(schema: &Value) -> String {
    let Some(schema) = schema.as_object() else { return String::new() };
    let mut said = Vec::new();
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        said.extend(words.iter().filter_map(Value::as_str).map(|word| format!("`{word}`")));
    }
    for (low, high) in
        [("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems")]
    {
        let range = range(schema, low, high);
        said.extend(range);
    }
    for name in ["pattern", "format"] {
        said.extend(schema.get(name).and_then(Value::as_str).map(|text| format!("`{text}`")));
    }
    said.join(" · ")
}

fn range(schema: &Map<String, Value>, low: &str, high: &str) -> Option<String> {
    match (schema.get(low), schema.get(high)) {
        (Some(low), Some(high)) => Some(format!("{low}…{high}")),
        (Some(low), None) => Some(format!("≥ {low}")),
        (None, Some(high)) => Some(format!("≤ {high}")),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_type_is_said_in_few_words() {
        let cases = [
            (json!({ "type": "string" }), "string", None),
            (json!({ "type": ["integer", "null"] }), "integer | null", None),
            (json!({ "$ref": "#/components/schemas/Money" }), "Money", Some("Money")),
            (
                json!({ "type": "array", "items": { "$ref": "#/components/schemas/Line" } }),
                "Line[]",
                Some("Line"),
            ),
            (
                json!({ "oneOf": [{ "$ref": "#/components/schemas/Pay" }, { "type": "null" }] }),
                "Pay | null",
                Some("Pay"),
            ),
        ];
        for (schema, text, link) in cases {
            assert_eq!(words(&schema), (text.to_owned(), link.map(str::to_owned)));
        }
        assert_eq!(bounds(&json!({ "minLength": 1, "maxLength": 9 })), "1…9");
        assert_eq!(bounds(&json!({ "enum": ["a", "b"] })), "`a` · `b`");
    }
}
