//! Read a hold.

use super::views::Hold;
use domain::ledger::AccountKind;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::problem::Problem;
use edge::wire;
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
