//! Read a payment.

use super::stored;
use super::views::{Payment, PaymentWithReceipts};
use domain::payment::found_under;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::wire;
use kernel::PaymentId;

/// Read a payment, with the money that came in for it.
#[utoipa::path(
    get, path = "/v1/payments/{id}", tag = "payments",
    params(("id" = inline(wire::PaymentId), Path)), responses((status = 200, body = PaymentWithReceipts))
)]
pub async fn get_payment(caller: Caller, At(id): At<PaymentId>) -> Answered<PaymentWithReceipts> {
    let payment = stored(&caller, id).await?;
    let bound = match payment.method.channel() {
        Some(_) => caller.reader().channel_payment(caller.tenant(), id).await?,
        None => None,
    };
    let under = found_under(payment.order(), id);
    let receipts = caller.reader().receipts_of_order(caller.tenant(), under).await?;
    let shown = Payment::of(&caller, &payment).bound(&payment, bound.as_ref());
    let shown = shown.with_transfer(&caller, &payment).await?;
    let shown = PaymentWithReceipts::of(shown, &payment, &receipts);
    Ok(Answer::ok(shown.with_fee(bound.as_ref())))
}
