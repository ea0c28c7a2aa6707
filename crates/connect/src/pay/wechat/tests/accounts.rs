//! Accounts: every field that cannot be right is named, with the cure.

use super::*;

#[test]
fn wrong_fields_are_named() {
    type Change = fn(&mut WechatFields);
    let keys = |id: &str, pem: &str| {
        VerifyFields::PublicKeys(vec![PublicKeyFields { id: id.into(), pem: pem.into() }])
    };
    let changes: [(Change, &str); 8] = [
        (|f| f.appid = "wx 1".into(), "appid"),
        (|f| f.mchid = "19x".into(), "mchid"),
        (|f| f.serial_no = "xyz".into(), "serial_no"),
        (|f| f.private_key = Secret::new(SHORT.into()), "private_key"),
        (|f| f.api_v3_key = Secret::new("31 characters only: 0123456789a".into()), "api_v3_key"),
        (|f| f.api_v3_key = Secret::new("33 characters in it: 0123456789abc".into()), "api_v3_key"),
        (|f| f.app_secret = Some(Secret::new(String::new())), "app_secret"),
        (|f| f.verify = VerifyFields::PublicKeys(Vec::new()), "verify"),
    ];
    for (change, field) in changes {
        let mut changed = fields(public_keys());
        change(&mut changed);
        let error = WechatAccount::parse(changed).expect_err("refused");
        assert_eq!(error.field, field, "{error}");
    }
    for (verify, field) in [
        (keys("KEY_1", CHANNEL_PUBLIC), "public_key_id"),
        (keys(PUBLIC_ID, CHANNEL), "public_key"),
        (keys(PUBLIC_ID, CHANNEL_CRT), "public_key"),
    ] {
        assert_eq!(WechatAccount::parse(fields(verify)).expect_err("refused").field, field);
    }
}

#[test]
fn fields_are_read_from_json_and_show_no_secret() {
    let text = json!({
        "appid": APPID, "mchid": MCHID, "serial_no": "AA", "private_key": bare(MERCHANT_PKCS1),
        "api_v3_key": KEY, "verify": "certificates",
    });
    let fields: WechatFields = serde_json::from_value(text).expect("fields");
    assert!(!format!("{fields:?}").contains(KEY));
    let account = WechatAccount::parse(fields).expect("an account");
    assert!(!account.knows_buyers() && account.keyring().is_some());
    assert_eq!(account.keyring().map(|keyring| keyring.serials()), Some(Vec::new()));
}
