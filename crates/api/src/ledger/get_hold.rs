//! Read a hold.

use super::views::Hold;
use crate::answer::{Answer, Answered};
use crate::auth::Caller;
use crate::extract::At;
use crate::problem::Problem;
use crate::wire;
use domain::ledger::AccountKind;
use kernel::HoldId;

/// Read a hold.
#[utoipa::path(
    get, path = "/v1/wallet-holds/{id}", tag = "wallets",
    params(("id" = inline(wire::HoldId), Path)), responses((status = 200, body = Hold))
)]
pub async fn get_hold(caller: Caller, At(id): At<HoldId>) -> Answered<Hold> {
    let found = caller.reader().hold(caller.tenant(), id).await?;
    // Orders hold pieces of stock; those are not the caller's to end.
    let found = found.filter(|hold| hold.debit.kind == AccountKind::Wallet);
    Ok(Answer::ok(Hold::of(&found.ok_or_else(|| Problem::not_found("hold"))?)?))
}
