//! Alipay: signatures over the raw text, trades that begin with the payer.

use super::merchant::Fixture;
use crate::keys::SigningKey;
use serde_json::{Value, json};
use std::collections::BTreeMap;

type Fields = BTreeMap<&'static str, String>;

fn fields(fixture: &Fixture, merchant: usize, method: &str, content: &Value) -> Fields {
    let account = fixture.merchant(merchant).alipay;
    let mut fields = BTreeMap::from([
        ("app_id", account.app_id),
        ("method", method.to_owned()),
        ("charset", "utf-8".to_owned()),
        ("sign_type", "RSA2".to_owned()),
        ("timestamp", crate::clock::plain(jiff::Timestamp::now())),
        ("version", "1.0".to_owned()),
        ("notify_url", fixture.notify_url.clone()),
        ("biz_content", content.to_string()),
    ]);
    if let Some(certificates) = account.certificates {
        fields.insert("app_cert_sn", certificates.app_cert_sn);
        fields.insert("alipay_root_cert_sn", certificates.alipay_root_cert_sn);
    }
    fields
}

fn sign(fixture: &Fixture, merchant: usize, fields: &mut Fields) {
    let message: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let key = SigningKey::from_pem(&fixture.merchant(merchant).alipay.private_key_pem).unwrap();
    fields.insert("sign", key.sign(message.join("&").as_bytes()));
}

async fn send(fixture: &Fixture, merchant: usize, fields: &Fields) -> String {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = fixture
        .client
        .post(fixture.merchant(merchant).alipay.gateway)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    request.send().await.unwrap().text().await.unwrap()
}

async fn call(fixture: &Fixture, merchant: usize, method: &str, content: Value) -> String {
    let mut fields = fields(fixture, merchant, method, &content);
    sign(fixture, merchant, &mut fields);
    send(fixture, merchant, &fields).await
}

fn sub_code(answer: &str) -> String {
    let answer: Value = serde_json::from_str(answer).unwrap();
    let inner = answer.as_object().unwrap().iter().find(|(name, _)| name.ends_with("_response"));
    inner.unwrap().1["sub_code"].as_str().unwrap_or_default().to_owned()
}

fn order(number: &str) -> Value {
    json!({ "out_trade_no": number, "total_amount": "1.00", "subject": "月卡" })
}

#[tokio::test]
async fn the_raw_text_of_an_answer_is_signed() {
    let fixture = Fixture::start().await;
    for merchant in [0, 1] {
        let answer = call(&fixture, merchant, "alipay.trade.precreate", order("raw")).await;
        let start = answer.find(":{").unwrap() + 1;
        let end = answer.find('}').unwrap() + 1;
        assert!(answer[start..end].contains("http:\\/\\/"), "slashes are escaped: {answer}");
        let whole: Value = serde_json::from_str(&answer).unwrap();
        let account = fixture.merchant(merchant).alipay;
        let key = SigningKey::from_pem(&account.alipay_private_key_pem).unwrap();
        let signature = whole["sign"].as_str().unwrap();
        assert!(key.has_signed(&answer.as_bytes()[start..end], signature));
        let rewritten = whole["alipay_trade_precreate_response"].to_string();
        assert!(!key.has_signed(rewritten.as_bytes(), signature));
        assert_eq!(
            whole["alipay_cert_sn"].as_str(),
            account.certificates.as_ref().map(|all| all.alipay_cert_sn.as_str())
        );
    }
}

