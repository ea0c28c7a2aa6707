//! Wallets and holds in money; accounts, entries and transfers in ledger units.

pub mod account_entries;
pub mod credit_wallet;
pub mod get_account;
pub mod get_hold;
pub mod get_transfer;
pub mod list_accounts;
pub mod list_transfers;
pub mod look_up_wallet;
pub mod make_hold;
pub mod post_hold;
mod transfers_of_order;
mod unit;
mod views;
pub mod void_hold;
pub mod wallet_entries;

use domain::Reply;
use domain::ledger::{Hold, HoldState};
use edge::auth::Caller;
use edge::problem::Problem;
use kernel::HoldId;

/// The hold as a write left it behind, and whether that was long ago.
async fn written(caller: &Caller, reply: Reply<Hold>) -> Result<(Hold, bool), Problem> {
    let before = match reply {
        Reply::New(hold) => return Ok((hold, false)),
        Reply::Replayed(before) => before,
    };
    let found = caller.reader().hold(caller.tenant(), HoldId(before.subject)).await?;
    let mut hold = found.ok_or_else(|| Problem::internal("a hold is gone"))?;
    // A hold that has ended changes no more; one that was pending had moved nothing.
    if HoldState::from_number(before.version) == Some(HoldState::Pending) {
        hold = Hold { state: HoldState::Pending, posted: 0, ..hold };
    }
    Ok((hold, true))
}
