//! Find a voucher by its code.

use super::shown_of;
use super::views::Voucher;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::problem::Problem;
use edge::wire::CodeText;
use serde::Deserialize;
use utoipa::ToSchema;

/// Which voucher to find.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VoucherLookup {
    /// Its code, or the eight digits of its token, as it was read or typed: dashes, spaces and small letters are all one.
    pub code: CodeText,
}

/// Find a voucher by its code, to see what is left of it before some is redeemed. A POST, so that the code is in no log of
/// paths.
#[utoipa::path(
    post, path = "/v1/vouchers/lookup", tag = "vouchers",
    request_body = VoucherLookup, responses((status = 200, body = Voucher))
)]
pub async fn look_up_voucher(caller: Caller, ask: Ask<VoucherLookup>) -> Answered<Voucher> {
    let (tenant, now) = (caller.tenant(), caller.engine().now());
    let shown = shown_of(&caller, &ask.body.code)?;
    let found = deliver::voucher::code::find(caller.reader(), tenant, &shown, now).await?;
    let (found, _) = found.ok_or_else(|| Problem::not_found("voucher"))?;
    Ok(Answer::ok(Voucher::of(&found, now)))
}
