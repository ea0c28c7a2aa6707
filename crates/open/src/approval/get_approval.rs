//! Read an approval.

use super::views::Approval;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::wire;
use kernel::ApprovalId;

/// Read an act that waits for a second person, or did. Whoever lacks `approvals:read` reads his own.
#[utoipa::path(
    get, path = "/v1/approvals/{id}", tag = "approvals",
    params(("id" = inline(wire::ApprovalId), Path)), responses((status = 200, body = Approval))
)]
pub async fn get_approval(caller: Caller, At(id): At<ApprovalId>) -> Answered<Approval> {
    let approval = super::seen(&caller, id).await?;
    Ok(Answer::ok(Approval::of(&approval, caller.engine().now())))
}
