//! Redeem a voucher.

use super::shown_of;
use super::views::Redemption;
use domain::Reply;
use domain::voucher::redeem::{RedeemVoucher, Take};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::problem::Problem;
use edge::wire::{CodeText, Money, StoreId};
use kernel::RedemptionId;
use serde::Deserialize;
use utoipa::ToSchema;

/// What is to be redeemed: `uses` of a voucher that counts uses, `amount` of one that holds money.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRedemption {
    /// The voucher's code, or the eight digits of a token, as it was read or typed: dashes, spaces and small letters are all
    /// one.
    pub code: CodeText,
    /// How many uses.
    pub uses: Option<u32>,
    /// How much money.
    pub amount: Option<Money>,
    /// The bill. A voucher that has a least one wants it.
    pub spend: Option<Money>,
    /// Where. A voucher that is redeemed in some stores alone wants one of them.
    pub store: Option<StoreId>,
}

/// Redeem some of a voucher. What is left of it is `remaining`.
#[utoipa::path(
    post, path = "/v1/redemptions", tag = "vouchers",
    request_body = NewRedemption, responses((status = 201, body = Redemption))
)]
pub async fn redeem_voucher(caller: Caller, ask: Ask<NewRedemption>) -> Answered<Redemption> {
    let NewRedemption { code, uses, amount, spend, store } = ask.body;
    let take = match (uses, amount) {
        (Some(uses), None) => Take::Uses(uses),
        (None, Some(amount)) => Take::Amount(amount.into()),
        _ => return Err(Problem::invalid("uses", "send either `uses` or `amount`")),
    };
    let (shown, spend) = (shown_of(&caller, &code)?, spend.map(Into::into));
    let command = RedeemVoucher { shown, take, spend, store: store.map(|store| store.0) };
    match caller.submit(ask.once, command).await? {
        Reply::New(redemption) => Ok(Answer::created(Redemption::of(&redemption))),
        Reply::Replayed(before) => {
            let (tenant, id) = (caller.tenant(), RedemptionId(before.subject));
            let found = caller.reader().redemption(tenant, id).await?;
            let found = found.ok_or_else(|| Problem::internal("a redemption is gone"))?;
            Ok(Answer::created(Redemption::of(&found)).replayed(true))
        }
    }
}
