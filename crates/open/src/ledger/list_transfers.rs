//! List transfers.

use super::transfers_of_order::transfers_of_order;
use super::views::Transfer;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{Cursor, Limit, List, Page};
use edge::wire::OrderId;
use kernel::TransferId;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which transfers are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TransferList {
    /// All that this order caused: its sale, its payments, deliveries and refunds.
    #[param(inline)]
    pub order: Option<OrderId>,
    /// Items of the page.
    #[param(inline)]
    #[serde(default)]
    pub limit: Limit,
    /// `next` of the page before.
    #[param(inline)]
    pub after: Option<Cursor>,
}

/// List the transfers of the merchant's book, newest first, or those that an `order` caused. What an order caused follows
/// its journal within two seconds.
#[utoipa::path(
    get, path = "/v1/transfers", tag = "ledger",
    params(TransferList), responses((status = 200, body = Page<Transfer>))
)]
pub async fn list_transfers(
    caller: Caller,
    Query(wanted): Query<TransferList>,
) -> Answered<Page<Transfer>> {
    let list = List { limit: wanted.limit, after: wanted.after };
    let rows = match wanted.order {
        Some(order) => transfers_of_order(&caller, order.0, list).await?,
        None => caller.reader().transfers(caller.tenant(), list.page(TransferId)).await?,
    };
    Ok(Answer::ok(list.show(rows, |row| row.id.0, |row| Ok(Transfer::of(row)))?))
}
