//! Vouchers and their redemptions.

pub mod get_voucher;
pub mod list_redemptions;
pub mod list_vouchers;
pub mod look_up_voucher;
pub mod make_vouchers;
pub mod redeem;
pub mod reverse;
mod views;

pub use views::DeliveredVoucher;

use edge::auth::Caller;
use edge::problem::Problem;
use edge::wire::CodeText;
use kernel::{Id16, VoucherId};

/// A stored voucher.
async fn stored(caller: &Caller, id: VoucherId) -> Result<domain::voucher::Voucher, Problem> {
    let found = caller.reader().voucher(caller.tenant(), id).await?;
    found.ok_or_else(|| Problem::not_found("voucher"))
}

/// The tag of a code as it was typed. What cannot be a code is no voucher, as one that nobody has.
fn tag_of(caller: &Caller, code: &CodeText) -> Result<Id16, Problem> {
    let bits = domain::voucher::code::read(&code.0);
    let bits = bits.ok_or_else(|| Problem::not_found("voucher"))?;
    Ok(caller.vault().voucher_tag(caller.tenant(), &bits))
}
