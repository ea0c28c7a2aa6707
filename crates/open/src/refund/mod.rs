//! Refunds.

pub mod confirm_refund;
pub mod get_refund;
pub mod list_all_refunds;
pub mod list_refunds;
pub mod request_refund;
pub mod retry_refund;
mod views;

use edge::auth::Caller;
use edge::problem::Problem;
use kernel::RefundId;

/// A stored refund.
async fn stored(caller: &Caller, id: RefundId) -> Result<domain::refund::Refund, Problem> {
    let found = caller.reader().refund(caller.tenant(), id).await?;
    found.ok_or_else(|| Problem::not_found("refund"))
}
