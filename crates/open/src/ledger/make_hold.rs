//! Put a part of a wallet on hold.

use super::views::Hold;
use super::written;
use crate::identity::buyer::NamedBuyer;
use domain::ledger::hold::MakeHold;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::wire::Money;
use serde::Deserialize;
use utoipa::ToSchema;

/// What to keep of whose wallet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHold {
    /// Whose wallet.
    pub buyer: NamedBuyer,
    /// What to keep, more than nothing.
    pub amount: Money,
}

/// Keep a part of a buyer's wallet until it is posted or voided. It ends in no other way.
#[utoipa::path(
    post, path = "/v1/wallet-holds", tag = "wallets",
    request_body = NewHold, responses((status = 201, body = Hold))
)]
pub async fn make_hold(caller: Caller, ask: Ask<NewHold>) -> Answered<Hold> {
    let (buyer, amount) = (ask.body.buyer.reference(&caller)?, ask.body.amount.into());
    let reply = caller.submit(ask.once, MakeHold { buyer, amount }).await?;
    let (hold, replayed) = written(&caller, reply).await?;
    Ok(Answer::created(Hold::of(&hold)?).replayed(replayed))
}
