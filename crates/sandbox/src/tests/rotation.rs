//! Keys that change while money moves.

use super::merchant::{Fixture, WechatCall};
use crate::keys::{SigningKey, generate};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

async fn step(fixture: &Fixture, merchant: usize, step: &str) -> Value {
    let order = json!({ "channel": "wechat", "merchant": merchant, "step": step });
    let (status, answer) = fixture.control("rotate", order).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

async fn serial_of_answer(fixture: &Fixture, merchant: usize) -> String {
    let call = WechatCall::new(fixture, merchant, "/v3/refund/domestic/refunds/none", "");
    let (_, headers, body) = call.send(fixture).await;
    let account = fixture.merchant(merchant).wechat;
    let key = SigningKey::from_pem(&account.platform_private_key_pem).unwrap();
    assert!(is_signed_by(&key, &headers, &body), "the accounts tell the key that signs");
    headers["wechatpay-serial"].to_str().unwrap().to_owned()
}

fn is_signed_by(key: &SigningKey, headers: &HeaderMap, body: &[u8]) -> bool {
    let header = |name: &str| headers[name].to_str().unwrap();
    let (time, nonce) = (header("wechatpay-timestamp"), header("wechatpay-nonce"));
    let message = format!("{time}\n{nonce}\n{}\n", std::str::from_utf8(body).unwrap());
    key.has_signed(message.as_bytes(), header("wechatpay-signature"))
}

#[tokio::test]
async fn the_channel_announces_switches_and_retires() {
    let fixture = Fixture::start().await;
    for merchant in [0, 1] {
        let first = serial_of_answer(&fixture, merchant).await;
        let announced = step(&fixture, merchant, "announce").await;
        assert_eq!(announced["known"].as_array().unwrap().len(), 2);
        assert_eq!(serial_of_answer(&fixture, merchant).await, first);
        if merchant == 1 {
            let list = WechatCall::new(&fixture, 1, "/v3/certificates", "");
            let (_, answer) = list.answer(&fixture).await;
            assert_eq!(answer["data"].as_array().unwrap().len(), 2);
        }
        let second = step(&fixture, merchant, "switch").await["signs"].as_str().unwrap().to_owned();
        assert_ne!(first, second);
        assert_eq!(serial_of_answer(&fixture, merchant).await, second);
        assert_eq!(step(&fixture, merchant, "retire").await["known"], json!([second]));
    }
}

#[tokio::test]
async fn a_merchant_changes_its_certificate() {
    let fixture = Fixture::start().await;
    let (private, public) = generate().unwrap();
    let call = |serial: &str, key: &str| {
        let mut call = WechatCall::new(&fixture, 0, "/v3/refund/domestic/refunds/none", "");
        (call.serial_no, call.key_pem) = (serial.to_owned(), key.to_owned());
        call
    };
    let next = "2".repeat(40);
    assert_eq!(call(&next, &private).answer(&fixture).await.0, 401);
    let order = json!({ "channel": "wechat", "serial_no": next, "public_key_pem": public });
    assert_eq!(fixture.control("merchant_keys", order.clone()).await.0, 200);
    let account = fixture.merchant(0).wechat;
    assert_eq!(call(&next, &private).answer(&fixture).await.0, 404);
    assert_eq!(call(&account.serial_no, &account.private_key_pem).answer(&fixture).await.0, 404);
    assert_eq!(call(&account.serial_no, &private).answer(&fixture).await.0, 401);
    let mut instead = order;
    instead["instead"] = json!(true);
    fixture.control("merchant_keys", instead).await;
    assert_eq!(call(&account.serial_no, &account.private_key_pem).answer(&fixture).await.0, 401);
}

#[tokio::test]
async fn a_webhook_has_two_secrets_for_a_while() {
    let mut fixture = Fixture::start().await;
    fixture.running.add_stripe_webhook(0, &fixture.notify_url.clone());
    let roll = |step: &str| json!({ "channel": "stripe", "step": step });
    let (_, answer) = fixture.control("rotate", roll("announce")).await;
    let next = answer["webhook_secret"].as_str().unwrap().to_owned();
    let signatures = async |fixture: &mut Fixture| {
        let body = "amount=100&currency=cny&payment_method=pm_card_visa&confirm=true";
        let request = fixture
            .client
            .post(format!("{}/v1/payment_intents", fixture.running.url()))
            .bearer_auth(fixture.merchant(0).stripe.secret_key)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        assert_eq!(request.send().await.unwrap().status(), 200);
        fixture.next_notice().await;
        let (headers, body) = fixture.next_notice().await;
        let header = headers["stripe-signature"].to_str().unwrap().to_owned();
        let time = header[2..].split(',').next().unwrap().parse().unwrap();
        assert!(header.contains(&crate::stripe::event::signature(&next, time, &body)));
        header.matches("v1=").count()
    };
    assert_eq!(signatures(&mut fixture).await, 2);
    assert_eq!(fixture.control("rotate", roll("retire")).await.0, 200);
    assert_eq!(signatures(&mut fixture).await, 1);
}
