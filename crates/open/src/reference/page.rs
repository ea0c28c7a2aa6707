//! The page itself: operations by subject, each with what it takes and gives, then the schemas.

use super::Language;
use super::example::example;
use super::schema::{Document, bounds, words};
use askama::Template;
use axum::body::Bytes;
use axum::http::HeaderValue;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const STYLE: &str = include_str!("../../templates/reference.css");
const SCRIPT: &str = include_str!("../../templates/reference.js");

/// The page in each language, and what a browser may do with it.
pub struct Pages {
    chinese: Bytes,
    english: Bytes,
    /// The content security policy.
    pub policy: HeaderValue,
}

impl Pages {
    /// Makes the pages of a document. Text of our own always renders; a test reads it.
    pub fn of_document(document: &Value) -> Self {
        let page = |words| Page::new(document, words).render().unwrap_or_default().into();
        let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; \
             form-action 'none'; frame-ancestors 'none'",
            hash(STYLE),
            hash(SCRIPT),
        );
        let none = HeaderValue::from_static("default-src 'none'");
        Self {
            chinese: page(&CHINESE),
            english: page(&ENGLISH),
            policy: HeaderValue::try_from(policy).unwrap_or(none),
        }
    }

    /// The page in a language.
    pub fn of(&self, language: Language) -> Bytes {
        match language {
            Language::Chinese => self.chinese.clone(),
            Language::English => self.english.clone(),
        }
    }
}

/// The page's own words.
struct Words {
    lang: &'static str,
    title: &'static str,
    search: &'static str,
    other: (&'static str, &'static str),
    document: &'static str,
    scope: &'static str,
    open: &'static str,
    parameters: &'static str,
    body: &'static str,
    answers: &'static str,
    errors: &'static str,
    try_it: &'static str,
    required: &'static str,
    schemas: &'static str,
    nothing: &'static str,
}

const CHINESE: Words = Words {
    lang: "zh-CN",
    title: "接口参考",
    search: "搜索路径、名称或字段",
    other: ("en", "English"),
    document: "OpenAPI 文档",
    scope: "所需权限",
    open: "无需密钥",
    parameters: "参数",
    body: "请求体",
    answers: "成功应答",
    errors: "错误",
    try_it: "用 curl 调用",
    required: "必填",
    schemas: "数据结构",
    nothing: "没有匹配的内容",
};

const ENGLISH: Words = Words {
    lang: "en",
    title: "API reference",
    search: "Search paths, names or fields",
    other: ("zh-CN", "中文"),
    document: "OpenAPI document",
    scope: "Scope",
    open: "No key needed",
    parameters: "Parameters",
    body: "Body",
    answers: "Answers",
    errors: "Errors",
    try_it: "Call it with curl",
    required: "required",
    schemas: "Schemas",
    nothing: "Nothing matches",
};

#[derive(Template)]
#[template(path = "reference.html")]
struct Page<'a> {
    words: &'a Words,
    version: String,
    introduction: Vec<String>,
    groups: BTreeMap<String, Vec<Operation>>,
    schemas: Vec<Schema>,
    style: &'static str,
    script: &'static str,
}

struct Operation {
    id: String,
    method: String,
    path: String,
    summary: String,
    scope: Option<String>,
    parameters: Vec<Field>,
    body: Option<Shape>,
    answers: Vec<(String, Shape)>,
    errors: Vec<(String, String)>,
    curl: String,
}

/// A body: its type, and an example.
struct Shape {
    kind: String,
    link: Option<String>,
    example: String,
}

struct Schema {
    name: String,
    description: String,
    bounds: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    kind: String,
    link: Option<String>,
    required: bool,
    description: String,
    bounds: String,
}

impl<'a> Page<'a> {
    fn new(value: &Value, words: &'a Words) -> Self {
        let document = Document(value);
        let mut groups: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
        for (path, item) in document.entries(&value["paths"]) {
            for (method, operation) in document.entries(&item) {
                let tag = text(&operation["tags"][0]);
                groups.entry(tag).or_default().push(one(document, &method, &path, &operation));
            }
        }
        let introduction = text(&value["info"]["description"]);
        Self {
            words,
            version: text(&value["info"]["version"]),
            introduction: introduction.split("\n\n").map(prose).collect(),
            groups,
            schemas: document.entries(&value["components"]["schemas"]).map(schema).collect(),
            style: STYLE,
            script: SCRIPT,
        }
    }
}

