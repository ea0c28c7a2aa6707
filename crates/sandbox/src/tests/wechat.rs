//! WeChat Pay: what its documents demand of a request, and what they promise of answers and notices.

use super::merchant::{Fixture, WechatCall};
use crate::clock::Clock;
use crate::keys::SigningKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use reqwest::header::HeaderMap;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use serde_json::{Value, json};
use std::sync::Arc;

const NATIVE: &str = "/v3/pay/transactions/native";

fn order(fixture: &Fixture, merchant: usize, number: &str) -> Value {
    let account = fixture.merchant(merchant).wechat;
    json!({
        "appid": account.appid,
        "mchid": account.mchid,
        "description": "月卡",
        "out_trade_no": number,
        "notify_url": fixture.notify_url,
        "amount": { "total": 100, "currency": "CNY" },
    })
}

fn is_signed(fixture: &Fixture, merchant: usize, headers: &HeaderMap, body: &[u8]) -> bool {
    let header = |name: &str| headers[name].to_str().unwrap();
    let mut message = header("wechatpay-timestamp").as_bytes().to_vec();
    for part in [b"\n", header("wechatpay-nonce").as_bytes(), b"\n", body, b"\n"] {
        message.extend_from_slice(part);
    }
    let account = fixture.merchant(merchant).wechat;
    let serial = account.public_key_id.or(account.platform_serial_no).unwrap();
    header("wechatpay-serial") == serial
        && header("wechatpay-signature-type") == "WECHATPAY2-SHA256-RSA2048"
        && headers.contains_key("request-id")
        && SigningKey::from_pem(&account.platform_private_key_pem)
            .unwrap()
            .has_signed(&message, header("wechatpay-signature"))
}

fn unsealed(fixture: &Fixture, merchant: usize, resource: &Value) -> Value {
    let key = fixture.merchant(merchant).wechat.api_v3_key;
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.as_bytes()).unwrap());
    let text = |name: &str| resource[name].as_str().unwrap();
    let nonce = Nonce::try_assume_unique_for_key(text("nonce").as_bytes()).unwrap();
    let mut sealed = STANDARD.decode(text("ciphertext")).unwrap();
    let aad = Aad::from(text("associated_data").as_bytes());
    serde_json::from_slice(key.open_in_place(nonce, aad, &mut sealed).unwrap()).unwrap()
}

#[tokio::test]
async fn every_part_of_the_authorization_is_checked() {
    let fixture = Fixture::start().await;
    let other = fixture.merchant(1).wechat;
    let now = Timestamp::now().as_second();
    type Spoil = Box<dyn Fn(&mut WechatCall)>;
    let cases: Vec<(&str, u16, &str, Spoil)> = vec![
        ("good", 200, "", Box::new(|_| {})),
        ("body", 401, "SIGN_ERROR", Box::new(|call| call.signed_body.push(' '))),
        ("path", 401, "SIGN_ERROR", Box::new(|call| call.signed_path.push('?'))),
        ("serial", 401, "SIGN_ERROR", Box::new(|call| call.serial_no = "1".repeat(40))),
        ("unknown", 400, "MCH_NOT_EXISTS", Box::new(|call| call.mchid = "1900000000".into())),
        ("nonce", 401, "SIGN_ERROR", Box::new(|call| call.nonce = String::new())),
        ("time", 401, "SIGN_ERROR", Box::new(|call| call.timestamp = "soon".into())),
        ("old", 401, "SIGN_ERROR", Box::new(move |call| call.timestamp = (now - 302).to_string())),
        (
            "early",
            401,
            "SIGN_ERROR",
            Box::new(move |call| call.timestamp = (now + 330).to_string()),
        ),
        ("scheme", 401, "SIGN_ERROR", Box::new(|call| call.scheme = "WECHATPAY2-SM2-WITH-SM3")),
        ("accept", 400, "PARAM_ERROR", Box::new(|call| call.accept = "text/html")),
        (
            "key",
            401,
            "SIGN_ERROR",
            Box::new(move |call| call.key_pem = other.private_key_pem.clone()),
        ),
    ];
    for (name, status, code, spoil) in cases {
        let body = order(&fixture, 0, &format!("number-{name}")).to_string();
        let mut call = WechatCall::new(&fixture, 0, NATIVE, &body);
        spoil(&mut call);
        let (found, headers, body) = call.send(&fixture).await;
        let answer: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!((found, answer["code"].as_str().unwrap_or_default()), (status, code), "{name}");
        assert!(is_signed(&fixture, 0, &headers, &body), "{name}");
    }
}

