//! An example of a schema: enough to see the shape, with the values that the schema itself names.

use super::schema::Document;
use serde_json::{Map, Value, json};

/// Schemas within schemas that are followed.
const DEPTH_MAX: usize = 8;

/// An example of a value. Fields that may be absent are left out below the first level.
pub fn example(document: Document<'_>, schema: &Value, depth: usize) -> Value {
    if let Some(given) = schema.get("example") {
        return given.clone();
    }
    let schema = document.resolve(schema);
    if depth > DEPTH_MAX {
        return Value::Null;
    }
    if let Some(given) = schema.get("example") {
        return given.clone();
    }
    for several in ["oneOf", "anyOf"] {
        if let Some(first) = schema[several].as_array().and_then(|parts| parts.first()) {
            return example(document, first, depth + 1);
        }
    }
    if let Some(first) = schema["enum"].as_array().and_then(|words| words.first()) {
        return first.clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match kind {
        Some("object") => object(document, schema, depth),
        Some("array") => json!([example(document, &schema["items"], depth + 1)]),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
        Some("boolean") => json!(true),
        Some("string") => json!(text(schema)),
        _ => Value::Null,
    }
}

fn object(document: Document<'_>, schema: &Value, depth: usize) -> Value {
    let required: Vec<_> = schema["required"].as_array().into_iter().flatten().collect();
    let mut fields = Map::new();
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        if required.iter().any(|wanted| *wanted == name) {
            fields.insert(name.clone(), example(document, field, depth + 1));
        }
    }
    Value::Object(fields)
}

fn text(schema: &Value) -> &'static str {
    match schema["format"].as_str() {
        Some("date-time") => "2030-01-01T00:00:00Z",
        _ => "…",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_has_what_is_required_and_ends() {
        let document = json!({ "components": { "schemas": { "Loop": {
            "type": "object", "required": ["again", "n"], "properties": {
                "again": { "$ref": "#/components/schemas/Loop" },
                "n": { "type": "integer", "minimum": 3 }, "free": { "type": "string" }
            }
        }}}});
        let schema = json!({ "$ref": "#/components/schemas/Loop" });
        let made = example(Document(&document), &schema, 0);
        assert_eq!(made["n"], 3);
        assert!(made["again"].is_object() && made.get("free").is_none(), "{made}");
    }
}
