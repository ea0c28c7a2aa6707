//! Refunds and asking about them.

use super::client::{Client, Trouble};
use super::session::{REFUND, Refund, is_handle};
use crate::pay::answer::{Outcome, RefundSeen, RefundStanding, Why};
use crate::pay::ask::{RefundIntent, RefundQuestion};
use crate::pay::notice::Refused;
use kernel::RefundId;
use serde_json::Value;

/// Refunds of one payment that are looked through for ours.
const LISTED_MAX: usize = 100;
/// Codes of a merchant's balance that is too small: it can be topped up.
const POOR: [&str; 2] = ["balance_insufficient", "insufficient_funds"];

impl Client<'_, '_> {
    /// Sends money back. Our number is the idempotency key; Stripe forgets it after a day, so that the refunds that
    /// the payment has are looked through first.
    pub async fn refund(&mut self, intent: &RefundIntent) -> Outcome<RefundSeen> {
        if !is_handle(&intent.transaction, "pi_") {
            return Outcome::Failed(no_payment());
        }
        match self.listed(&intent.transaction, intent.refund).await {
            Outcome::Succeeded(RefundSeen { standing: RefundStanding::NotBegun, .. }) => {}
            other => return other.and_then(RefundSeen::unless_failed),
        }
        let number = intent.refund.to_string();
        let fields = [
            ("payment_intent", intent.transaction.clone()),
            ("amount", intent.amount.amount.to_string()),
            ("metadata[tessera_refund]", number.clone()),
            ("metadata[tessera_payment]", intent.payment.to_string()),
        ];
        match self.post("/v1/refunds", &fields, Some(&number)).await {
            Ok(answer) => seen(answer, intent.refund).and_then(RefundSeen::unless_failed),
            Err(Trouble::Refused { why, .. }) if POOR.contains(&why.code.as_str()) => {
                Outcome::Succeeded(RefundSeen::without_number(RefundStanding::Abnormal(why)))
            }
            Err(trouble) => trouble.strict(),
        }
    }

    /// Where a refund stands: by Stripe's number, or among the refunds of its payment.
    pub async fn refund_query(&mut self, question: &RefundQuestion) -> Outcome<RefundSeen> {
        if let Some(number) = question.number.as_deref().filter(|number| is_handle(number, "re_")) {
            return match self.get(&format!("/v1/refunds/{number}")).await {
                Ok(answer) => seen(answer, question.refund),
                Err(trouble) => trouble.strict(),
            };
        }
        self.listed(&question.transaction, question.refund).await
    }

    /// Looks for a refund of ours among those of a payment.
    async fn listed(&mut self, transaction: &str, refund: RefundId) -> Outcome<RefundSeen> {
        if !is_handle(transaction, "pi_") {
            return Outcome::Unknown(no_payment());
        }
        let path = format!("/v1/refunds?payment_intent={transaction}&limit={LISTED_MAX}");
        let answer = match self.get(&path).await {
            Ok(answer) => answer,
            Err(trouble) => return trouble.strict(),
        };
        let Some(listed) = answer["data"].as_array() else {
            return Outcome::Unknown(Why::new("unreadable", "the answer is no list"));
        };
        let wanted = refund.to_string();
        let ours = |listed: &&Value| listed["metadata"][REFUND].as_str() == Some(&wanted);
        match listed.iter().find(ours) {
            Some(found) => seen(found.clone(), refund),
            None if answer["has_more"] == Value::Bool(false) => {
                Outcome::Succeeded(RefundSeen::without_number(RefundStanding::NotBegun))
            }
            None => Outcome::Unknown(Why::new("too_many", "the payment has too many refunds")),
        }
    }
}

fn no_payment() -> Why {
    Why::new("no_payment", "the payment has no Payment Intent at Stripe")
}

fn seen(answer: Value, number: RefundId) -> Outcome<RefundSeen> {
    let read = || {
        let refund: Refund =
            serde_json::from_value(answer).map_err(|_| Refused::Unreadable("refund"))?;
        if refund.metadata.get(REFUND) != Some(&number.to_string()) {
            return Err(Refused::OtherAccount("metadata"));
        }
        refund.seen()
    };
    match read() {
        Ok(seen) => Outcome::Succeeded(seen),
        Err(refused) => Outcome::Unknown(refused.into()),
    }
}
