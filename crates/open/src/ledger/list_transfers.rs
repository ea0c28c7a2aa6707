//! List transfers.

use super::views::Transfer;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{List, Page};
use kernel::TransferId;

/// List the transfers of the merchant's book, newest first.
#[utoipa::path(
    get, path = "/v1/transfers", tag = "ledger",
    params(List), responses((status = 200, body = Page<Transfer>))
)]
pub async fn list_transfers(caller: Caller, Query(list): Query<List>) -> Answered<Page<Transfer>> {
    let rows = caller.reader().transfers(caller.tenant(), list.page(TransferId)).await?;
    Ok(Answer::ok(list.show(rows, |row| row.id.0, |row| Ok(Transfer::of(row)))?))
}
