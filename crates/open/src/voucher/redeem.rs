//! Redeem a voucher, or several in one act.

use super::views::Redemption;
use super::{following, shown_of};
use domain::Reply;
use domain::voucher::redeem::{RedeemVoucher, Take};
use domain::voucher::redeem_together::{RedeemTogether, Together};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::problem::Problem;
use edge::wire::{CodeText, Money, StoreId};
use kernel::RedemptionId;
use serde::{Deserialize, Serialize};
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
    let take = take_of(uses, amount, "uses")?;
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

/// One of several vouchers: `uses` of one that counts uses, `amount` of one that holds money.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// The voucher's code, or the eight digits of a token.
    pub code: CodeText,
    /// How many uses.
    pub uses: Option<u32>,
    /// How much money.
    pub amount: Option<Money>,
}

/// What is to be redeemed together.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRedemptions {
    /// The vouchers, each of them once; 20 at most.
    #[schema(min_items = 1, max_items = 20)]
    pub vouchers: Vec<Shown>,
    /// The bill that they are for. A voucher that has a least one wants it.
    pub spend: Option<Money>,
    /// Where. A voucher that is redeemed in some stores alone wants one of them.
    pub store: Option<StoreId>,
}

/// Redemptions of one act.
#[derive(Debug, Serialize, ToSchema)]
pub struct Redemptions {
    /// One a voucher, in the order in which they were sent.
    pub redemptions: Vec<Redemption>,
}

/// Redeem some of several vouchers for one bill: all of them, or none. A refusal names the place of the voucher that it is
/// about.
#[utoipa::path(
    post, path = "/v1/redemptions/batch", tag = "vouchers",
    request_body = NewRedemptions, responses((status = 201, body = Redemptions))
)]
pub async fn redeem_together(caller: Caller, ask: Ask<NewRedemptions>) -> Answered<Redemptions> {
    let NewRedemptions { vouchers, spend, store } = ask.body;
    let mut shown = Vec::with_capacity(vouchers.len());
    for (i, Shown { code, uses, amount }) in vouchers.into_iter().enumerate() {
        let at = format!("vouchers[{i}]");
        let take = take_of(uses, amount, &format!("{at}.uses"))?;
        shown.push((shown_of(&caller, &code).map_err(|problem| problem.within(&at))?, take));
    }
    let (spend, store) = (spend.map(Into::into), store.map(|store| store.0));
    let command = RedeemTogether { vouchers: shown, spend, store };
    let (done, replayed) = match caller.submit(ask.once, command).await? {
        Reply::New(Together(done)) => (done, false),
        Reply::Replayed(before) => {
            let ids = following(before.subject, before.version);
            let mut done = caller.reader().redemptions_named(caller.tenant(), &ids).await?;
            done.sort_by_key(|redemption| redemption.id);
            (done, true)
        }
    };
    let redemptions = done.iter().map(Redemption::of).collect();
    Ok(Answer::created(Redemptions { redemptions }).replayed(replayed))
}

fn take_of(uses: Option<u32>, amount: Option<Money>, field: &str) -> Result<Take, Problem> {
    match (uses, amount) {
        (Some(uses), None) => Ok(Take::Uses(uses)),
        (None, Some(amount)) => Ok(Take::Amount(amount.into())),
        _ => Err(Problem::invalid(field, "send either `uses` or `amount`")),
    }
}
