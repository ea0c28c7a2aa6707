//! Edit the approval policy.

use crate::resource::{change, schema};
use domain::approval::policy::ApprovalPolicy;
use domain::resource::{Fields, Row, registry};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, IfMatch};
use edge::problem::Problem;
use serde::Serialize;
use std::borrow::Cow;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Edit which acts of people want a second person. To hold less waits for one; to hold more is done at once.
#[utoipa::path(
    patch, path = "/v1/approval_policy", tag = "approvals",
    params(("If-Match" = Option<String>, Header, description = "The `ETag` that was seen: anything newer is left as it is.")),
    request_body = PolicyChange, responses((status = 200, body = Policy))
)]
pub async fn edit_approval_policy(
    caller: Caller,
    seen: IfMatch,
    ask: Ask<Fields>,
) -> Answered<Policy> {
    let policy = registry::of::<ApprovalPolicy>();
    let (row, replayed) = change::edit_the_one(policy, &caller, seen, ask).await?;
    Ok(Answer::ok(Policy::of(&row)?).version(row.version).replayed(replayed))
}

/// Which acts of people want a second person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Policy {
    /// Grows with every edit; 0 before the first one. Its `ETag`.
    pub version: i64,
    /// Refunds of more than this, in minor units.
    pub refund_above: i64,
    /// Manual credits of wallets of more than this, in minor units.
    pub credit_above: i64,
    /// Confirmed transfers of more than this, in minor units.
    pub transfer_above: i64,
    /// Reveals of more codes at once than this.
    pub reveal_above: i64,
    /// Whether keys are held through which such acts would go alone.
    pub keys: bool,
    /// Whether changes of staff, roles, networks and grants are held.
    pub people: bool,
    /// For how many hours an act waits.
    pub hours: i64,
}

impl Policy {
    /// The policy of a book.
    pub fn of(row: &Row) -> Result<Self, Problem> {
        let policy = registry::of::<ApprovalPolicy>().typed::<ApprovalPolicy>(row);
        let policy = policy.ok_or_else(|| Problem::internal("a stored policy is none"))?;
        let version = row.version;
        let ApprovalPolicy {
            refund_above,
            credit_above,
            transfer_above,
            reveal_above,
            keys,
            people,
            hours,
        } = policy;
        Ok(Self {
            version,
            refund_above,
            credit_above,
            transfer_above,
            reveal_above,
            keys,
            people,
            hours,
        })
    }
}

/// A change of the approval policy, as the document tells it.
pub struct PolicyChange;

impl PartialSchema for PolicyChange {
    fn schema() -> RefOr<Schema> {
        schema::of_change(registry::of::<ApprovalPolicy>()).0
    }
}

impl ToSchema for PolicyChange {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("PolicyChange")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.extend(schema::of_change(registry::of::<ApprovalPolicy>()).1);
    }
}
