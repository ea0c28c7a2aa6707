//! Read a refund.

use super::stored;
use super::views::Refund;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::wire;
use kernel::RefundId;

/// Read a refund.
#[utoipa::path(
    get, path = "/v1/refunds/{id}", tag = "refunds",
    params(("id" = inline(wire::RefundId), Path)), responses((status = 200, body = Refund))
)]
pub async fn get_refund(caller: Caller, At(id): At<RefundId>) -> Answered<Refund> {
    Ok(Answer::ok(Refund::of(&stored(&caller, id).await?)))
}
