//! New payments: a Checkout Session, where the buyer goes.

use super::client::Client;
use super::session::{ORDER, PAYMENT, Session, is_handle};
use crate::pay::answer::{Offer, Offered, Outcome, Why};
use crate::pay::ask::{Intent, Way};
use crate::pay::wire::clock;
use kernel::{Timestamp, id};

/// Stripe wants sessions to live for 30 minutes at least and 24 hours at most; a margin for clocks and queues.
const LIFE_SECONDS_MIN: i64 = 35 * 60;
const LIFE_SECONDS_MAX: i64 = 24 * 3600 - 5 * 60;
/// Characters of a name at most.
const NAME_CHARS_MAX: usize = 250;

impl Client<'_, '_> {
    /// Makes a session. Its fields follow from the intent alone, so that the idempotency key gives the same one again.
    pub async fn offer(&mut self, intent: &Intent) -> Outcome<Offered> {
        if intent.way != Way::StripeCheckout {
            return Outcome::Failed(Why::new("wrong_way", "Stripe has no such way to pay"));
        }
        if intent.amount.amount <= 0 {
            return Outcome::Failed(Why::new("wrong_amount", "Stripe takes positive amounts"));
        }
        let number = intent.payment.to_string();
        let made = self.post("/v1/checkout/sessions", &fields(intent), Some(&number)).await;
        let session = match made.map(serde_json::from_value::<Session>) {
            Ok(Ok(session)) => session,
            Ok(Err(_)) => {
                return Outcome::Unknown(Why::new("unreadable", "the answer is no session"));
            }
            Err(trouble) => return trouble.lenient(),
        };
        if session.client_reference_id.as_ref() != Some(&number) || !is_handle(&session.id, "cs_") {
            return Outcome::Unknown(Why::new("other_account", "the answer is of another payment"));
        }
        match session.url {
            Some(url) => Outcome::Succeeded(Offered {
                offer: Offer::Redirect(url),
                reference: Some(session.id),
            }),
            None => Outcome::Unknown(Why::new("unreadable", "the answer has no address")),
        }
    }
}

fn fields(intent: &Intent) -> Vec<(&'static str, String)> {
    let number = intent.payment.to_string();
    let name: String = intent.subject.chars().take(NAME_CHARS_MAX).collect();
    let mut fields = vec![
        ("mode", "payment".to_owned()),
        ("client_reference_id", number.clone()),
        ("line_items[0][quantity]", "1".into()),
        ("line_items[0][price_data][currency]", intent.amount.currency.code().to_ascii_lowercase()),
        ("line_items[0][price_data][unit_amount]", intent.amount.amount.to_string()),
        ("line_items[0][price_data][product_data][name]", name),
        ("success_url", intent.return_url.clone()),
        ("cancel_url", intent.return_url.clone()),
        ("expires_at", expiry(intent).to_string()),
        ("metadata[tessera_payment]", number.clone()),
        ("payment_intent_data[metadata][tessera_payment]", number),
    ];
    debug_assert_eq!((PAYMENT, ORDER), ("tessera_payment", "tessera_order"));
    if let Some(order) = intent.order {
        fields.push(("metadata[tessera_order]", order.to_string()));
        fields.push(("payment_intent_data[metadata][tessera_order]", order.to_string()));
    }
    fields
}

/// The intent's expiry within what Stripe takes, counted from when our number was drawn and not from now. A hold that
/// ends sooner is closed by the caller.
fn expiry(intent: &Intent) -> i64 {
    let drawn: Timestamp = id::drawn_at(&intent.payment.0);
    let drawn = clock::seconds(drawn);
    let (min, max) = (drawn + LIFE_SECONDS_MIN, drawn + LIFE_SECONDS_MAX);
    clock::seconds(intent.expires_at).clamp(min, max)
}
