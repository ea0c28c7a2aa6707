//! List approvals.

use super::views::Approval;
use domain::identity::Scope;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{Cursor, Limit, List, Page};
use edge::wire::ApprovalState;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which approvals are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApprovalList {
    /// Only those that stand there.
    #[param(inline)]
    pub state: Option<ApprovalState>,
    /// Items of the page.
    #[param(inline)]
    #[serde(default)]
    pub limit: Limit,
    /// `next` of the page before.
    #[param(inline)]
    pub after: Option<Cursor>,
}

/// List acts that wait for a second person, or did, newest first. Whoever lacks `approvals:read` reads his own.
#[utoipa::path(
    get, path = "/v1/approvals", tag = "approvals",
    params(ApprovalList), responses((status = 200, body = Page<Approval>))
)]
pub async fn list_approvals(
    caller: Caller,
    Query(wanted): Query<ApprovalList>,
) -> Answered<Page<Approval>> {
    let list = List { limit: wanted.limit, after: wanted.after };
    let own = match caller.may(Scope::ApprovalsRead) {
        Ok(()) => None,
        Err(_) => caller.standing().map(|standing| standing.person),
    };
    let (state, page) = (wanted.state.map(|state| state.0), list.page(kernel::ApprovalId));
    let rows = caller.reader().approvals(caller.tenant(), own, state, page).await?;
    let now = caller.engine().now();
    let shown = list.show(rows, |row| row.id.0, |row| Ok(Approval::of(row, now)))?;
    Ok(Answer::ok(shown))
}
