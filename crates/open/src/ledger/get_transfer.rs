//! Read a transfer.

use super::views::Transfer;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::problem::Problem;
use edge::wire;
use kernel::TransferId;

/// Read a transfer.
#[utoipa::path(
    get, path = "/v1/transfers/{id}", tag = "ledger",
    params(("id" = inline(wire::TransferId), Path)), responses((status = 200, body = Transfer))
)]
pub async fn get_transfer(caller: Caller, At(id): At<TransferId>) -> Answered<Transfer> {
    let found = caller.reader().transfer(caller.tenant(), id).await?;
    Ok(Answer::ok(Transfer::of(&found.ok_or_else(|| Problem::not_found("transfer"))?)))
}
