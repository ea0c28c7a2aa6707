//! Which refusal becomes which answer, and what an answer looks like.

use super::{ErrorCode, Problem};
use axum::response::{IntoResponse, Response};
use domain::Refusal;
use engine::EngineError;
use kernel::{RequestId, Timestamp};

/// Status, headers that matter, and body of a problem as it goes out.
async fn written(problem: Problem) -> (u16, Vec<(String, String)>, serde_json::Value) {
    let mut answer: Response = problem.clone().into_response();
    problem.write(RequestId([7; 16]), &mut answer);
    let status = answer.status().as_u16();
    let headers = answer.headers().iter();
    let headers = headers
        .map(|(name, value)| (name.to_string(), value.to_str().expect("ASCII").to_owned()))
        .collect();
    let body = axum::body::to_bytes(answer.into_body(), 65_536).await.expect("a body");
    (status, headers, serde_json::from_slice(&body).expect("JSON"))
}

#[tokio::test]
async fn a_problem_is_a_document_of_rfc_9457() {
    let (status, headers, body) = written(Problem::invalid("lines[0].sku", "is required")).await;
    assert_eq!(status, 422);
    assert!(headers.contains(&("content-type".into(), "application/problem+json".into())));
    let expected = serde_json::json!({
        "title": "Unprocessable Entity",
        "status": 422,
        "code": "invalid",
        "detail": "the request has a field that cannot be taken",
        "retryable": false,
        "request_id": RequestId([7; 16]).to_string(),
        "errors": [{"field": "lines[0].sku", "detail": "is required"}],
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn what_may_be_sent_again_says_when() {
    for error in [EngineError::Overloaded, EngineError::ShuttingDown, EngineError::OutcomeUnknown] {
        let (status, headers, body) = written(error.into()).await;
        assert_eq!(status, 503);
        assert_eq!(body["retryable"], true);
        assert!(headers.contains(&("retry-after".into(), "1".into())));
    }
}

#[tokio::test]
async fn a_cause_is_not_told() {
    let problem: Problem = EngineError::Internal("planted cause".into()).into();
    assert_eq!(problem.cause.as_deref(), Some("planted cause"));
    let (status, _, body) = written(problem).await;
    assert_eq!(status, 500);
    assert!(!body.to_string().contains("planted"));
}

#[test]
fn refusals_have_their_codes_and_fields() {
    let at = |field: &str| field.to_owned();
    let cases = [
        (Refusal::NotFound("sku"), ErrorCode::NotFound, None),
        (Refusal::invalid("a.b", "no"), ErrorCode::Invalid, Some("a.b")),
        (Refusal::IdempotencyKeyReused, ErrorCode::IdempotencyKeyReused, None),
        (Refusal::ExternalIdTaken, ErrorCode::ExternalIdTaken, Some("external_id")),
        (Refusal::NotOnSale { field: at("f"), from: None }, ErrorCode::NotOnSale, Some("f")),
        (Refusal::OutOfStock { field: at("f") }, ErrorCode::OutOfStock, Some("f")),
        (Refusal::InsufficientFunds, ErrorCode::InsufficientFunds, None),
        (Refusal::LimitExceeded { field: at("f"), limit: 3 }, ErrorCode::LimitExceeded, Some("f")),
        (Refusal::WrongState { code: "order_state", detail: "d" }, ErrorCode::OrderState, None),
        (Refusal::WrongState { code: "hold_state", detail: "d" }, ErrorCode::HoldState, None),
        (Refusal::Stale, ErrorCode::Stale, None),
    ];
    for (refusal, code, field) in cases {
        let name = refusal.code();
        let problem = Problem::from(refusal);
        assert_eq!(problem.code, code);
        assert_eq!(problem.code.name(), name);
        assert_eq!(problem.errors.first().map(|error| error.field.as_str()), field);
    }
}

#[test]
fn a_sale_that_is_to_come_says_when() {
    let from = Some(Timestamp(0));
    let problem = Problem::from(Refusal::NotOnSale { field: "sku".into(), from });
    assert_eq!(problem.errors[0].detail, "the sale starts at 1970-01-01T00:00:00Z");
}

#[test]
fn the_shorthand_of_one_line_has_flat_fields() {
    let refusal = Refusal::OutOfStock { field: "lines[0].sku".into() };
    let problem = Problem::from(refusal).without_prefix("lines[0].");
    assert_eq!(problem.errors[0].field, "sku");
}
