//! List buyers.

use super::views::Buyer;
use crate::answer::{Answer, Answered};
use crate::auth::Caller;
use crate::extract::Query;
use crate::pages::{List, Page};
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
