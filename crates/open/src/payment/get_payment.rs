//! Read a payment.

use super::stored;
use super::views::Payment;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::wire;
use kernel::PaymentId;

/// Read a payment.
#[utoipa::path(
    get, path = "/v1/payments/{id}", tag = "payments",
    params(("id" = inline(wire::PaymentId), Path)), responses((status = 200, body = Payment))
)]
pub async fn get_payment(caller: Caller, At(id): At<PaymentId>) -> Answered<Payment> {
    let payment = stored(&caller, id).await?;
    let bound = match payment.method.channel() {
        Some(_) => caller.reader().channel_payment(caller.tenant(), id).await?,
        None => None,
    };
    Ok(Answer::ok(Payment::of(&caller, &payment).bound(&payment, bound.as_ref())))
}
