//! Stripe.
use super::*;
use crate::pay::secret::Secret;
pub fn account() -> StripeAccount {
    StripeAccount::parse(StripeFields {
        secret_key: Secret::new("sk_test_SECRET".into()),
        webhook_secret: Secret::new("whsec_SECRET".into()),
        old_webhook_secret: None,
    })
    .expect("sound fields")
}
