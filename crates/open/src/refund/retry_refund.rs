//! Send a refund again that the channel refused.

use super::stored;
use super::views::Refund;
use domain::Reply;
use domain::refund::retry::RetryRefund;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At, Nothing};
use edge::wire;
use kernel::RefundId;

/// Send a refund again that the channel refused. One that is on its way or was done stays as it is.
#[utoipa::path(
    post, path = "/v1/refunds/{id}/retry", tag = "refunds",
    params(("id" = inline(wire::RefundId), Path)),
    request_body = Option<Nothing>, responses((status = 200, body = Refund))
)]
pub async fn retry_refund(
    caller: Caller,
    At(refund): At<RefundId>,
    ask: Ask<Nothing>,
) -> Answered<Refund> {
    match caller.submit(ask.once, RetryRefund { refund }).await? {
        Reply::New(refund) => Ok(Answer::ok(Refund::of(&refund))),
        Reply::Replayed(_) => {
            let refund = stored(&caller, refund).await?;
            Ok(Answer::ok(Refund::of(&refund)).replayed(true))
        }
    }
}
