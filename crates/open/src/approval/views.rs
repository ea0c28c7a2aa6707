//! Approvals as callers see them.

use domain::approval::act::Size;
use domain::{approval, approval::ApprovalState};
use edge::approval::state;
use edge::problem::Problem;
use edge::wire::{self, Act, ApprovalId, Money, PersonId, Time, Wire};
use kernel::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// An act that waits for a second person, or did.
#[derive(Debug, Serialize, ToSchema)]
pub struct Approval {
    /// Its id.
    pub id: ApprovalId,
    /// In which mode it stands: acts about people are of the live book.
    pub mode: wire::Mode,
    /// Where it stands.
    pub state: wire::ApprovalState,
    /// Which act.
    pub act: Act,
    /// Who asked.
    pub requester: PersonId,
    /// Method and path of what was asked for.
    pub request: String,
    /// Its body; names of buyers, codes and addresses are masked.
    #[schema(value_type = Object)]
    pub summary: Value,
    /// The money that it is about.
    pub amount: Option<Money>,
    /// The pieces that it is about.
    pub pieces: Option<i64>,
    /// When it was asked for.
    pub created_at: Time,
    /// Until when it waits.
    pub expires_at: Time,
    /// From when on the requester may approve it himself, where nobody else can.
    pub alone_until: Option<Time>,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When it ended.
    pub decided_at: Option<Time>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// The code of the rule that said no after it was approved.
    pub problem: Option<String>,
    /// What it gave, masked; null where that is for the requester alone.
    #[schema(value_type = Option<Object>)]
    pub result: Option<Value>,
    /// Whether the requester can take what it gave.
    pub to_take: bool,
}

impl Approval {
    /// An approval at a time.
    pub fn of(row: &approval::Approval, now: Timestamp) -> Self {
        let told = &row.told;
        let (amount, pieces) = match told.size {
            Some(Size::Amount(money)) => (Some(money.into()), None),
            Some(Size::Pieces(pieces)) => (None, Some(pieces)),
            None => (None, None),
        };
        Self {
            id: Wire(row.id),
            mode: Wire(row.tenant.mode()),
            state: Wire(state(row, now)),
            act: Wire(row.act),
            requester: Wire(row.requester),
            request: told.request.clone(),
            summary: told.summary.clone(),
            amount,
            pieces,
            created_at: Wire(row.created_at),
            expires_at: Wire(row.expires_at),
            alone_until: row.alone_until().map(Wire),
            decided_by: row.decided_by.map(Wire),
            decided_at: row.decided_at.map(Wire),
            reason: told.reason.clone(),
            problem: told.problem.clone(),
            result: told.result.clone(),
            to_take: told.to_take,
        }
    }
}

/// What came of a decision.
#[derive(Serialize, ToSchema)]
pub struct Decided {
    /// Which approval.
    pub id: ApprovalId,
    /// `done`, `failed` or `refused`.
    pub state: wire::ApprovalState,
    /// What the act answered; absent where that is for the requester alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub result: Option<Value>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<ApprovalProblem>,
}

/// Why an act that was approved failed.
#[derive(Serialize, ToSchema)]
pub struct ApprovalProblem {
    /// What went wrong, for programs.
    pub code: edge::problem::ErrorCode,
    /// What went wrong, for people.
    pub detail: String,
}

impl Decided {
    /// A decision.
    pub fn of(id: kernel::ApprovalId, state: ApprovalState) -> Self {
        Self { id: Wire(id), state: Wire(state), result: None, problem: None }
    }

    /// The same with what went wrong.
    pub fn problem(self, problem: &Problem) -> Self {
        let (code, detail) = (problem.code, problem.cure().to_owned());
        Self { problem: Some(ApprovalProblem { code, detail }), ..self }
    }
}
