//! Keep the request of an act that wants a second person, and tell that it waits.

use super::{Kept, others};
use crate::auth::Caller;
use crate::problem::Problem;
use crate::wire::{self, Wire};
use domain::Reply;
use domain::approval::decide::Needed;
use domain::approval::open::OpenApproval;
use domain::approval::{Approval, ApprovalState, Part, Told, Wanted};
use kernel::{ApprovalId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// An act that waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Held {
    /// What waits, or did.
    pub approval: HeldApproval,
}

/// What waits, or did. A repeat with the same `Idempotency-Key` shows it as it is then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeldApproval {
    /// Its id.
    pub id: wire::ApprovalId,
    /// In which mode it stands: acts about people are of the live book, whichever mode they were asked for in.
    pub mode: wire::Mode,
    /// Where it stands.
    pub state: wire::ApprovalState,
    /// Which act.
    pub act: wire::Act,
    /// Until when it waits.
    pub expires_at: wire::Time,
    /// What it gave, once it is done; null while it waits, and where that is for the requester alone.
    #[schema(value_type = Option<Object>)]
    pub result: Option<serde_json::Value>,
    /// The code of the rule that said no after it was approved.
    pub problem: Option<String>,
    /// Whether the requester can take what it gave: `POST /v1/approvals/{id}/result`, once.
    pub to_take: bool,
}

impl Held {
    /// An approval as who asked sees it.
    pub fn of(approval: &Approval, now: Timestamp) -> Self {
        Self {
            approval: HeldApproval {
                id: Wire(approval.id),
                mode: Wire(approval.tenant.mode()),
                state: Wire(state(approval, now)),
                act: Wire(approval.act),
                expires_at: Wire(approval.expires_at),
                result: approval.told.result.clone(),
                problem: approval.told.problem.clone(),
                to_take: approval.told.to_take,
            },
        }
    }
}

/// Where an approval stands at a time: its timer may ring a little late.
pub fn state(approval: &Approval, now: Timestamp) -> ApprovalState {
    match approval.state {
        ApprovalState::Open if now >= approval.expires_at => ApprovalState::Expired,
        state => state,
    }
}

/// Opens an approval for a request; tells that it waits, or why it cannot.
pub(crate) async fn hold(caller: &Caller, kept: &Kept, wanted: Wanted) -> Problem {
    match open(caller, kept, wanted).await {
        Ok(approval) => Problem::held(Held::of(&approval, caller.engine().now())),
        Err(problem) => problem,
    }
}

/// Tells how an approval stands that the same request opened before.
pub(crate) async fn repeated(caller: &Caller, id: ApprovalId) -> Problem {
    match stored(caller, id).await {
        Ok(approval) => Problem::held(Held::of(&approval, caller.engine().now())),
        Err(problem) => problem,
    }
}

async fn stored(caller: &Caller, id: ApprovalId) -> Result<Approval, Problem> {
    let found = caller.reader().approval(caller.tenant(), id).await?;
    found.ok_or_else(|| Problem::internal("an approval is gone"))
}

async fn open(caller: &Caller, kept: &Kept, wanted: Wanted) -> Result<Approval, Problem> {
    let (tenant, engine) = (caller.tenant(), caller.engine());
    let id = ApprovalId(engine.draw());
    let request = kept.stored();
    let told = Told {
        scope: kept.scope,
        request: kept.line(),
        summary: request.summary(),
        size: wanted.size,
        alone_since: None,
        problem: None,
        reason: None,
        result: None,
        to_take: false,
    };
    let place = deliver::seal::approval_place(tenant, &id.0, Part::Request as i64);
    let clear = serde_json::to_vec(&request).map_err(Problem::internal)?;
    let vault = caller.vault();
    let sealed = vault.seal(&place, &clear);
    let needed = Needed::of(tenant, wanted.act, &told);
    let requester = caller.standing().map(|standing| standing.person);
    let requester = requester.ok_or_else(|| Problem::internal("a program is never held"))?;
    let alone = !others::can_approve(caller.app(), &needed, requester).await?;
    let open = OpenApproval { id, wanted, told, sealed, alone };
    let once = kept.once().map(|once| once.of(tenant, &vault));
    match engine.ask(caller.origin(), once, open).await {
        Ok(Reply::New(approval)) => {
            if alone {
                others::tell_everybody(caller.app(), &approval).await?;
            }
            Ok(*approval)
        }
        Ok(Reply::Replayed(before)) => stored(caller, ApprovalId(before.subject)).await,
        Err(error) => Err(error.into()),
    }
}
