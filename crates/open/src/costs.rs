//! Hides what things cost the merchant from whoever lacks the scope `costs:read`: in one place, whatever the answer is
//! made of.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::identity::Scope;
use edge::auth::HidesCosts;
use edge::problem::Problem;
use serde_json::Value;

/// Fields of answers that say what things cost.
const FIELDS: [&str; 2] = ["cost", "unit_cost"];

/// Whether answers to a route of this scope may say what things cost.
pub fn may_show(scope: Scope) -> bool {
    matches!(
        scope,
        Scope::CatalogRead
            | Scope::CatalogWrite
            | Scope::CodesImport
            | Scope::CodesManage
            | Scope::JournalRead
            | Scope::AuditRead
            | Scope::ResourceRead(_)
            | Scope::ResourceWrite(_)
    )
}

/// Takes the values of those fields away, if the caller of the request turns out to lack the scope.
pub async fn hide(mut request: Request, next: Next) -> Response {
    let hides = HidesCosts::default();
    request.extensions_mut().insert(hides.clone());
    let answer = next.run(request).await;
    let typed = answer.headers().get(CONTENT_TYPE);
    let json = typed.is_some_and(|typed| typed.as_bytes() == b"application/json");
    if !hides.is_set() || !json {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    let read = to_bytes(body, usize::MAX).await;
    let value = read.ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let Some(mut value) = value else {
        return Problem::internal("an answer that is no JSON").into_response();
    };
    blank(&mut value);
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(value.to_string()))
}

/// Takes the values away wherever they stand.
pub fn blank(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(blank),
        Value::Object(fields) => {
            for (name, value) in fields {
                if FIELDS.contains(&&**name) { *value = Value::Null } else { blank(value) }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn costs_are_hidden_wherever_they_stand() {
        let mut told = json!({ "data": [{ "price": 1, "cost": "1.5", "skus": [{ "unit_cost": "2" }] }],
            "cost": { "amount": 1 } });
        blank(&mut told);
        let hidden = json!({ "data": [{ "price": 1, "cost": null, "skus": [{ "unit_cost": null }] }],
            "cost": null });
        assert_eq!(told, hidden);
    }
}
