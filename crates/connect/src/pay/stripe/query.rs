//! Asking about payments, closing them, and trying credentials.

use super::client::{Client, Trouble};
use super::session::{PAYMENT, PaymentIntent, Session, is_handle};
use crate::pay::answer::{Closure, Outcome, Standing, Why};
use crate::pay::ask::Question;
use crate::pay::notice::Refused;
use serde_json::Value;

impl Client<'_, '_> {
    /// Where a payment stands, by its session (`cs_…`) or its Payment Intent (`pi_…`).
    pub async fn query(&mut self, question: &Question) -> Outcome<Standing> {
        let reference = question.reference.as_deref().unwrap_or_default();
        let number = question.payment.to_string();
        let (path, by_session) = if is_handle(reference, "cs_") {
            (format!("/v1/checkout/sessions/{reference}"), true)
        } else if is_handle(reference, "pi_") {
            (format!("/v1/payment_intents/{reference}"), false)
        } else {
            return Outcome::Unknown(no_reference());
        };
        let answer = match self.get(&path).await {
            Ok(answer) => answer,
            Err(trouble) => return trouble.strict(),
        };
        let standing = if by_session { session(answer, &number) } else { intent(answer, &number) };
        match standing {
            Ok(standing) => Outcome::Succeeded(standing),
            Err(refused) => Outcome::Unknown(refused.into()),
        }
    }

    /// Expires a session.
    pub async fn close(&mut self, question: &Question) -> Outcome<Closure> {
        let reference = question.reference.as_deref().unwrap_or_default();
        if !is_handle(reference, "cs_") {
            return Outcome::Unknown(no_reference());
        }
        let path = format!("/v1/checkout/sessions/{reference}/expire");
        match self.post(&path, &[], None).await {
            Ok(answer) => match session(answer, &question.payment.to_string()) {
                Ok(Standing::Closed) => Outcome::Succeeded(Closure::Closed),
                Ok(_) => Outcome::Succeeded(Closure::AskAgain),
                Err(refused) => Outcome::Unknown(refused.into()),
            },
            Err(Trouble::Refused { status: 400, .. }) => Outcome::Succeeded(Closure::AskAgain),
            Err(trouble) => trouble.strict(),
        }
    }

    /// Tries the key with a question that every key for our purpose may ask.
    pub async fn check(&mut self) -> Outcome<()> {
        match self.get("/v1/checkout/sessions?limit=1").await {
            Ok(_) => Outcome::Succeeded(()),
            Err(trouble) => trouble.lenient(),
        }
    }
}

fn no_reference() -> Why {
    Why::new("no_reference", "the session is not known: ask for the offer again")
}

fn session(answer: Value, number: &str) -> Result<Standing, Refused> {
    let session: Session =
        serde_json::from_value(answer).map_err(|_| Refused::Unreadable("session"))?;
    if session.client_reference_id.as_deref() != Some(number) {
        return Err(Refused::OtherAccount("client_reference_id"));
    }
    session.standing()
}

fn intent(answer: Value, number: &str) -> Result<Standing, Refused> {
    let intent: PaymentIntent =
        serde_json::from_value(answer).map_err(|_| Refused::Unreadable("payment_intent"))?;
    if intent.metadata.get(PAYMENT).map(String::as_str) != Some(number) {
        return Err(Refused::OtherAccount("metadata"));
    }
    intent.standing()
}
