//! Take a redemption back.

use super::views::Redemption;
use domain::Reply;
use domain::voucher::reverse::ReverseRedemption;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::problem::Problem;
use edge::wire::{self, ReasonText};
use kernel::RedemptionId;
use serde::Deserialize;
use utoipa::ToSchema;

/// Why a redemption is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reversal {
    /// The reason; the journal keeps it.
    #[serde(default)]
    pub reason: Option<ReasonText>,
}

/// Take a redemption back within 24 hours: what was taken is left again.
#[utoipa::path(
    post, path = "/v1/redemptions/{id}/reverse", tag = "vouchers",
    params(("id" = inline(wire::RedemptionId), Path)),
    request_body = Option<Reversal>, responses((status = 201, body = Redemption))
)]
pub async fn reverse_redemption(
    caller: Caller,
    At(redemption): At<RedemptionId>,
    ask: Ask<Reversal>,
) -> Answered<Redemption> {
    let reason = ask.body.reason.map(|reason| reason.0);
    let command = ReverseRedemption { redemption, reason };
    match caller.submit(ask.once, command).await? {
        Reply::New(reversed) => Ok(Answer::created(Redemption::of(&reversed))),
        Reply::Replayed(_) => {
            let found = caller.reader().redemption(caller.tenant(), redemption).await?;
            let found = found.ok_or_else(|| Problem::internal("a redemption is gone"))?;
            Ok(Answer::created(Redemption::of(&found)).replayed(true))
        }
    }
}
