//! What the OpenAPI document allows in a body. Only the words of JSON Schema that our document uses.

use kernel::limits::AMOUNT_MINOR_MAX;
use serde_json::Value;
use std::collections::HashSet;

/// The document.
pub struct Document(Value);

/// Names of schemas whose texts may hold anything that Unicode has.
const ANY_TEXT: &[&str] = &["ExternalBuyerId"];

impl Document {
    pub fn new() -> Self {
        Self(
            serde_json::to_value(open::openapi(domain::resource::registry::ALL))
                .expect("the document is JSON"),
        )
    }

    /// The schema of the JSON body of a route, if it takes one.
    pub fn body(&self, method: &str, path: &str) -> Option<&Value> {
        let operation = &self.0["paths"][path][method.to_lowercase()];
        operation["requestBody"]["content"]["application/json"].get("schema")
    }

    /// The parameters of a route's query.
    pub fn query(&self, method: &str, path: &str) -> Vec<&str> {
        let all = self.0["paths"][path][method.to_lowercase()]["parameters"].as_array();
        let all = all.into_iter().flatten().filter(|parameter| parameter["in"] == "query");
        all.filter_map(|parameter| parameter["name"].as_str()).collect()
    }

    /// Whether a body may be sent. Texts that follow a pattern may only be those of `good`.
    pub fn allows(&self, schema: &Value, good: &Value, body: &Value) -> bool {
        let mut texts = HashSet::new();
        gather(good, &mut texts);
        self.fits(schema, &texts, "", body)
    }

    fn fits(&self, schema: &Value, good: &HashSet<&str>, name: &str, value: &Value) -> bool {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap_or_default();
            return self.fits(&self.0["components"]["schemas"][name], good, name, value);
        }
        if let Some(any) = schema["oneOf"].as_array() {
            return any.iter().any(|one| self.fits(one, good, name, value));
        }
        let types = match &schema["type"] {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            Value::String(one) => vec![one.as_str()],
            other => panic!("the document has a schema without a type: {other} in {schema}"),
        };
        types.into_iter().any(|kind| match kind {
            "null" => value.is_null(),
            "boolean" => value.is_boolean(),
            "integer" => whole(schema, name, value),
            "string" => value.as_str().is_some_and(|text| text_fits(schema, good, name, text)),
            "array" => value.as_array().is_some_and(|items| {
                items.iter().all(|item| self.fits(&schema["items"], good, "", item))
            }),
            "object" => self.object(schema, good, name, value),
            other => panic!("the document has a type that this test does not know: {other}"),
        })
    }

    fn object(&self, schema: &Value, good: &HashSet<&str>, name: &str, value: &Value) -> bool {
        let Some(fields) = value.as_object() else { return false };
        if schema["additionalProperties"].is_object() {
            let values = &schema["additionalProperties"];
            return fields.values().all(|value| self.fits(values, good, name, value));
        }
        // What it holds depends on the kind that stands beside it.
        if name == "ResourceToSave.body" {
            return true;
        }
        assert_eq!(schema["additionalProperties"], false, "{name} takes fields that nobody reads");
        let required = schema["required"].as_array().into_iter().flatten();
        required.filter_map(Value::as_str).all(|field| fields.contains_key(field))
            && fields.iter().all(|(field, value)| {
                let known = schema["properties"].get(field);
                known.is_some_and(|known| self.fits(known, good, &format!("{name}.{field}"), value))
            })
    }
}

fn whole(schema: &Value, name: &str, value: &Value) -> bool {
    let most = match (schema["format"].as_str(), name) {
        // The document says it in words, because answers may be negative.
        (_, "Money.amount") => AMOUNT_MINOR_MAX,
        (Some("int32"), _) => schema["maximum"].as_i64().unwrap_or(i64::from(u32::MAX)),
        _ => schema["maximum"].as_i64().unwrap_or(i64::MAX),
    };
    let least =
        if name == "Money.amount" { 0 } else { schema["minimum"].as_i64().unwrap_or(i64::MIN) };
    value.as_i64().is_some_and(|number| (least..=most).contains(&number))
}

fn text_fits(schema: &Value, good: &HashSet<&str>, name: &str, text: &str) -> bool {
    if schema.get("pattern").or(schema.get("format")).is_some() {
        return good.contains(text);
    }
    if let Some(words) = schema["enum"].as_array() {
        return words.iter().any(|word| word == text);
    }
    let chars = text.chars().count() as u64;
    let long = schema["maxLength"].as_u64().is_some_and(|max| chars > max);
    let short = schema["minLength"].as_u64().is_some_and(|min| chars < min);
    let control = text.contains('\0') && !ANY_TEXT.contains(&name);
    !(long || short || control)
}

fn gather<'a>(value: &'a Value, into: &mut HashSet<&'a str>) {
    match value {
        Value::String(text) => {
            into.insert(text);
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| gather(field, into)),
        _ => {}
    }
}

#[test]
fn the_document_tells_good_from_bad() {
    let document = Document::new();
    let schema = document.body("POST", "/v1/wallet-credits").expect("it takes a body");
    let check = |body: Value, good: bool| {
        assert_eq!(document.allows(schema, &body, &body), good, "{body}");
    };
    let credit = |buyer: Value, amount: Value| serde_json::json!({ "buyer": buyer, "amount": { "amount": amount, "currency": "CNY" } });
    let buyer = serde_json::json!({ "external_id": "b\0" });
    check(credit(buyer.clone(), 1.into()), true);
    check(credit(buyer.clone(), AMOUNT_MINOR_MAX.into()), true);
    check(credit(buyer.clone(), (AMOUNT_MINOR_MAX + 1).into()), false);
    check(credit(buyer.clone(), (-1).into()), false);
    check(credit(buyer.clone(), "1".into()), false);
    check(credit(buyer, Value::Null), false);
    check(credit(serde_json::json!({ "external_id": "b".repeat(129) }), 1.into()), false);
    check(credit(serde_json::json!({ "name": "b" }), 1.into()), false);
    check(serde_json::json!({ "buyer": {} }), false);
}
