//! Approvals (审批): acts of people that want a second person's yes.
//!
//! A rule that finds an act too large for one person refuses it with [`Refusal::SecondPerson`]; its request is then kept,
//! sealed. Approving runs the command once more, inside the decision that ends the wait ([`decide`]): so there is one effect
//! or none, whatever races.

pub mod act;
pub mod alone;
pub mod decide;
pub mod expire;
pub mod fact;
pub mod fail;
pub mod open;
pub mod policy;
pub mod refuse;
pub mod result;
pub mod standing;
pub mod world;

use crate::context::Actor;
use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::identity::Scope;
use crate::outcome::Answer;
use crate::work::{WorkKey, WorkKind};
use crate::{Context, Refusal, World};
use act::{Act, Size};
use kernel::{ApprovalId, OrderId, PersonId, Tenant, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

crate::dispatch::verbs! {
    Approval:
    "open_approval" => open::OpenApproval,
    "refuse_approval" => refuse::RefuseApproval,
    "fail_approval" => fail::FailApproval,
    "wait_alone" => alone::WaitAlone,
    "expire_approval" => expire::ExpireApproval,
    "keep_result" => result::KeepResult,
    "take_result" => result::TakeResult,
}

crate::numbered::numbered! {
    /// Where an act stands that wanted a second person. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum ApprovalState {
        /// It waits.
        Open = 1,
        /// It was approved and done.
        Done = 2,
        /// It was approved, and its rule said no.
        Failed = 3,
        /// A second person said no.
        Refused = 4,
        /// Nobody said anything in time.
        Expired = 5,
    }
}

/// An act that waits for a second person, or did.
#[derive(Debug, Clone, PartialEq)]
pub struct Approval {
    /// Its id.
    pub id: ApprovalId,
    /// Where the act runs.
    pub tenant: Tenant,
    /// Which act.
    pub act: Act,
    /// Who asked.
    pub requester: PersonId,
    /// Where it stands.
    pub state: ApprovalState,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Until when it waits.
    pub expires_at: Timestamp,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When it ended.
    pub decided_at: Option<Timestamp>,
    /// What is told of it.
    pub told: Told,
}

/// What is told of an act that wants a second person. Nothing of it is secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// The scope that the act goes through.
    pub scope: Scope,
    /// Method and path of the request.
    pub request: String,
    /// Its body, masked.
    pub summary: Value,
    /// How large it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
    /// Since when everybody knows that nobody else can approve it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone_since: Option<Timestamp>,
    /// The code of the rule that said no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What it gave, where that is not for the requester alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Value>,
    /// Whether what it gave lies sealed for who asked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_take: bool,
}

/// A sealed part of an approval. The number is what the store writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The request, while it waits.
    Request = 1,
    /// What it gave, until it is taken.
    Result = 2,
}

/// An act that wants a second person, as the rule found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Which act.
    pub act: Act,
    /// How large it is.
    pub size: Option<Size>,
}

impl Approval {
    /// The order that its request is about, as the path names it.
    pub fn order(&self) -> Option<OrderId> {
        let (_, path) = self.told.request.split_once(' ')?;
        path.strip_prefix("/v1/orders/")?
            .split(['/', '?'])
            .next()
            .and_then(|id| OrderId::parse(id).ok())
    }
}

impl Answer for Approval {
    fn reference(&self) -> Option<OutcomeRef> {
        Some(OutcomeRef::to(OutcomeKind::Approval, self.id.0))
    }
}

/// The timer that ends the wait, and later drops what nobody took.
pub fn timer(tenant: Tenant, approval: ApprovalId) -> WorkKey {
    WorkKey { kind: WorkKind::ExpireApproval, tenant, subject: approval.0 }
}

/// The last check of a rule: refuses an act of a person that wants a second one who has not said yes. Programs act alone.
pub fn ask_second(
    world: &World,
    ctx: &Context<'_>,
    act: Act,
    size: Option<Size>,
) -> Result<(), Refusal> {
    let is_person = matches!(ctx.origin.actor, Some(Actor::Person(_)));
    if is_person && !ctx.approved && policy::of(world, ctx.origin.tenant).holds(act, size) {
        return Err(Refusal::SecondPerson(Wanted { act, size }));
    }
    Ok(())
}

/// An approval of the world.
pub(crate) fn require(world: &World, tenant: Tenant, id: ApprovalId) -> Result<Approval, Refusal> {
    let found = world.approval.approvals.get(&(tenant, id));
    found.cloned().ok_or(Refusal::NotFound("approval"))
}