#[tokio::test]
async fn a_request_is_good_once() {
    let fixture = Fixture::start().await;
    let body = order(&fixture, 0, "number-once").to_string();
    let call = WechatCall::new(&fixture, 0, NATIVE, &body);
    assert_eq!(call.answer(&fixture).await.0, 200);
    let (status, answer) = call.answer(&fixture).await;
    assert_eq!((status, &answer["code"]), (401, &json!("SIGN_ERROR")));
}

#[tokio::test]
async fn an_order_is_of_its_own_merchant() {
    let fixture = Fixture::start().await;
    let mut foreign = order(&fixture, 0, "number-foreign");
    foreign["appid"] = json!(fixture.merchant(1).wechat.appid);
    let (status, answer) =
        WechatCall::new(&fixture, 0, NATIVE, &foreign.to_string()).answer(&fixture).await;
    assert_eq!((status, &answer["code"]), (400, &json!("APPID_MCHID_NOT_MATCH")));
    let good = order(&fixture, 0, "number-own").to_string();
    assert_eq!(WechatCall::new(&fixture, 0, NATIVE, &good).answer(&fixture).await.0, 200);
    let query = |merchant: usize, of: usize| {
        let mchid = fixture.merchant(of).wechat.mchid;
        let path = format!("/v3/pay/transactions/out-trade-no/number-own?mchid={mchid}");
        WechatCall::new(&fixture, merchant, &path, "")
    };
    assert_eq!(query(0, 0).answer(&fixture).await.1["trade_state"], "NOTPAY");
    assert_eq!(query(1, 1).answer(&fixture).await.1["code"], "ORDER_NOT_EXIST");
    assert_eq!(query(1, 0).answer(&fixture).await.1["code"], "NO_AUTH");
}

#[tokio::test]
async fn a_payment_is_told_sealed_and_signed_until_it_is_confirmed() {
    let mut fixture = Fixture::start().await;
    for merchant in [0, 1] {
        let number = format!("number-told-{merchant}");
        let body = order(&fixture, merchant, &number).to_string();
        let call = WechatCall::new(&fixture, merchant, NATIVE, &body);
        assert_eq!(call.answer(&fixture).await.0, 200);
        fixture.answer.lock().0 = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
        let paid = json!({ "action": "pay_with_coupon", "coupon": 30 });
        assert_eq!(fixture.control(&format!("payments/{number}"), paid).await.0, 200);
        let (_, first) = fixture.next_notice().await;
        fixture.answer.lock().0 = axum::http::StatusCode::NO_CONTENT;
        let (headers, body) = fixture.next_notice().await;
        assert_eq!(first, body, "a notice says the same when it comes again");
        assert!(is_signed(&fixture, merchant, &headers, &body));
        assert!(!is_signed(&fixture, merchant, &headers, b"{}"));
        let notice: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(notice["event_type"], "TRANSACTION.SUCCESS");
        let paid = unsealed(&fixture, merchant, &notice["resource"]);
        assert_eq!(paid["amount"]["total"], 100);
        assert_eq!(paid["amount"]["payer_total"], 70);
        assert_eq!(paid["out_trade_no"], json!(number));
    }
    assert!(fixture.told.try_recv().is_err());
}

#[tokio::test]
async fn certificates_are_for_merchants_who_use_them() {
    let fixture = Fixture::start().await;
    let get = |merchant| WechatCall::new(&fixture, merchant, "/v3/certificates", "");
    let (status, answer) = get(0).answer(&fixture).await;
    assert_eq!((status, &answer["code"]), (403, &json!("NO_AUTH")));
    let (status, answer) = get(1).answer(&fixture).await;
    assert_eq!(status, 200);
    assert_eq!(
        answer["data"][0]["serial_no"].as_str(),
        fixture.merchant(1).wechat.platform_serial_no.as_deref()
    );
}

#[tokio::test]
async fn an_order_can_be_paid_until_it_expires() {
    let now = Arc::new(Mutex::new(Timestamp::now()));
    let read = Arc::clone(&now);
    let fixture = Fixture::at(Clock::by(move || *read.lock())).await;
    let mut body = order(&fixture, 0, "number-expires");
    let expires = now.lock().checked_add(SignedDuration::from_mins(5)).unwrap();
    body["time_expire"] = json!(crate::clock::rfc3339(expires));
    let call = WechatCall::new(&fixture, 0, NATIVE, &body.to_string());
    assert_eq!(call.answer(&fixture).await.0, 200);
    *now.lock() = expires;
    let (status, _) = fixture.control("payments/number-expires", json!({ "action": "pay" })).await;
    assert_eq!(status, 409);
    let mchid = fixture.merchant(0).wechat.mchid;
    let path = format!("/v3/pay/transactions/out-trade-no/number-expires?mchid={mchid}");
    let query = WechatCall::new(&fixture, 0, &path, "");
    assert_eq!(query.answer(&fixture).await.1["trade_state"], "CLOSED");
}
