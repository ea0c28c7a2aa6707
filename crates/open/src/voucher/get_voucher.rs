//! Read a voucher.

use super::stored;
use super::views::Voucher;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::wire;
use kernel::VoucherId;

/// Read a voucher, without its code.
#[utoipa::path(
    get, path = "/v1/vouchers/{id}", tag = "vouchers",
    params(("id" = inline(wire::VoucherId), Path)), responses((status = 200, body = Voucher))
)]
pub async fn get_voucher(caller: Caller, At(id): At<VoucherId>) -> Answered<Voucher> {
    let found = stored(&caller, id).await?;
    Ok(Answer::ok(Voucher::of(&found, caller.engine().now())))
}
