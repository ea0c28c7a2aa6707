//! Refuse an act that waits.

use super::views::Decided;
use domain::approval::refuse::RefuseApproval;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::wire::{self, ReasonText};
use kernel::ApprovalId;
use serde::Deserialize;
use utoipa::ToSchema;

/// Why it is refused.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refuse {
    /// The reason; it is recorded, and who asked reads it.
    pub reason: Option<ReasonText>,
}

/// Refuse what somebody else asked for: nothing of it happens.
#[utoipa::path(
    post, path = "/v1/approvals/{id}/refuse", tag = "approvals",
    params(("id" = inline(wire::ApprovalId), Path)),
    request_body = Option<Refuse>, responses((status = 200, body = Decided))
)]
pub async fn refuse_act(
    caller: Caller,
    At(id): At<ApprovalId>,
    ask: Ask<Refuse>,
) -> Answered<Decided> {
    let approval = super::stored(&caller, id).await?;
    let decider = super::decider(&caller, &approval).await?;
    let reason = ask.body.reason.map(|reason| reason.0);
    let refused = caller.run(RefuseApproval { decider, reason }).await?;
    Ok(Answer::ok(Decided::of(refused.id, refused.state)))
}
