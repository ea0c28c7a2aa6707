//! Read a request of a program.

use super::views::LoggedRequest;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::problem::Problem;
use edge::wire;
use kernel::RequestId;

/// Read a request that a program sent, by the `X-Request-Id` of its answer. Those of the last seven days that were kept.
#[utoipa::path(
    get, path = "/v1/requests/{id}", tag = "keys",
    params(("id" = inline(wire::RequestId), Path)), responses((status = 200, body = LoggedRequest))
)]
pub async fn get_request(caller: Caller, At(id): At<RequestId>) -> Answered<LoggedRequest> {
    let found = caller.reader().request(caller.tenant(), id).await?;
    let found = found.ok_or_else(|| Problem::not_found("request"))?;
    Ok(Answer::ok(LoggedRequest::of(&found)))
}
