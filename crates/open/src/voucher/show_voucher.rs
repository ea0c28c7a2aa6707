//! Show a voucher by a token.

use domain::voucher::show::{self, ShowVoucher};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At, Nothing};
use edge::wire::{self, Time, Wire};
use kernel::VoucherId;
use serde::Serialize;
use utoipa::ToSchema;

/// A token. No `Debug`: whoever has it can redeem the voucher.
#[derive(Serialize, ToSchema)]
pub struct VoucherToken {
    /// Eight digits, to be typed or drawn as a QR code.
    pub token: String,
    /// It is taken before this time.
    pub expires_at: Time,
}

/// Give a voucher that is presented `live` a new token: it stands for the voucher for a minute and is used once. The token before
/// it ends.
#[utoipa::path(
    post, path = "/v1/vouchers/{id}/tokens", tag = "vouchers",
    params(("id" = inline(wire::VoucherId), Path)),
    request_body = Option<Nothing>,
    responses((status = 201, body = VoucherToken))
)]
pub async fn show_voucher(
    caller: Caller,
    At(voucher): At<VoucherId>,
    _: Ask<Nothing>,
) -> Answered<VoucherToken> {
    let engine = caller.engine();
    let token = caller.run(ShowVoucher::of(voucher, || engine.draw())).await?;
    let (token, until) = (show::write(token.digits), token.until);
    Ok(Answer::created(VoucherToken { token, expires_at: Wire(until) }))
}
