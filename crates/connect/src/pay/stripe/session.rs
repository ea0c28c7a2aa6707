//! What Stripe says of Checkout Sessions, Payment Intents and refunds, in answers and in webhooks alike.

use crate::pay::answer::{Paid, RefundSeen, RefundStanding, Standing, Why};
use crate::pay::notice::Refused;
use kernel::{Currency, Money, PaymentId};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Our numbers, as they come back.
pub(super) type Metadata = BTreeMap<String, String>;

/// Under which name the metadata have our number of a payment.
pub(super) const PAYMENT: &str = "tessera_payment";
/// Under which name they have the order.
pub(super) const ORDER: &str = "tessera_order";
/// Under which name they have our number of a refund.
pub(super) const REFUND: &str = "tessera_refund";

/// A Checkout Session.
#[derive(Deserialize)]
pub(super) struct Session {
    pub id: String,
    #[serde(default)]
    pub url: Option<String>,
    status: Option<String>,
    payment_status: String,
    #[serde(default)]
    payment_intent: Option<String>,
    #[serde(default)]
    amount_total: Option<i64>,
    #[serde(default)]
    currency: Option<String>,
    #[serde(default)]
    pub client_reference_id: Option<String>,
    #[serde(default)]
    pub metadata: Metadata,
}

impl Session {
    /// Our numbers. Whoever looks a session up at Stripe sees ours of the payment as `client_reference_id`, which says the same.
    pub fn numbers(&self) -> Metadata {
        let mut numbers = self.metadata.clone();
        // Sessions of others at the same account have references of theirs.
        let ours = self.client_reference_id.as_ref().filter(|id| PaymentId::parse(id).is_ok());
        if let Some(payment) = ours {
            numbers.entry(PAYMENT.to_owned()).or_insert_with(|| payment.clone());
        }
        numbers
    }

    /// Where the payment stands. A session that is complete but unpaid waits for a slow way to pay.
    pub fn standing(&self) -> Result<Standing, Refused> {
        match (self.status.as_deref(), self.payment_status.as_str()) {
            (Some("complete"), "paid") => {
                let number = self.payment_intent.as_deref().unwrap_or_default();
                let amount = self.amount_total.unwrap_or_default();
                paid(number, amount, self.currency.as_deref().unwrap_or_default())
            }
            (Some("open"), _) | (Some("complete"), "unpaid") => Ok(Standing::Open),
            (Some("expired"), _) => Ok(Standing::Closed),
            _ => Err(Refused::Unreadable("payment_status")),
        }
    }
}

/// A Payment Intent.
#[derive(Deserialize)]
pub(super) struct PaymentIntent {
    id: String,
    status: String,
    amount: i64,
    #[serde(default)]
    amount_received: Option<i64>,
    currency: String,
    #[serde(default)]
    pub metadata: Metadata,
}

impl PaymentIntent {
    /// Where the payment stands.
    pub fn standing(&self) -> Result<Standing, Refused> {
        match self.status.as_str() {
            "succeeded" => {
                paid(&self.id, self.amount_received.unwrap_or(self.amount), &self.currency)
            }
            "canceled" => Ok(Standing::Closed),
            "requires_payment_method"
            | "requires_confirmation"
            | "requires_action"
            | "processing"
            | "requires_capture" => Ok(Standing::Open),
            _ => Err(Refused::Unreadable("status")),
        }
    }
}

/// A refund.
#[derive(Deserialize)]
pub(super) struct Refund {
    id: String,
    #[serde(default)]
    status: Option<String>,
    amount: i64,
    currency: String,
    #[serde(default)]
    failure_reason: Option<String>,
    #[serde(default)]
    pub metadata: Metadata,
}

impl Refund {
    /// Where it stands.
    pub fn seen(&self) -> Result<RefundSeen, Refused> {
        let standing = match self.status.as_deref() {
            Some("succeeded") => RefundStanding::Done,
            Some("pending" | "requires_action") => RefundStanding::Processing,
            Some(status @ ("failed" | "canceled")) => {
                let reason = self.failure_reason.as_deref().unwrap_or(status);
                RefundStanding::Failed(Why::new(reason, "the money came back to the merchant"))
            }
            _ => return Err(Refused::Unreadable("status")),
        };
        let amount = Some(money(self.amount, &self.currency)?);
        Ok(RefundSeen { standing, number: Some(self.id.clone()), amount })
    }
}

fn paid(number: &str, amount: i64, currency: &str) -> Result<Standing, Refused> {
    if !is_handle(number, "pi_") {
        return Err(Refused::Unreadable("payment_intent"));
    }
    let amount = money(amount, currency)?;
    let number = number.to_owned();
    Ok(Standing::Paid(Paid { number, amount, paid_at: None, returned: false }))
}

/// Stripe writes currencies in lower case and counts their smallest unit, as we do.
fn money(amount: i64, currency: &str) -> Result<Money, Refused> {
    let currency = Currency::from_code(&currency.to_ascii_uppercase());
    let currency = currency.ok_or(Refused::Unreadable("currency"))?;
    (amount > 0).then_some(Money::new(amount, currency)).ok_or(Refused::Unreadable("amount"))
}

/// Whether a text is an id of Stripe's that may stand in a path.
pub(super) fn is_handle(text: &str, prefix: &str) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    text.starts_with(prefix) && text.len() <= 128 && text.bytes().all(word)
}
