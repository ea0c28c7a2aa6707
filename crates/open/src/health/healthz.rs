//! Does the process live?

use super::{Health, answer};
use axum::extract::State;
use axum::response::Response;
use edge::policy::RouteState;

/// Does the process live? It answers 503 only for what a restart cures; whether it can work is another question.
#[utoipa::path(
    get, path = "/healthz", tag = "health",
    responses((status = 200, body = Health), (status = 503, body = Health))
)]
pub async fn healthz(State(door): State<RouteState>) -> Response {
    let verdict = door.app.engine().health().lives();
    let status = if verdict.is_well() { "ok" } else { "broken" };
    answer(verdict.is_well(), Health { status, why: verdict.why })
}
