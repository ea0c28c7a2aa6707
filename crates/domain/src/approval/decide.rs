//! Decide about an act that waits: the ladder that a yes and a no go by, and the yes, which runs the command in the same
//! decision.

use super::act::{Act, Size};
use super::fact::ApprovalDecided;
use super::standing::Standing;
use super::{Approval, ApprovalState, Part, Told, require, timer};
use crate::command::{Command, Outcome};
use crate::context::{Actor, Origin};
use crate::fact::Record;
use crate::identity::{Scope, operator};
use crate::people::rights::{Limit, Rights};
use crate::{At, Context, Needs, Refusal, World};
use kernel::limits::APPROVAL_ALONE_HOURS;
use kernel::{ApprovalId, Tenant, Timestamp};

const HOUR_US: i64 = 3_600_000_000;

/// A person who decides about an act.
#[derive(Debug, Clone)]
pub struct Decider {
    /// Which approval.
    pub approval: ApprovalId,
    /// Who decides.
    pub by: Standing,
    /// Whether nobody else can, as the edge saw; then he may decide about his own act after a day.
    pub alone: bool,
}

/// A second person's yes. It goes with the command, whose origin names who asked.
#[derive(Debug, Clone)]
pub struct Approving {
    /// The second person.
    pub decider: Decider,
    /// Who asked.
    pub requester: Standing,
    /// What the edge found that he may do; it made the command by that.
    pub rights: Rights,
}

impl Decider {
    /// The approval with its timer, and what gives the person his rights.
    pub(super) fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.approval.approvals.insert((at.tenant, self.approval));
        needs.work.keys.insert(timer(at.tenant, self.approval));
        self.by.needs(at, needs);
    }

    /// Order of checks: the approval exists, waits, its time is not over, it is not his own, he may decide and has what it
    /// goes through.
    pub(super) fn check(&self, world: &World, ctx: &Context<'_>) -> Result<Approval, Refusal> {
        let tenant = ctx.origin.tenant;
        let approval = require(world, tenant, self.approval)?;
        approval.check_open(ctx.now)?;
        if self.by.person == approval.requester && !(self.alone && approval.waited(ctx.now)) {
            return Err(Refusal::SelfApproval);
        }
        let rights = self.by.rights(world, tenant, ctx.now);
        approval.needed().covered_by(&rights)?;
        Ok(approval)
    }
}

impl Approving {
    /// What the second person and the requester stand by.
    pub(crate) fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        self.decider.needs(at, needs);
        self.requester.needs(at, needs);
    }

    /// Ends the wait with what the command's rule says. What only came at a bad moment may be tried again.
    pub(crate) fn decide(
        &self,
        command: Command,
        world: &mut World,
        ctx: &mut Context<'_>,
    ) -> Result<Outcome, Refusal> {
        let approval = self.decider.check(world, ctx)?;
        if approval.requester != self.requester.person
            || self.requester.rights(world, ctx.origin.tenant, ctx.now) != self.rights
        {
            return Err(Refusal::Stale);
        }
        ctx.approved = true;
        let decided = command.decide(world, ctx);
        ctx.approved = false;
        match decided {
            Ok(outcome) => {
                self.decider.close(world, ctx, approval, Verdict::Done);
                Ok(outcome)
            }
            Err(refusal @ (Refusal::SealKeyRetired | Refusal::KeyMissing | Refusal::Stale)) => {
                Err(refusal)
            }
            Err(refusal) => {
                let problem = refusal.code().to_owned();
                self.decider.close(world, ctx, approval, Verdict::Failed(problem));
                Ok(Outcome::Failed(Box::new(refusal)))
            }
        }
    }
}

/// How a wait ends by a second person.
pub(super) enum Verdict {
    Done,
    /// With the code of the rule that said no.
    Failed(String),
    /// With the reason.
    Refused(Option<String>),
}

impl Decider {
    /// Ends the wait. Both names stand in the fact.
    pub(super) fn close(
        &self,
        world: &mut World,
        ctx: &Context<'_>,
        mut approval: Approval,
        verdict: Verdict,
    ) -> Approval {
        let tenant = approval.tenant;
        approval.state = match &verdict {
            Verdict::Done => ApprovalState::Done,
            Verdict::Failed(_) => ApprovalState::Failed,
            Verdict::Refused(_) => ApprovalState::Refused,
        };
        match verdict {
            Verdict::Done => {}
            Verdict::Failed(problem) => approval.told.problem = Some(problem),
            Verdict::Refused(reason) => approval.told.reason = reason,
        }
        (approval.decided_by, approval.decided_at) = (Some(self.by.person), Some(ctx.now));
        let fact = ApprovalDecided {
            approval: approval.id,
            act: approval.act,
            requester: approval.requester,
            by: self.by.person,
            state: approval.state,
            problem: approval.told.problem.clone(),
            reason: approval.told.reason.clone(),
        };
        let origin = Origin { actor: Some(Actor::Person(self.by.person)), ..ctx.origin };
        let subject = approval.id.0;
        world.journal.push(Record { origin, at: ctx.now, subject, fact: fact.into() });
        world.work.remove(&timer(tenant, approval.id));
        world.approval.end(&approval);
        approval
    }
}

