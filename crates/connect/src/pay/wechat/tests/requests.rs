//! What we send: signed over exactly what goes out, and the same for the same intent.

use super::*;
use crate::pay::tests::server::{Came, Server, Told, told};
use crate::pay::tests::*;
use crate::pay::{Account, Offer, Offered, Outcome, Way};
use std::collections::BTreeMap;

/// Checks the signature of a request as WeChat Pay does.
fn check_signed(came: &Came) {
    let header = came.headers["authorization"].to_str().expect("ASCII");
    let parts = header.strip_prefix("WECHATPAY2-SHA256-RSA2048 ").expect("the scheme");
    let parts: BTreeMap<&str, &str> = parts
        .split(',')
        .map(|part| part.split_once('=').expect("a pair"))
        .map(|(name, value)| (name, value.trim_matches('"')))
        .collect();
    assert_eq!((parts["mchid"], parts["timestamp"]), (MCHID, "1800000000"));
    assert_eq!(parts["serial_no"], "4E2E0000000000000000000000000000000000AA");
    let (time, nonce) = (parts["timestamp"], parts["nonce_str"]);
    assert_eq!(nonce.len(), 32);
    let message = format!("{}\n{}\n{time}\n{nonce}\n{}\n", came.method, came.path, came.body);
    let key = PrivateKey::read(MERCHANT).expect("a key").public().expect("its half");
    assert!(key.verify(
        message.as_bytes(),
        header.split("signature=\"").nth(1).expect("it").trim_end_matches('"')
    ));
    assert_eq!(came.headers["accept"], "application/json");
    assert!(
        came.headers.contains_key("user-agent") && came.headers.contains_key("wechatpay-serial")
    );
}

async fn offer(way: Way, answer: Value) -> (Offered, Came) {
    let body = answer.to_string();
    let server =
        Server::start(move |_| Told { headers: signed(&body), ..told(200, body.clone()) }).await;
    let asked = door(&server).offer(&Account::Wechat(account()), &intent(way), NOW).await;
    let came = server.came().pop().expect("a request");
    check_signed(&came);
    (good(asked), came)
}

#[tokio::test]
async fn native_gives_a_code() {
    let (offered, came) = offer(Way::WechatNative, json!({ "code_url": "weixin://wxpay/x" })).await;
    assert_eq!(offered.offer, Offer::Qr("weixin://wxpay/x".into()));
    assert_eq!((came.method.as_str(), came.path.as_str()), ("POST", "/v3/pay/transactions/native"));
    let wanted = json!({
        "appid": APPID,
        "mchid": MCHID,
        "description": "视频会员 1 个月",
        "out_trade_no": PAYMENT.to_string(),
        "time_expire": "2027-01-15T16:15:00+08:00",
        "attach": ORDER.to_string(),
        "notify_url": "https://pay.example/notify",
        "amount": { "total": 1990, "currency": "CNY" },
    });
    assert_eq!(serde_json::from_str::<Value>(&came.body).expect("JSON"), wanted);
    assert!(PAYMENT.to_string().len() <= 32);
}

#[tokio::test]
async fn jsapi_signs_what_the_page_hands_on() {
    let way = Way::WechatJsapi { openid: "oUpF8".into() };
    let (offered, came) =
        offer(way, json!({ "prepay_id": "wx201410272009395522657a690389285100" })).await;
    let Offer::Jsapi(params) = offered.offer else { panic!("parameters") };
    let text = serde_json::to_value(&params).expect("JSON");
    assert_eq!(text["package"], "prepay_id=wx201410272009395522657a690389285100");
    assert_eq!((&text["appId"], &text["signType"]), (&APPID.into(), &"RSA".into()));
    let field = |name: &str| text[name].as_str().expect("text").to_owned();
    let message =
        format!("{APPID}\n{}\n{}\n{}\n", field("timeStamp"), field("nonceStr"), field("package"));
    let key = PrivateKey::read(MERCHANT).expect("a key").public().expect("its half");
    assert!(key.verify(message.as_bytes(), &field("paySign")));
    assert!(came.body.contains(r#""payer":{"openid":"oUpF8"}"#));
}

#[tokio::test]
async fn h5_comes_back_to_the_shop() {
    let way = Way::WechatH5 { client_ip: "192.0.2.1".into() };
    let answer = json!({ "h5_url": "https://wx.tenpay.com/cgi-bin/h5?prepay_id=wx1" });
    let (offered, came) = offer(way, answer).await;
    let wanted = "https://wx.tenpay.com/cgi-bin/h5?prepay_id=wx1&redirect_url=https%3A%2F%2Fshop.example%2Fo%3Fa%3D1%26b%3D2";
    assert_eq!(offered.offer, Offer::Redirect(wanted.into()));
    assert!(came.body.contains(r#""h5_info":{"type":"Wap"}"#) && came.body.contains("192.0.2.1"));
}

#[tokio::test]
async fn what_cannot_be_offered_is_not_sent() {
    let server = Server::start(|_| told(200, "")).await;
    let door = door(&server);
    let account = Account::Wechat(account());
    let mut dollars = intent(Way::WechatNative);
    dollars.amount.currency = kernel::Currency::Usd;
    let mut nothing = intent(Way::WechatNative);
    nothing.amount.amount = 0;
    assert_eq!(failed(&door.offer(&account, &dollars, NOW).await), "wrong_amount");
    assert_eq!(failed(&door.offer(&account, &nothing, NOW).await), "wrong_amount");
    assert_eq!(failed(&door.offer(&account, &intent(Way::AlipayQr), NOW).await), "wrong_way");
    assert!(server.came().is_empty());
}

#[tokio::test]
async fn the_buyer_is_known_by_the_oauth_hop() {
    let server = Server::start(|came| {
        assert!(came.path.contains("secret=SECRETofTheApp&code=c1&grant_type=authorization_code"));
        told(
            200,
            r#"{"access_token":"t","openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o","scope":"snsapi_base"}"#,
        )
    });
    let door = door(&server.await);
    let url = door.wechat_authorize_url(&account(), "https://shop.example/back?o=1", "st");
    assert!(url.ends_with("/connect/oauth2/authorize?appid=wx0123456789abcdef&redirect_uri=https%3A%2F%2Fshop.example%2Fback%3Fo%3D1&response_type=code&scope=snsapi_base&state=st#wechat_redirect"), "{url}");
    let asked = door.wechat_openid(&account(), "c1", NOW).await;
    assert!(!format!("{:?}", asked.exchanges).contains("SECRET"), "{:?}", asked.exchanges);
    assert_eq!(good(asked), "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o");
}

#[tokio::test]
async fn codes_that_are_used_up_fail_and_nonsense_is_not_known() {
    for (body, known) in [
        (r#"{"errcode":40029,"errmsg":"invalid code"}"#, true),
        (r#"{"errcode":40163,"errmsg":"code been used"}"#, true),
        (r#"{"errcode":-1,"errmsg":"system busy"}"#, false),
        (r#"{"openid":"<script>"}"#, false),
        ("{}", false),
    ] {
        let server = Server::start(move |_| told(200, body)).await;
        let asked = door(&server).wechat_openid(&account(), "c1", NOW).await;
        assert_eq!(matches!(asked.outcome, Outcome::Failed(_)), known, "{body}");
        assert!(!matches!(asked.outcome, Outcome::Succeeded(_)), "{body}");
    }
}
