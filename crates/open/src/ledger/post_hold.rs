//! Post a hold.

use super::views::Hold;
use super::written;
use domain::ledger::hold::PostHold;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::wire::{self, Money};
use kernel::HoldId;
use serde::Deserialize;
use utoipa::ToSchema;

/// How much of a hold to move.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldPosting {
    /// A part of it; all of it when absent.
    pub amount: Option<Money>,
}

/// Move what a hold keeps, or a part of it, to the merchant. The rest is free again.
#[utoipa::path(
    post, path = "/v1/wallet-holds/{id}/post", tag = "wallets",
    params(("id" = inline(wire::HoldId), Path)),
    request_body = Option<HoldPosting>, responses((status = 200, body = Hold))
)]
pub async fn post_hold(
    caller: Caller,
    At(hold): At<HoldId>,
    ask: Ask<HoldPosting>,
) -> Answered<Hold> {
    let command = PostHold { hold, amount: ask.body.amount.map(Into::into) };
    let reply = caller.submit(ask.once, command).await?;
    let (hold, replayed) = written(&caller, reply).await?;
    Ok(Answer::ok(Hold::of(&hold)?).replayed(replayed))
}
