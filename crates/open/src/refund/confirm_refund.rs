//! Say that a refund of a transfer was transferred.

use super::stored;
use super::views::Refund;
use domain::Reply;
use domain::refund::by_hand::ConfirmRefund;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At, Nothing};
use edge::wire;
use kernel::RefundId;

/// Say that the money of a refund was transferred to the buyer. Only of payments by `offline`, whose refunds no channel does.
#[utoipa::path(
    post, path = "/v1/refunds/{id}/confirm", tag = "refunds",
    params(("id" = inline(wire::RefundId), Path)),
    request_body = Option<Nothing>, responses((status = 200, body = Refund))
)]
pub async fn confirm_refund(
    caller: Caller,
    At(refund): At<RefundId>,
    ask: Ask<Nothing>,
) -> Answered<Refund> {
    match caller.submit(ask.once, ConfirmRefund { refund }).await? {
        Reply::New(refund) => Ok(Answer::ok(Refund::of(&refund))),
        Reply::Replayed(_) => {
            let refund = stored(&caller, refund).await?;
            Ok(Answer::ok(Refund::of(&refund)).replayed(true))
        }
    }
}
