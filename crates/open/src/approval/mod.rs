//! Acts that want a second person: reading them, deciding about them, and taking what they gave.

pub mod approve;
pub mod edit_policy;
pub mod get_approval;
pub mod get_policy;
pub mod list_approvals;
pub mod refuse;
pub mod take_result;
mod views;

use domain::approval::Approval;
use domain::approval::alone::WaitAlone;
use domain::approval::decide::Decider;
use domain::identity::Scope;
use edge::approval::others;
use edge::auth::Caller;
use edge::problem::{ErrorCode, Problem};
use kernel::ApprovalId;

/// An approval of the caller's book.
async fn stored(caller: &Caller, id: ApprovalId) -> Result<Approval, Problem> {
    let found = caller.reader().approval(caller.tenant(), id).await?;
    found.ok_or_else(|| Problem::not_found("approval"))
}

/// An approval that the caller may see: every one, or his own.
async fn seen(caller: &Caller, id: ApprovalId) -> Result<Approval, Problem> {
    let approval = stored(caller, id).await?;
    let own = caller.standing().is_some_and(|standing| standing.person == approval.requester);
    let all = caller.may(Scope::ApprovalsRead).or_else(|_| caller.may(Scope::ApprovalsDecide));
    if own || all.is_ok() { Ok(approval) } else { Err(Problem::not_found("approval")) }
}

/// The caller as the one who decides. Where nobody else can, that is told to everybody first, and counts a day later.
async fn decider(caller: &Caller, approval: &Approval) -> Result<Decider, Problem> {
    let by = caller.standing().cloned();
    let by = by.ok_or_else(|| Problem::new(ErrorCode::Forbidden, "only people approve"))?;
    approval.check_open(caller.engine().now())?;
    let own = by.person == approval.requester;
    if own {
        wait_alone(caller, approval).await?;
    }
    Ok(Decider { approval: approval.id, by, alone: own })
}

async fn wait_alone(caller: &Caller, approval: &Approval) -> Result<(), Problem> {
    let own = |detail: String| Problem::new(ErrorCode::SelfApproval, detail);
    if others::can_approve(caller.app(), &approval.needed(), approval.requester).await? {
        return Err(own("somebody else must approve what you asked for".to_owned()));
    }
    let alone = caller.run(WaitAlone { approval: approval.id }).await?;
    if alone.is_new {
        others::tell_everybody(caller.app(), &alone.approval).await?;
    }
    match alone.approval.alone_until() {
        Some(until) if caller.engine().now() >= until => Ok(()),
        until => {
            let until = until.map_or_else(String::new, |until| until.to_string());
            let detail =
                "nobody else can approve it, and everybody was told; you may do it yourself from";
            Err(own(format!("{detail} {until}")))
        }
    }
}
