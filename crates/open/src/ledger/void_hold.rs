//! Void a hold.

use super::views::Hold;
use super::written;
use domain::ledger::hold::VoidHold;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At, Nothing};
use edge::wire;
use kernel::HoldId;

/// Make what a hold keeps free again, without moving anything.
#[utoipa::path(
    post, path = "/v1/wallet-holds/{id}/void", tag = "wallets",
    params(("id" = inline(wire::HoldId), Path)),
    request_body = Option<Nothing>, responses((status = 200, body = Hold))
)]
pub async fn void_hold(caller: Caller, At(hold): At<HoldId>, ask: Ask<Nothing>) -> Answered<Hold> {
    let reply = caller.submit(ask.once, VoidHold { hold }).await?;
    let (hold, replayed) = written(&caller, reply).await?;
    Ok(Answer::ok(Hold::of(&hold)?).replayed(replayed))
}
