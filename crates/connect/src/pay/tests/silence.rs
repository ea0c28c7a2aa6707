//! Silence, faults and nonsense of any channel: nobody knows, nothing failed.

use super::server::{Server, Told, told};
use super::*;
use crate::pay::testdata::NOW;

fn accounts() -> [(Account, Way); 3] {
    [
        (Account::Wechat(wechat::tests::account()), Way::WechatNative),
        (Account::Alipay(alipay::tests::account()), Way::AlipayQr),
        (Account::Stripe(stripe::tests::account()), Way::StripeCheckout),
    ]
}

/// Asks everything that can be asked, and wants to know nothing of it.
async fn nobody_knows(door: &Door, wanted: &[&str]) {
    for (account, way) in accounts() {
        let codes = [
            unknown(&door.offer(&account, &intent(way), NOW).await).to_owned(),
            unknown(&door.query(&account, &question(Some("cs_test_1")), NOW).await).to_owned(),
            unknown(&door.close(&account, &question(Some("cs_test_1")), NOW).await).to_owned(),
            unknown(&door.refund(&account, &refund_intent("pi_1"), NOW).await).to_owned(),
            unknown(&door.refund_query(&account, &refund_question("pi_1", None), NOW).await)
                .to_owned(),
            unknown(&door.check(&account, NOW).await).to_owned(),
        ];
        for code in codes {
            assert!(wanted.contains(&code.as_str()), "{code} of {:?}", account.channel());
        }
    }
}

#[tokio::test]
async fn a_channel_that_is_silent_is_not_known() {
    let server = Server::start(|_| Told { silent: true, ..told(200, "") }).await;
    nobody_knows(&patient_door(&server, Duration::from_millis(60)), &["timeout"]).await;
}

#[tokio::test]
async fn a_channel_that_cannot_be_reached_is_not_known() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let origin = format!("http://{}", listener.local_addr().expect("bound"));
    drop(listener);
    let http = Http::new(Duration::from_secs(30)).expect("roots");
    let door = Door::new(http, Gateways::sandbox(&origin), || [0; 16]).expect("loopback");
    nobody_knows(&door, &["unreachable"]).await;
}

#[tokio::test]
async fn faults_redirects_and_unsigned_answers_are_not_known() {
    for (status, body) in [
        (500, ""),
        (502, "<html>bad gateway</html>"),
        (503, r#"{"code":"SYSTEM_ERROR","error":{"type":"api_error"}}"#),
        (302, ""),
        (429, r#"{"code":"FREQUENCY_LIMITED","error":{"code":"rate_limit"}}"#),
        (200, "<html>"),
        (200, ""),
        (200, r#"{"a":1,"a":2}"#),
    ] {
        let server = Server::start(move |_| Told {
            headers: vec![("location", "http://127.0.0.1:1/".into())],
            ..told(status, body)
        });
        let codes = [
            "unsigned",
            "unreadable",
            "http_500",
            "http_502",
            "http_503",
            "http_302",
            "http_429",
            "SYSTEM_ERROR",
            "api_error",
            "FREQUENCY_LIMITED",
            "rate_limit",
        ];
        nobody_knows(&door(&server.await), &codes).await;
    }
}

#[tokio::test]
async fn an_answer_without_end_is_not_read() {
    let server = Server::start(|_| told(200, "x".repeat((1 << 20) + 1))).await;
    nobody_knows(&door(&server), &["broken_answer"]).await;
}

#[tokio::test]
async fn what_is_kept_of_an_exchange_has_no_secret() {
    let server = Server::start(|_| told(500, r#"{"openid":"oSECRET","sign":"SECRET"}"#)).await;
    let door = door(&server);
    for (account, way) in accounts() {
        let way = match way {
            Way::WechatNative => Way::WechatJsapi { openid: "oSECRET".into() },
            other => other,
        };
        let asked = door.offer(&account, &intent(way), NOW).await;
        let kept = format!("{asked:?} {}", serde_json::to_string(&asked.exchanges).expect("JSON"));
        assert!(!kept.contains("SECRET") && kept.contains("pay_"), "{kept}");
        assert_eq!((asked.exchanges.len(), asked.exchanges[0].status), (1, Some(500)));
        assert!(!format!("{account:?}").contains("SECRET"));
    }
}
