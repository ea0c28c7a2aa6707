//! Facts about acts that want a second person. What was done stands in the facts of the act, under the same request.

use super::ApprovalState;
use super::act::{Act, Size};
use crate::fact::FactBody;
use kernel::{ApprovalId, PersonId, Timestamp};
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Approval:
    "approval.opened" 1 => ApprovalOpened,
    "approval.alone" 1 => ApprovalAlone,
    "approval.decided" 1 => ApprovalDecided,
    "approval.expired" 1 => ApprovalExpired,
    "approval.taken" 1 => ApprovalTaken,
}

/// An act waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalOpened {
    /// The approval.
    pub approval: ApprovalId,
    /// Which act.
    pub act: Act,
    /// Who asked.
    pub requester: PersonId,
    /// Method and path of the request.
    pub request: String,
    /// How large it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
    /// Until when it waits.
    pub expires_at: Timestamp,
    /// Whether nobody else could approve it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alone: bool,
}

impl FactBody for ApprovalOpened {}

/// Nobody else can approve an act any more, and everybody is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalAlone {
    /// The approval.
    pub approval: ApprovalId,
    /// Who asked.
    pub requester: PersonId,
}

impl FactBody for ApprovalAlone {}

/// A second person decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalDecided {
    /// The approval.
    pub approval: ApprovalId,
    /// Which act.
    pub act: Act,
    /// Who asked.
    pub requester: PersonId,
    /// Who decided.
    pub by: PersonId,
    /// What came of it: done, failed or refused.
    pub state: ApprovalState,
    /// The code of the rule that said no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl FactBody for ApprovalDecided {}

/// Nobody decided in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalExpired {
    /// The approval.
    pub approval: ApprovalId,
    /// Which act.
    pub act: Act,
    /// Who asked.
    pub requester: PersonId,
}

impl FactBody for ApprovalExpired {}

/// Who asked took what the act gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalTaken {
    /// The approval.
    pub approval: ApprovalId,
    /// Who asked.
    pub requester: PersonId,
}

impl FactBody for ApprovalTaken {}

impl Fact {
    /// Which approval it is about.
    pub fn approval(&self) -> ApprovalId {
        match self {
            Self::ApprovalOpened(fact) => fact.approval,
            Self::ApprovalAlone(fact) => fact.approval,
            Self::ApprovalDecided(fact) => fact.approval,
            Self::ApprovalExpired(fact) => fact.approval,
            Self::ApprovalTaken(fact) => fact.approval,
        }
    }
}
