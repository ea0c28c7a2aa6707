//! What we send: signed over exactly what goes out.

use super::*;
use crate::pay::tests::server::{Came, Server, told};
use crate::pay::tests::*;
use crate::pay::wire::key::PublicKey;
use crate::pay::{Account, Offer, Way};

/// Checks the signature over all parameters as Alipay does, and gives them.
fn check_signed(query: &str, body: &str) -> Fields {
    let mut all = form::read(query.as_bytes()).expect("a query");
    all.extend(form::read(body.as_bytes()).expect("a form"));
    let sign = all.remove("sign").expect("signed");
    let content: Vec<_> = all.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let key: PublicKey = PrivateKey::read(MERCHANT).expect("a key").public().expect("its half");
    assert!(key.verify(content.join("&").as_bytes(), &sign));
    assert_eq!((all["app_id"].as_str(), all["sign_type"].as_str()), (APP_ID, "RSA2"));
    assert_eq!((all["charset"].as_str(), all["version"].as_str()), ("utf-8", "1.0"));
    assert_eq!(all["timestamp"], "2027-01-15 16:00:00");
    all
}

fn content(fields: &Fields) -> Value {
    serde_json::from_str(&fields["biz_content"]).expect("JSON")
}

fn parts(came: &Came) -> (&str, &str) {
    let (path, query) = came.path.split_once('?').expect("a query");
    assert_eq!((came.method.as_str(), path), ("POST", "/gateway.do"));
    assert_eq!(came.headers["content-type"], "application/x-www-form-urlencoded;charset=utf-8");
    (query, &came.body)
}

#[tokio::test]
async fn precreate_gives_a_code() {
    let object = json!({ "code": "10000", "out_trade_no": PAYMENT.to_string(), "qr_code": "https://qr.alipay.com/x" });
    let body = answer("alipay.trade.precreate", &object.to_string());
    let server = Server::start(move |_| told(200, body.clone())).await;
    let asked = door(&server).offer(&Account::Alipay(account()), &intent(Way::AlipayQr), NOW).await;
    assert_eq!(good(asked).offer, Offer::Qr("https://qr.alipay.com/x".into()));
    let came = server.came().pop().expect("a request");
    let (query, body) = parts(&came);
    let fields = check_signed(query, body);
    assert_eq!(
        (fields["method"].as_str(), fields["notify_url"].as_str()),
        ("alipay.trade.precreate", "https://pay.example/notify")
    );
    assert!(!fields.contains_key("app_cert_sn") && !fields.contains_key("return_url"));
    let wanted = json!({
        "out_trade_no": PAYMENT.to_string(),
        "total_amount": "19.90",
        "subject": "视频会员 1 个月",
        "time_expire": "2027-01-15 16:15:00",
        "passback_params": ORDER.to_string(),
    });
    assert_eq!(content(&fields), wanted);
}

#[tokio::test]
async fn pages_are_signed_addresses_and_nothing_is_sent() {
    let server = Server::start(|_| told(500, "")).await;
    let door = door(&server);
    for (way, method, product) in [
        (Way::AlipayPage, "alipay.trade.page.pay", "FAST_INSTANT_TRADE_PAY"),
        (Way::AlipayWap, "alipay.trade.wap.pay", "QUICK_WAP_WAY"),
    ] {
        let asked = door.offer(&Account::Alipay(certified(CHANNEL_CRT)), &intent(way), NOW).await;
        let Offer::Redirect(url) = good(asked).offer else { panic!("an address") };
        let (place, query) = url.split_once('?').expect("a query");
        assert_eq!(place, format!("{}/gateway.do", server.origin));
        let fields = check_signed(query, "");
        assert_eq!(
            (fields["method"].as_str(), fields["return_url"].as_str()),
            (method, "https://shop.example/o?a=1&b=2")
        );
        assert_eq!(
            (fields["app_cert_sn"].as_str(), fields["alipay_root_cert_sn"].as_str()),
            (sn("merchant.crt"), sn("root.crt"))
        );
        assert_eq!(content(&fields)["product_code"], product);
    }
    assert!(server.came().is_empty());
}

#[tokio::test]
async fn what_cannot_be_offered_is_not_sent() {
    let server = Server::start(|_| told(200, "")).await;
    let door = door(&server);
    let mut dollars = intent(Way::AlipayPage);
    dollars.amount.currency = kernel::Currency::Usd;
    let account = Account::Alipay(account());
    assert_eq!(failed(&door.offer(&account, &dollars, NOW).await), "wrong_amount");
    assert_eq!(failed(&door.offer(&account, &intent(Way::WechatNative), NOW).await), "wrong_way");
    assert!(server.came().is_empty());
}
