//! Read a payment.

use super::stored;
use super::views::Payment;
use crate::answer::{Answer, Answered};
use crate::auth::Caller;
use crate::extract::At;
use crate::wire;
use kernel::PaymentId;

/// Read a payment.
#[utoipa::path(
    get, path = "/v1/payments/{id}", tag = "payments",
    params(("id" = inline(wire::PaymentId), Path)), responses((status = 200, body = Payment))
)]
pub async fn get_payment(caller: Caller, At(id): At<PaymentId>) -> Answered<Payment> {
    let payment = stored(&caller, id).await?;
    Ok(Answer::ok(Payment::of(&caller, &payment)))
}
