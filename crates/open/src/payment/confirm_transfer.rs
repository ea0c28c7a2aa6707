//! Say that a transfer came.

use super::stored;
use super::views::Payment;
use domain::Reply;
use domain::payment::offline::ConfirmTransfer;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::wire::{self, Money, TransferReference};
use kernel::PaymentId;
use serde::Deserialize;
use utoipa::ToSchema;

/// A transfer that came.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Transferred {
    /// The bank's reference of the transfer, by which it is known: letters, digits and signs. It confirms one payment.
    pub reference: TransferReference,
    /// What came, whatever is due.
    pub amount: Money,
}

/// Say that the transfer of a payment by `offline` came. What then happens is what happens when a channel says so: goods, or the money
/// goes back. Above the merchant's limit (`transfer_above` of the approval policy) a second person must say yes.
#[utoipa::path(
    post, path = "/v1/payments/{id}/confirm", tag = "payments",
    params(("id" = inline(wire::PaymentId), Path)),
    request_body = Transferred, responses((status = 200, body = Payment))
)]
pub async fn confirm_transfer(
    caller: Caller,
    At(id): At<PaymentId>,
    ask: Ask<Transferred>,
) -> Answered<Payment> {
    let payment = stored(&caller, id).await?;
    let Transferred { reference, amount } = ask.body;
    let order = payment.order();
    let command =
        ConfirmTransfer { payment: id, order, reference: reference.0, amount: amount.into() };
    let (payment, replayed) = match caller.submit(ask.once, command).await? {
        Reply::New(payment) => (*payment, false),
        Reply::Replayed(_) => (stored(&caller, id).await?, true),
    };
    Ok(Answer::ok(Payment::of(&caller, &payment)).replayed(replayed))
}
