//! Read a buyer.

use super::views::Buyer;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::problem::Problem;
use edge::wire;
use kernel::BuyerId;

/// Read a buyer.
#[utoipa::path(
    get, path = "/v1/buyers/{id}", tag = "buyers",
    params(("id" = inline(wire::BuyerId), Path)), responses((status = 200, body = Buyer))
)]
pub async fn get_buyer(caller: Caller, At(id): At<BuyerId>) -> Answered<Buyer> {
    let found = caller.reader().buyer(caller.tenant(), id).await?;
    Ok(Answer::ok(Buyer::of(&found.ok_or_else(|| Problem::not_found("buyer"))?)))
}
