//! Accounts: every field that cannot be right is named, with the cure.

use super::*;

#[test]
fn wrong_fields_are_named() {
    for (key, webhook, field) in [
        ("pk_test_1", SECRET, "secret_key"),
        ("sk_test_1\n", SECRET, "secret_key"),
        ("", SECRET, "secret_key"),
        ("sk_test_1", "sk_test_1", "webhook_secret"),
        ("sk_test_1", "", "webhook_secret"),
    ] {
        let mut changed = fields();
        changed.secret_key = Secret::new(key.into());
        changed.webhook_secret = Some(Secret::new(webhook.into()));
        let error = StripeAccount::parse(changed).expect_err("refused");
        assert_eq!(error.field, field, "{error}");
    }
    for (key, live) in [("sk_live_1", true), ("rk_live_1", true), ("rk_test_1", false)] {
        let mut changed = fields();
        changed.secret_key = Secret::new(key.into());
        assert_eq!(StripeAccount::parse(changed).map(|account| account.is_live()), Ok(live));
    }
}
