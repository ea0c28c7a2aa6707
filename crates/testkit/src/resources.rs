//! Good requests for every kind of resources, made from its sample: each route once, and what tests put in the places of
//! ids and of values that no two resources share.

use crate::requests::{Gives, Request, ask};
use domain::resource::{AnyKind, KeyType, registry};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};

/// Kinds of which each book has one whose answers are older than the mechanism; their requests stand in the table.
const ANSWERED_APART: [&str; 2] = ["shop", "approval_policy"];

/// Kinds of which each book has one, with texts in which the fixture writes its label.
const NAMED: [&str; 2] = ["shop", "shop_messages"];
/// A text of the sample of the latter.
const A_TEXT: &str = "新店开张";

/// The requests of a kind.
pub fn requests(any: &'static AnyKind) -> Vec<Request> {
    let (word, plural) = (any.kind.word, any.kind.plural);
    if any.initial().is_some() {
        // It is read and edited on paths of its own.
        let (route, path) = (format!("GET /v1/{plural}/history"), format!("/v1/{plural}/history"));
        // What has no text of its own shows nobody's.
        let gives = if NAMED.contains(&plural) { Gives::OwnList } else { Gives::Own };
        let history = ask(leak(route), leak(path), "", gives);
        if ANSWERED_APART.contains(&plural) {
            return vec![history];
        }
        let path = leak(format!("/v1/{plural}"));
        let at = |method: &str| leak(format!("{method} {path}"));
        let mut all = vec![history, ask(at("GET"), path, "", gives)];
        if !any.kind.is_of_operator() {
            let sample = any.sample.replace(A_TEXT, &format!("{A_TEXT} {{my.label}}"));
            all.push(ask(at("PATCH"), path, leak(sample), Gives::Own));
        }
        return all;
    }
    let one = format!("/v1/{plural}/{{{word}}}");
    let body = |of: &str| leak(body_of(any, of).to_string());
    let at = |method: &str, below: &str, path: &str, body: &'static str, gives: Gives| {
        let route = leak(format!("{method} /v1/{plural}{below}"));
        ask(route, leak(path.to_owned()), body, gives)
    };
    let whole = format!("/v1/{plural}");
    let mut change = body_of(any, "my.");
    if plural == "staff" {
        // Who it is stays as it is.
        change.as_object_mut().expect("an object").remove("email");
    }
    let mut all = vec![
        at("POST", "", &whole, body("my."), Gives::Own),
        at("GET", "", &whole, "", Gives::OwnList),
        at("GET", "/{id}", &one, "", Gives::NotFound),
        at("PATCH", "/{id}", &one, leak(change.to_string()), Gives::NotFound),
        at("GET", "/{id}/history", &format!("{one}/history"), "", Gives::NotFound),
        at("POST", "/{id}/archive", &format!("{one}/archive"), "{}", Gives::NotFound),
        at("POST", "/{id}/restore", &format!("{one}/restore"), "{}", Gives::NotFound),
    ];
    for key in any.keys() {
        let path = format!("{whole}?sort=-{}&limit=9", key.name);
        all.push(at("GET", "", &path, "", Gives::OwnList));
    }
    if plural == "staff" {
        all.push(at("POST", "/{id}/invite", &format!("{one}/invite"), "{}", Gives::NotFound));
    }
    if let Some(to) = any.refs().first() {
        // What others own cannot be referred to.
        let mut foreign: Value = serde_json::from_str(body("my.")).expect("JSON");
        let kind = registry::numbered(to.kind).expect("a kind").kind.word;
        foreign[to.name] = named(&foreign[to.name], format!("{{{kind}_2}}"));
        all.push(at("POST", "", &whole, leak(foreign.to_string()), Gives::Invalid));
    }
    all
}

/// Bodies of two resources of a kind, with the word that stands for each; none where there is one of the kind already.
pub fn bodies(any: &AnyKind) -> Vec<(&'static str, &'static str)> {
    if any.initial().is_some() {
        return Vec::new();
    }
    let of = |word: String| (leak(word), leak(body_of(any, "my.").to_string()));
    vec![of(any.kind.word.to_owned()), of(format!("{}_2", any.kind.word))]
}

/// The sample with a name of the owner in its texts, values that are new where no two may share one, and things that are
/// there where it refers to others.
fn body_of(any: &AnyKind, of: &str) -> Value {
    let mut body: Value = serde_json::from_str(any.sample).expect("a sample");
    for key in any.keys() {
        if key.values == KeyType::Text {
            let fresh = if key.unique { " {fresh}" } else { "" };
            let address = body[key.name].as_str().is_some_and(|text| text.contains('@'));
            let host = if address { "@shop.example" } else { "" };
            let fresh = if address { "{fresh}" } else { fresh };
            body[key.name] = json!(format!("{}{{my.label}}{fresh}{host}", key.name));
        }
    }
    for to in any.refs() {
        let kind = registry::numbered(to.kind).expect("a kind").kind.word;
        body[to.name] = named(&body[to.name], format!("{{{of}{kind}_2}}"));
    }
    body
}

/// A reference in the place of one that a sample has, alone or in a list.
fn named(sample: &Value, id: String) -> Value {
    if sample.is_array() { json!([id]) } else { json!(id) }
}

/// A template with a number that was never there before for each `{fresh}`.
pub fn fresh(template: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let mut text = template.to_owned();
    while text.contains("{fresh}") {
        let number = COUNT.fetch_add(1, Ordering::Relaxed).to_string();
        text = text.replacen("{fresh}", &number, 1);
    }
    text
}

/// Requests name what lives for ever.
fn leak(text: String) -> &'static str {
    text.leak()
}