impl super::world::Rows {
    /// Writes an approval that waits no more; its request goes.
    pub(super) fn end(&mut self, approval: &Approval) {
        let (tenant, id) = (approval.tenant, approval.id);
        self.sealed.insert((tenant, id, Part::Request), None);
        self.approvals.insert((tenant, id), approval.clone());
    }
}

impl Approval {
    /// Refuses one that waits no more.
    pub fn check_open(&self, now: Timestamp) -> Result<(), Refusal> {
        let detail = match self.state {
            ApprovalState::Open if now < self.expires_at => return Ok(()),
            ApprovalState::Open | ApprovalState::Expired => "nobody decided in time; ask again",
            ApprovalState::Done => "it was approved and done",
            ApprovalState::Failed => "it was approved, and its rule said no",
            ApprovalState::Refused => "it was refused",
        };
        Err(Refusal::WrongState { code: "approval_state", detail })
    }

    /// Whether everybody knows for a day that nobody else can approve it.
    fn waited(&self, now: Timestamp) -> bool {
        self.alone_until().is_some_and(|until| now >= until)
    }

    /// When who asked may approve it himself, if nobody else can then.
    pub fn alone_until(&self) -> Option<Timestamp> {
        self.told.alone_since.map(|since| since.plus_micros(APPROVAL_ALONE_HOURS * HOUR_US))
    }

    /// What a yes needs.
    pub fn needed(&self) -> Needed {
        Needed::of(self.tenant, self.act, &self.told)
    }
}

/// What a yes to an act needs.
#[derive(Debug, Clone, Copy)]
pub struct Needed {
    /// Where the act runs.
    pub tenant: Tenant,
    /// Which act.
    pub act: Act,
    /// The scopes that it goes through.
    scopes: [Option<Scope>; 2],
    /// How large it is.
    size: Option<Size>,
}

impl Needed {
    /// What a yes to an act needs of which this is told. Whoever goes against a rule has a scope for that, too.
    pub fn of(tenant: Tenant, act: Act, told: &Told) -> Self {
        let against = act == Act::Refund && told.summary["override"] == true;
        let scopes = [Some(told.scope), against.then_some(Scope::RefundsOverride)];
        Self { tenant, act, scopes, size: told.size }
    }

    /// Refuses rights that do not let somebody say yes: nobody approves what he could not do himself. The operator's people
    /// administer apart, so that one of them approves what another does.
    pub fn covered_by(&self, rights: &Rights) -> Result<(), Refusal> {
        let lacks = |scope: Scope| Refusal::Lacks { scope: scope.name() };
        let mode = self.tenant.mode();
        if !rights.has(mode, Scope::ApprovalsDecide) {
            return Err(lacks(Scope::ApprovalsDecide));
        }
        if self.tenant.merchant() == operator().merchant() {
            return Ok(());
        }
        if let Some(scope) = self.scopes.iter().flatten().find(|scope| !rights.has(mode, **scope)) {
            return Err(lacks(*scope));
        }
        match (self.act, self.size, rights.refund()) {
            (Act::Refund, Some(Size::Amount(money)), Limit::UpTo(most)) if money.amount > most => {
                Err(lacks(Scope::OrdersWrite))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Currency, MerchantId, Mode, Money};
    use serde_json::json;

    #[test]
    fn nobody_says_yes_to_what_he_could_not_do() {
        use Scope::{ApprovalsDecide, OrdersWrite, RefundsOverride};
        let tenant = Tenant::new(MerchantId([4; 16]), Mode::Test);
        let told = |overriding: bool| Told {
            scope: OrdersWrite,
            request: String::new(),
            summary: json!({ "override": overriding }),
            size: Some(Size::Amount(Money::new(500, Currency::Cny))),
            alone_since: None,
            problem: None,
            reason: None,
            result: None,
            to_take: false,
        };
        let refund = Needed::of(tenant, Act::Refund, &told(false));
        let against = Needed::of(tenant, Act::Refund, &told(true));
        let both = [Mode::Live, Mode::Test];
        for (needed, modes, scopes, limit, may) in [
            (refund, &both[..], vec![ApprovalsDecide, OrdersWrite], Limit::Unlimited, true),
            (refund, &both[..1], vec![ApprovalsDecide, OrdersWrite], Limit::Unlimited, false),
            (refund, &both, vec![ApprovalsDecide], Limit::Unlimited, false),
            (refund, &both, vec![OrdersWrite], Limit::Unlimited, false),
            (refund, &both, vec![ApprovalsDecide, OrdersWrite], Limit::UpTo(499), false),
            (refund, &both, vec![ApprovalsDecide, OrdersWrite], Limit::UpTo(500), true),
            (against, &both, vec![ApprovalsDecide, OrdersWrite], Limit::Unlimited, false),
            (
                against,
                &both,
                vec![ApprovalsDecide, OrdersWrite, RefundsOverride],
                Limit::Unlimited,
                true,
            ),
        ] {
            let rights = Rights::new(modes, scopes.clone(), limit);
            assert_eq!(needed.covered_by(&rights).is_ok(), may, "{scopes:?} {limit:?}");
        }
        let of_operator = Needed::of(operator(), Act::ApiKey, &told(false));
        let security = Rights::new(&both, [ApprovalsDecide], Limit::default());
        assert!(of_operator.covered_by(&security).is_ok());
    }
}
