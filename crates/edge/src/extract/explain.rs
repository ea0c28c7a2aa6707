//! Reads JSON and query strings; says what is wrong by field, without repeating what was sent.
//!
//! serde's own messages quote values, which may be secrets. Only what it expected is taken from
//! them, and the names of fields.

use crate::problem::Problem;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

/// Characters of a field's name that are repeated.
const NAME_CHARS_MAX: usize = 64;

/// Reads a JSON object.
pub fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // serde would take an array for an object, field by field.
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Err(Problem::invalid("body", "send a JSON object"));
    }
    // Finding out where an error lies costs time on every field, so it is done on errors only.
    serde_json::from_slice(bytes).map_err(|_| explain::<T>(bytes))
}

/// Reads a query string.
pub fn query<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let pairs = form_urlencoded::parse(query.as_bytes());
    let deserializer = serde_urlencoded::Deserializer::new(pairs);
    serde_path_to_error::deserialize(deserializer)
        .map_err(|error| wrong_field(&error.path().to_string(), &error.inner().to_string()))
}

#[cold]
fn explain<T: DeserializeOwned>(bytes: &[u8]) -> Problem {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let Err(error) = serde_path_to_error::deserialize::<_, T>(&mut deserializer) else {
        return Problem::invalid("body", "send one JSON object and nothing after it");
    };
    let (path, error) = (error.path().to_string(), error.into_inner());
    match error.classify() {
        Category::Data => {
            let message = error.to_string();
            let message = message.rsplit_once(" at line ").map_or(&*message, |(before, _)| before);
            wrong_field(&path, message)
        }
        // serde_json complains of the syntax, too, where a word should be and is something else.
        _ if serde_json::from_slice::<IgnoredAny>(bytes).is_ok() => {
            wrong_field(&path, "expected one of the words that this field takes, as a text")
        }
        _ => {
            let (line, column) = (error.line(), error.column());
            Problem::invalid(
                "body",
                format!("this is no JSON, from line {line} column {column} on"),
            )
        }
    }
}

/// What serde's message means for the field at `path`.
pub fn wrong_field(path: &str, message: &str) -> Problem {
    const ABOUT_NAMES: [(&str, &str); 3] = [
        ("missing field `", "is required"),
        ("unknown field `", "is not known here; remove it"),
        ("duplicate field `", "is there twice; send it once"),
    ];
    let path = if path == "." { "" } else { path };
    for (start, detail) in ABOUT_NAMES {
        if let Some(rest) = message.strip_prefix(start) {
            let name = rest.split('`').next().unwrap_or("");
            let name: String = name.chars().take(NAME_CHARS_MAX).collect();
            return Problem::invalid(below(path, &name), detail);
        }
    }
    let field = if path.is_empty() { "body" } else { path };
    let detail = match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {}", in_words(expected)),
        // Our own types say what they expect and quote nothing.
        None => message.to_owned(),
    };
    Problem::invalid(field, detail)
}

fn below(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        // An unknown field is met after its name was read, and then stands in the path already.
        _ if path == name || path.ends_with(&format!(".{name}")) => path.to_owned(),
        _ => format!("{path}.{name}"),
    }
}

/// Names of Rust's types are no words of callers.
fn in_words(expected: &str) -> &str {
    match expected {
        "u32" => "a whole number from 0 to 4294967295",
        "i64" | "u64" => "a whole number",
        "a boolean" => "true or false",
        "a sequence" => "an array",
        other if other.starts_with("struct ") => "an object",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only reading them is tested")]
    struct Body {
        lines: Vec<Line>,
        channel: Option<domain::order::Channel>,
        #[serde(default = "usual")]
        must: domain::order::Channel,
        note: Option<String>,
    }

    fn usual() -> domain::order::Channel {
        domain::order::Channel::Api
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only reading them is tested")]
    struct Line {
        sku: kernel::SkuId,
        quantity: u32,
    }

    fn check(body: &str, field: &str, detail: &str) {
        let problem = json::<Body>(body.as_bytes()).expect_err(body);
        let error = &problem.errors[0];
        assert_eq!((error.field.as_str(), error.detail.as_str()), (field, detail), "{body}");
        assert!(!format!("{problem:?}").contains("SECRET"), "{body}");
    }

    #[test]
    fn wrong_bodies_are_explained_by_field_and_not_repeated() {
        let sku = kernel::SkuId([1; 16]);
        check("", "body", "send a JSON object");
        check("[]", "body", "send a JSON object");
        check("{\"lines\":", "body", "this is no JSON, from line 1 column 9 on");
        check("{\"lines\":[]} {}", "body", "send one JSON object and nothing after it");
        check("{}", "lines", "is required");
        check(r#"{"lines":"SECRET, expected SECRET"}"#, "lines", "expected an array");
        check(r#"{"lines":[{"quantity":1}]}"#, "lines[0].sku", "is required");
        let id = "expected an id that starts with `sku_` followed by 26 characters";
        check(r#"{"lines":[{"sku":"SECRET","quantity":1}]}"#, "lines[0].sku", id);
        let number = "expected a whole number from 0 to 4294967295";
        for wrong in ["-1", "1.5", "\"SECRET\"", "4294967296", "null", "1e2"] {
            let body = format!(r#"{{"lines":[{{"sku":"{sku}","quantity":{wrong}}}]}}"#);
            check(&body, "lines[0].quantity", number);
        }
        check(r#"{"lines":[],"extra":"SECRET"}"#, "extra", "is not known here; remove it");
        check(r#"{"lines":[{"extra":1}]}"#, "lines[0].extra", "is not known here; remove it");
        check(r#"{"lines":[],"lines":[]}"#, "lines", "is there twice; send it once");
        let channels =
            "expected one of `api`, `h5`, `mini_program`, `embed`, `live`, `parcel`, `grant`";
        check(r#"{"lines":[],"channel":"SECRET"}"#, "channel", channels);
        let word = "expected one of the words that this field takes, as a text";
        for wrong in ["1", "null", "[\"api\"]", "{}", "[[[1]]]"] {
            check(&format!(r#"{{"lines":[],"must":{wrong}}}"#), "must", word);
        }
        check(r#"{"lines":[],"note":["SECRET"]}"#, "note", "expected a string");
        let deep = format!(r#"{{"lines":{}}}"#, "[".repeat(100_000));
        assert_eq!(json::<Body>(deep.as_bytes()).expect_err("too deep").errors.len(), 1);
    }

    #[test]
    fn wrong_queries_are_explained_by_parameter() {
        use crate::pagination::List;
        let limit = "expected a whole number from 1 to 200";
        for (text, field, detail) in [
            ("limit=SECRET", "limit", limit),
            ("limit=0", "limit", limit),
            ("limit=1&limit=2", "limit", "is there twice; send it once"),
            ("after=SECRET", "after", "expected `next` of an earlier page"),
            ("offset=1", "offset", "is not known here; remove it"),
        ] {
            let problem = query::<List>(text).expect_err(text);
            let error = &problem.errors[0];
            assert_eq!((error.field.as_str(), error.detail.as_str()), (field, detail), "{text}");
        }
        assert!(query::<List>("").is_ok());
    }
}
