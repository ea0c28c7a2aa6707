//! Read the approval policy.

use super::edit_policy::Policy;
use domain::approval::policy::ApprovalPolicy;
use domain::resource::registry;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;

/// Read which acts of people want a second person.
#[utoipa::path(
    get, path = "/v1/approval_policy", tag = "approvals", responses((status = 200, body = Policy))
)]
pub async fn get_approval_policy(caller: Caller) -> Answered<Policy> {
    let row = caller.reader().the_one(caller.tenant(), registry::of::<ApprovalPolicy>()).await?;
    Ok(Answer::ok(Policy::of(&row)?).version(row.version))
}
