//! A merchant's account at Stripe.

use crate::pay::account::{FieldError, check};
use crate::pay::secret::Secret;
use serde::Deserialize;

/// An account's fields, as the merchant gives them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StripeFields {
    /// The secret or restricted key: `sk_…` or `rk_…`.
    pub secret_key: Secret,
    /// The signing secret of the webhook endpoint: `whsec_…`. Without it no webhook is taken: the endpoint's address is known only
    /// once the account is there, and until then payments are found by asking.
    #[serde(default)]
    pub webhook_secret: Option<Secret>,
    /// The one before it, while it still holds.
    #[serde(default)]
    pub old_webhook_secret: Option<Secret>,
}

/// A merchant's account at Stripe, ready for use. Cheap to clone.
#[derive(Debug, Clone)]
pub struct StripeAccount {
    pub(super) secret_key: Secret,
    pub(super) webhook_secrets: Vec<Secret>,
    live: bool,
}

impl StripeAccount {
    /// Checks the fields. The error names the field and the cure.
    pub fn parse(fields: StripeFields) -> Result<Self, FieldError> {
        let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        let cure = "give the secret key: sk_live_…, sk_test_…, rk_live_… or rk_test_…";
        let key = fields.secret_key.expose();
        check("secret_key", key, 255, word, cure)?;
        let live = ["sk_live_", "rk_live_"].iter().any(|begin| key.starts_with(begin));
        let test = ["sk_test_", "rk_test_"].iter().any(|begin| key.starts_with(begin));
        if !live && !test {
            return Err(FieldError::new("secret_key", cure));
        }
        let secrets = [
            ("webhook_secret", fields.webhook_secret),
            ("old_webhook_secret", fields.old_webhook_secret),
        ];
        let mut webhook_secrets = Vec::new();
        for (field, secret) in secrets {
            let Some(secret) = secret else { continue };
            let cure = "give the webhook endpoint's signing secret: whsec_…";
            let char = |b: u8| b.is_ascii_alphanumeric() || b"_+/=-".contains(&b);
            check(field, secret.expose(), 255, char, cure)?;
            if !secret.expose().starts_with("whsec_") {
                return Err(FieldError::new(field, cure));
            }
            webhook_secrets.push(secret);
        }
        Ok(Self { secret_key: fields.secret_key, webhook_secrets, live })
    }

    /// Whether its money is real. Such an account never asks a sandbox.
    pub fn is_live(&self) -> bool {
        self.live
    }
}