fn one(document: Document<'_>, method: &str, path: &str, operation: &Value) -> Operation {
    let body = operation["requestBody"]["content"].as_object().and_then(|all| all.iter().next());
    let body = body.map(|(media, content)| (media.clone(), shape(document, &content["schema"])));
    let parameters: Vec<_> =
        operation["parameters"].as_array().into_iter().flatten().map(parameter).collect();
    let (mut answers, mut errors) = (Vec::new(), Vec::new());
    for (status, answer) in document.entries(&operation["responses"]) {
        let answer = document.resolve(&answer).clone();
        if status.starts_with('2') {
            let content = answer["content"].as_object().and_then(|all| all.values().next());
            let schema = content.map_or(Value::Null, |content| content["schema"].clone());
            answers.push((status, shape(document, &schema)));
        } else {
            errors.push((status, prose(&text(&answer["description"]))));
        }
    }
    let scope = operation["security"][0]["key"][0].as_str().map(str::to_owned);
    Operation {
        id: text(&operation["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: prose(&text(&operation["summary"])),
        curl: curl(method, path, scope.is_some(), operation, body.as_ref()),
        scope,
        parameters,
        body: body.map(|(_, shape)| shape),
        answers,
        errors,
    }
}

fn curl(
    method: &str,
    path: &str,
    keyed: bool,
    operation: &Value,
    body: Option<&(String, Shape)>,
) -> String {
    let mut lines = vec![format!("curl -X {} \"$TESSERA_URL{path}\"", method.to_uppercase())];
    if keyed {
        lines.push("-H \"Authorization: Bearer $TESSERA_KEY\"".to_owned());
    }
    let mut parameters = operation["parameters"].as_array().into_iter().flatten();
    if parameters.any(|one| one["name"] == "Idempotency-Key") {
        lines.push("-H \"Idempotency-Key: $(uuidgen)\"".to_owned());
    }
    if let Some((media, shape)) = body {
        lines.push(format!("-H 'Content-Type: {media}'"));
        lines.push(if media == "application/json" {
            format!("-d '{}'", shape.example)
        } else {
            "--data-binary @file".to_owned()
        });
    }
    lines.join(" \\\n  ")
}

fn shape(document: Document<'_>, schema: &Value) -> Shape {
    let (kind, link) = words(schema);
    let example = example(document, schema, 0);
    Shape { kind, link, example: serde_json::to_string_pretty(&example).unwrap_or_default() }
}

fn parameter(value: &Value) -> Field {
    let (kind, link) = words(&value["schema"]);
    Field {
        name: format!("{} ({})", text(&value["name"]), text(&value["in"])),
        kind,
        link,
        required: value["required"] == true,
        description: prose(&text(&value["description"])),
        bounds: prose(&bounds(&value["schema"])),
    }
}

fn schema((name, value): (String, Value)) -> Schema {
    let required: Vec<_> = value["required"].as_array().into_iter().flatten().collect();
    let fields = value["properties"].as_object().into_iter().flatten();
    let fields = fields.map(|(name, field)| {
        let (kind, link) = words(field);
        Field {
            name: name.clone(),
            kind,
            link,
            required: required.iter().any(|wanted| *wanted == name),
            description: prose(&described(field)),
            bounds: prose(&bounds(field)),
        }
    });
    let fields = fields.collect();
    let (description, bounds) = (prose(&described(&value)), prose(&bounds(&value)));
    Schema { name, description, bounds, fields }
}

/// A schema's own words, or those of the first of several.
fn described(schema: &Value) -> String {
    match schema["description"].as_str() {
        Some(own) => own.to_owned(),
        None => text(&schema["oneOf"][0]["description"]),
    }
}

/// Words as HTML: escaped, what stands between backticks as code, lines of a list item joined.
fn prose(words: &str) -> String {
    let joined = words.replace("\n  ", " ").replace("\n- ", "\n• ");
    let joined = joined.strip_prefix("- ").map_or(joined.clone(), |rest| format!("• {rest}"));
    let escaped = joined.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut html = String::with_capacity(escaped.len());
    for (at, part) in escaped.split('`').enumerate() {
        if at % 2 == 1 {
            html.push_str("<code>");
            html.push_str(part);
            html.push_str("</code>");
        } else {
            html.push_str(part);
        }
    }
    html
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_and_every_schema_is_on_the_page_and_nothing_is_loaded() {
        let document = serde_json::to_value(crate::openapi(domain::resource::registry::ALL))
            .expect("a document is JSON");
        let pages = Pages::of_document(&document);
        for language in [Language::Chinese, Language::English] {
            let page = pages.of(language);
            let page = std::str::from_utf8(&page).expect("text");
            for route in crate::routes(domain::resource::registry::ALL) {
                assert!(page.contains(&format!("id=\"{}\"", route.operation)), "{}", route.path);
                assert!(page.contains(&route.path), "{}", route.path);
            }
            for name in document["components"]["schemas"].as_object().expect("schemas").keys() {
                assert!(page.contains(&format!("id=\"schema-{name}\"")), "{name}");
            }
            for outside in ["src=", "@import", "url(", "<link"] {
                assert!(!page.contains(outside), "{outside}");
            }
        }
        assert!(pages.of(Language::Chinese).starts_with(b"<!doctype html>\n<html lang=\"zh-CN\">"));
    }

    #[test]
    fn words_become_html_without_becoming_markup() {
        let cases = [
            ("a `b` <c> & d", "a <code>b</code> &lt;c&gt; &amp; d"),
            ("- one\n  more\n- `two`", "• one more\n• <code>two</code>"),
        ];
        for (words, html) in cases {
            assert_eq!(prose(words), html);
        }
    }

    #[test]
    fn the_policy_names_the_style_and_the_script() {
        let policy = Pages::of_document(&Value::Null).policy;
        let policy = policy.to_str().expect("text");
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert_eq!(policy.matches("'sha256-").count(), 2);
    }
}
