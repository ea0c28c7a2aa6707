//! What approvers see of a request's body: amounts, lines, reasons, scopes; never whom a merchant knows by his own name,
//! a code, or an address.

use serde_json::{Map, Value};

/// Fields that are shown as they were sent. Everything else is masked.
const SHOWN: [&str; 28] = [
    "amount",
    "currency",
    "lines",
    "line",
    "quantity",
    "reason",
    "override",
    "scopes",
    "modes",
    "mode",
    "roles",
    "name",
    "network",
    "until",
    "refund_up_to",
    "refund_above",
    "credit_above",
    "transfer_above",
    "reference",
    "reveal_above",
    "keys",
    "people",
    "hours",
    "requests_per_minute",
    "expires_at",
    "state",
    "id",
    "created_at",
];

/// A body with what it must not show masked.
pub fn masked(body: &Value) -> Value {
    match body {
        Value::Object(fields) => {
            let shown = |(name, value): (&String, &Value)| (name.clone(), field(name, value));
            Value::Object(fields.iter().map(shown).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.iter().map(masked).collect()),
        other => other.clone(),
    }
}

fn field(name: &str, value: &Value) -> Value {
    match value {
        Value::Object(_) | Value::Array(_) => {
            if SHOWN.contains(&name) || value.is_object() {
                masked(value)
            } else {
                Value::from("***")
            }
        }
        Value::Bool(_) | Value::Null => value.clone(),
        _ if SHOWN.contains(&name) => value.clone(),
        Value::String(text) => Value::from(hint(text)),
        Value::Number(_) => Value::from("***"),
    }
}

/// The first and the last character of what is long enough to stay hidden between them.
fn hint(text: &str) -> String {
    let (first, last) = (text.chars().next(), text.chars().next_back());
    match (first, last) {
        (Some(first), Some(last)) if text.chars().count() >= 6 => format!("{first}***{last}"),
        _ => "***".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_of_buyers_codes_and_addresses_are_masked() {
        for (body, shown) in [
            (
                json!({ "buyer": { "external_id": "13812345678" }, "amount": { "amount": 7, "currency": "CNY" } }),
                json!({ "buyer": { "external_id": "1***8" }, "amount": { "amount": 7, "currency": "CNY" } }),
            ),
            (
                json!({ "email": "lin@shop.example", "name": "林晓", "roles": ["owner"] }),
                json!({ "email": "l***e", "name": "林晓", "roles": ["owner"] }),
            ),
            (
                json!({ "lines": [{ "line": 1, "quantity": 2 }], "reason": "错买", "codes": ["a"], "pin": 1234 }),
                json!({ "lines": [{ "line": 1, "quantity": 2 }], "reason": "错买", "codes": "***", "pin": "***" }),
            ),
            (json!({}), json!({})),
        ] {
            assert_eq!(masked(&body), shown);
        }
    }
}
