//! Accounts: every field that cannot be right is named, with the cure.

use super::*;

#[test]
fn wrong_fields_are_named() {
    let certified = |app: &str, alipay: &str, root: &str| VerifyFields::Certificates {
        app: app.into(),
        alipay: alipay.into(),
        root: root.into(),
    };
    let curve_only = &ROOT_CRT[ROOT_CRT.match_indices("-----BEGIN").nth(1).expect("two").0
        ..ROOT_CRT.match_indices("-----BEGIN").nth(2).expect("three").0];
    for (verify, field) in [
        (VerifyFields::Key(CHANNEL.into()), "alipay_public_key"),
        (VerifyFields::Key(PrivateKeyHalf::of(MERCHANT)), "alipay_public_key"),
        (certified(CHANNEL_CRT, CHANNEL_CRT, ROOT_CRT), "app_certificate"),
        (certified(MERCHANT_CRT, CHANNEL_PUBLIC, ROOT_CRT), "alipay_certificate"),
        (certified(MERCHANT_CRT, CHANNEL_CRT, curve_only), "root_certificates"),
        (certified(MERCHANT_CRT, CHANNEL_CRT, "none"), "root_certificates"),
    ] {
        let error = AlipayAccount::parse(fields(verify)).expect_err("refused");
        assert_eq!(error.field, field, "{error}");
    }
    type Change = fn(&mut AlipayFields);
    let changes: [(Change, &str); 3] = [
        (|f| f.app_id = "x".into(), "app_id"),
        (|f| f.seller_id = Some("me".into()), "seller_id"),
        (|f| f.private_key = Secret::new(SHORT.into()), "private_key"),
    ];
    for (change, field) in changes {
        let mut changed = fields(VerifyFields::Key(CHANNEL_PUBLIC.into()));
        change(&mut changed);
        assert_eq!(AlipayAccount::parse(changed).expect_err("refused").field, field);
    }
}

/// The application's own public key, which merchants paste where Alipay's belongs.
struct PrivateKeyHalf;

impl PrivateKeyHalf {
    fn of(private: &str) -> String {
        use rsa::pkcs8::{DecodePrivateKey, EncodePublicKey, LineEnding};
        let key = rsa::PrivateKey::from_pkcs8_pem(private).expect("a key");
        key.to_public_key().to_public_key_pem(LineEnding::LF).expect("PEM")
    }
}
