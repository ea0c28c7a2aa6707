//! Begin to pay an order.

use super::stored;
use super::views::Payment;
use domain::{Reply, payment::start::StartPayment};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::wire::{self, PaymentMethod};
use kernel::{OrderId, PaymentId};
use serde::Deserialize;
use utoipa::ToSchema;

/// How an order is to be paid.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPayment {
    /// The payment method: the buyer's wallet, at once, or the test channel, in test mode.
    pub method: PaymentMethod,
}

/// Begin to pay an order that waits. A wallet pays at once and the order is delivered; a channel has a page
/// where the buyer pays, and tells us later.
#[utoipa::path(
    post, path = "/v1/orders/{id}/payments", tag = "payments",
    params(("id" = inline(wire::OrderId), Path)),
    request_body = NewPayment, responses((status = 201, body = Payment))
)]
pub async fn start_payment(
    caller: Caller,
    At(order): At<OrderId>,
    ask: Ask<NewPayment>,
) -> Answered<Payment> {
    let command = StartPayment { order, method: ask.body.method.0 };
    match caller.submit(ask.once, command).await? {
        Reply::New(payment) => {
            caller.begun().remember(&payment);
            Ok(Answer::created(Payment::of(&caller, &payment)))
        }
        Reply::Replayed(before) => {
            let payment = stored(&caller, PaymentId(before.subject)).await?;
            Ok(Answer::created(Payment::of(&caller, &payment)).replayed(true))
        }
    }
}