#[tokio::test]
async fn every_parameter_of_the_gateway_is_checked() {
    let fixture = Fixture::start().await;
    for (merchant, name, value, wanted) in [
        (0, "app_id", "2021", "isv.invalid-app-id"),
        (0, "app_id", "", "isv.missing-app-id"),
        (0, "method", "", "isv.missing-method"),
        (0, "method", "alipay.no.such", "isv.invalid-method"),
        (0, "sign_type", "RSA", "isv.invalid-signature-type"),
        (0, "sign_type", "", "isv.missing-signature-type"),
        (0, "timestamp", "2026-01-01T00:00:00Z", "isv.invalid-timestamp"),
        (0, "version", "2.0", "isv.invalid-parameter"),
        (0, "charset", "gbk", "isv.invalid-charset"),
        (0, "biz_content", "[]", "isv.invalid-parameter"),
        (1, "app_cert_sn", "", "isv.missing-app-cert-sn"),
        (1, "app_cert_sn", "0123", "isv.invalid-app-cert-sn"),
        (1, "alipay_root_cert_sn", "0123", "isv.invalid-root-cert-sn"),
    ] {
        let content = json!({ "out_trade_no": "none" });
        let mut fields = fields(&fixture, merchant, "alipay.trade.query", &content);
        if value.is_empty() {
            fields.remove(name);
        } else {
            fields.insert(name, value.to_owned());
        }
        sign(&fixture, merchant, &mut fields);
        assert_eq!(sub_code(&send(&fixture, merchant, &fields).await), wanted, "{name}={value}");
        fields.insert("version", "1.0 ".to_owned());
    }
}

#[tokio::test]
async fn a_parameter_that_was_changed_after_signing_is_noticed() {
    let fixture = Fixture::start().await;
    let mut fields = fields(&fixture, 0, "alipay.trade.precreate", &order("changed"));
    sign(&fixture, 0, &mut fields);
    let cheaper = fields["biz_content"].replace("1.00", "0.01");
    fields.insert("biz_content", cheaper);
    assert_eq!(sub_code(&send(&fixture, 0, &fields).await), "isv.invalid-signature");
    fields.remove("sign");
    assert_eq!(sub_code(&send(&fixture, 0, &fields).await), "isv.missing-signature");
}

#[tokio::test]
async fn bad_orders_are_refused() {
    let fixture = Fixture::start().await;
    for (name, value) in [
        ("total_amount", json!("0.001")),
        ("total_amount", json!(0)),
        ("subject", json!("a=b")),
        ("subject", json!(null)),
        ("out_trade_no", json!("with-dash")),
        ("time_expire", json!("2020-01-01 00:00:00")),
        ("timeout_express", json!("16d")),
    ] {
        let mut content = order("bad_order");
        content[name] = value.clone();
        let answer = call(&fixture, 0, "alipay.trade.precreate", content).await;
        assert_eq!(sub_code(&answer), "ACQ.INVALID_PARAMETER", "{name}={value}");
    }
}

#[tokio::test]
async fn a_trade_begins_when_somebody_scans_it() {
    let mut fixture = Fixture::start().await;
    let by_number = || json!({ "out_trade_no": "scanned" });
    call(&fixture, 0, "alipay.trade.precreate", order("scanned")).await;
    for method in ["alipay.trade.query", "alipay.trade.close"] {
        assert_eq!(sub_code(&call(&fixture, 0, method, by_number()).await), "ACQ.TRADE_NOT_EXIST");
    }
    fixture.control("payments/scanned", json!({ "action": "open" })).await;
    let answer = call(&fixture, 0, "alipay.trade.query", by_number()).await;
    assert!(answer.contains("WAIT_BUYER_PAY"), "{answer}");
    fixture.answer.lock().1 = "fail";
    fixture.control("payments/scanned", json!({ "action": "pay" })).await;
    let (_, first) = fixture.next_notice().await;
    fixture.answer.lock().1 = "success";
    let (_, second) = fixture.next_notice().await;
    assert_eq!(first, second, "a notice that was not confirmed comes again");
    let answer = call(&fixture, 0, "alipay.trade.cancel", by_number()).await;
    assert!(answer.contains(r#""action":"refund""#), "{answer}");
    let answer = call(&fixture, 0, "alipay.trade.query", by_number()).await;
    assert!(answer.contains("TRADE_CLOSED"), "{answer}");
}
