//! Bodies that differ from a good one in one place.

use super::walk;
use serde_json::{Value, json};

/// A body that differs, and where.
pub struct Mutant {
    /// What was done, for messages.
    pub what: String,
    /// The JSON pointer of the place.
    pub at: String,
    /// The body.
    pub body: Value,
}

/// Values that are wrong in most places.
fn hostile(before: &Value) -> Vec<Value> {
    let mut all = vec![
        Value::Null,
        json!(true),
        json!("x"),
        json!(""),
        json!("x".repeat(10_000)),
        json!("a\u{0}b"),
        json!("a\r\nX-Injected: 1"),
        json!("'; DROP TABLE orders; --"),
        json!("\u{202e}\u{feff}\u{10ffff}"),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1e30),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(u64::from(u32::MAX) + 1),
        json!([]),
        json!({}),
        json!([[[[]]]]),
        json!({ "x": { "x": 1 } }),
        json!([before]),
    ];
    // What serde takes for a struct when nobody forbids it: its fields in order.
    if let Value::Object(fields) = before {
        all.push(fields.values().cloned().collect());
    }
    all.retain(|value| value != before);
    all
}

/// Every place of a good body, spoiled in every way.
pub fn mutants(good: &Value) -> Vec<Mutant> {
    let mut places = Vec::new();
    walk(String::new(), good, &mut places);
    let mut all = Vec::new();
    for (at, value) in places {
        if let Value::Object(_) = value {
            let unknown = format!("{at}/unknown_field");
            let mut body = good.clone();
            body.pointer_mut(&at).expect("a place")["unknown_field"] = json!("x");
            all.push(Mutant { what: format!("{unknown} added"), at: unknown, body });
        }
        // The body itself is spoiled as text.
        if at.is_empty() {
            continue;
        }
        all.extend(without(good, &at));
        for wrong in hostile(value) {
            let shown: String = wrong.to_string().chars().take(40).collect();
            let mut body = good.clone();
            *body.pointer_mut(&at).expect("a place") = wrong;
            all.push(Mutant { what: format!("{at} = {shown}"), at: at.clone(), body });
        }
    }
    all
}

fn without(good: &Value, at: &str) -> Option<Mutant> {
    let (parent, name) = at.rsplit_once('/')?;
    let mut body = good.clone();
    body.pointer_mut(parent)?.as_object_mut()?.remove(name)?;
    Some(Mutant { what: format!("{at} dropped"), at: at.to_owned(), body })
}
