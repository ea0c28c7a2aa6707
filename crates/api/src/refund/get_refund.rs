//! Read a refund.

use super::stored;
use super::views::Refund;
use crate::answer::{Answer, Answered};
use crate::auth::Caller;
use crate::extract::At;
use crate::wire;
use kernel::RefundId;

/// Read a refund.
#[utoipa::path(
    get, path = "/v1/refunds/{id}", tag = "refunds",
    params(("id" = inline(wire::RefundId), Path)), responses((status = 200, body = Refund))
)]
pub async fn get_refund(caller: Caller, At(id): At<RefundId>) -> Answered<Refund> {
    Ok(Answer::ok(Refund::of(&stored(&caller, id).await?)))
}
