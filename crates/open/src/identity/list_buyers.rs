//! List buyers.

use super::views::Buyer;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{List, Page};
use kernel::BuyerId;

/// List buyers, newest first.
#[utoipa::path(
    get, path = "/v1/buyers", tag = "buyers",
    params(List), responses((status = 200, body = Page<Buyer>))
)]
pub async fn list_buyers(caller: Caller, Query(list): Query<List>) -> Answered<Page<Buyer>> {
    let rows = caller.reader().buyers(caller.tenant(), list.page(BuyerId)).await?;
    Ok(Answer::ok(list.show(rows, |buyer| buyer.id.0, |buyer| Ok(Buyer::of(buyer)))?))
}
