//! Vouchers and their redemptions.

pub mod devices;
pub mod get_voucher;
pub mod list_redemptions;
pub mod list_vouchers;
pub mod look_up_voucher;
pub mod make_vouchers;
pub mod redeem;
pub mod reverse;
pub mod runs;
pub mod show_voucher;
mod views;

pub use views::DeliveredVoucher;

use domain::voucher::redeem::Shown;
use edge::auth::Caller;
use edge::problem::Problem;
use edge::wire::CodeText;
use kernel::{Id16, VoucherId};

/// A stored voucher.
async fn stored(caller: &Caller, id: VoucherId) -> Result<domain::voucher::Voucher, Problem> {
    let found = caller.reader().voucher(caller.tenant(), id).await?;
    found.ok_or_else(|| Problem::not_found("voucher"))
}

/// What was typed or read. Nothing is no voucher, as one that nobody has.
fn shown_of(caller: &Caller, code: &CodeText) -> Result<Shown, Problem> {
    let shown = deliver::voucher::code::shown(&caller.vault(), caller.tenant(), &code.0);
    shown.ok_or_else(|| Problem::not_found("voucher"))
}

/// Ids of what was made by one act: they follow the first one.
fn following(first: Id16, count: i64) -> Vec<Id16> {
    let first = u128::from_be_bytes(first);
    (0..count).map(|i| first.wrapping_add(i as u128).to_be_bytes()).collect()
}
