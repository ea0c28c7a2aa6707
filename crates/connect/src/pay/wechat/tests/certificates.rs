//! Certificate mode: fetched by itself, several at once, and only while they hold.

use super::*;
use crate::pay::tests::server::{Came, Server, Told, told};
use crate::pay::tests::*;
use crate::pay::wire::cert::Certificate;
use crate::pay::{Account, Notice, Refused, Standing};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const NEXT_SERIAL: &str = "6157F09EFDC096DE15EBE81A47057A7232F1B8E2";

fn account_of() -> (WechatAccount, Account) {
    let account = WechatAccount::parse(fields(VerifyFields::Certificates)).expect("an account");
    (account.clone(), Account::Wechat(account))
}

fn serial(certificate: &str) -> String {
    Certificate::read(certificate).expect("one").serial_hex()
}

fn list(certificates: &[&str]) -> String {
    let item = |text: &&str| {
        json!({
            "serial_no": serial(text),
            "effective_time": "2020-01-01T08:00:00+08:00",
            "expire_time": "2099-01-01T08:00:00+08:00",
            "encrypt_certificate": sealed("certificate", text),
        })
    };
    json!({ "data": certificates.iter().map(item).collect::<Vec<_>>() }).to_string()
}

/// A channel that lists these certificates and signs with one of them.
fn channel(
    certificates: &'static [&'static str],
    key: &'static str,
    by: &'static str,
) -> impl Fn(&Came) -> Told {
    move |came| {
        let body = match came.path.as_str() {
            "/v3/certificates" => list(certificates),
            _ => transaction().to_string(),
        };
        Told { headers: signed_by(key, &serial(by), &body, NOW), ..told(200, body) }
    }
}

#[tokio::test]
async fn certificates_are_fetched_once_when_they_are_needed() {
    let server = Server::start(channel(&[CHANNEL_CRT, NEXT_CRT], CHANNEL, CHANNEL_CRT)).await;
    let (account, any) = account_of();
    for _ in 0..2 {
        let asked = door(&server).query(&any, &question(None), NOW).await;
        assert!(matches!(good(asked), Standing::Paid(_)));
    }
    let paths: Vec<String> = server.came().into_iter().map(|came| came.path).collect();
    assert_eq!(paths.iter().filter(|path| *path == "/v3/certificates").count(), 1, "{paths:?}");
    let serials = account.keyring().map(|keyring| keyring.serials());
    assert_eq!(serials, Some(vec![SERIAL.into(), NEXT_SERIAL.into()]));
}

#[tokio::test]
async fn both_hold_while_they_rotate_and_the_old_one_ends() {
    let rotated = Arc::new(AtomicBool::new(false));
    let flag = rotated.clone();
    let server = Server::start(move |came| match flag.load(Ordering::Relaxed) {
        false => channel(&[CHANNEL_CRT, NEXT_CRT], CHANNEL, CHANNEL_CRT)(came),
        true => channel(&[NEXT_CRT], NEXT, NEXT_CRT)(came),
    });
    let door = door(&server.await);
    let (account, any) = account_of();
    good(door.refresh(&any, NOW).await);
    let verify = |key, serial| {
        sign::verify(&account, &header_map(&signed_by(key, serial, "{}", NOW)), b"{}", NOW)
    };
    assert_eq!((verify(CHANNEL, SERIAL), verify(NEXT, NEXT_SERIAL)), (Ok(()), Ok(())));
    assert_eq!(verify(NEXT, SERIAL), Err(Refused::Forged));
    rotated.store(true, Ordering::Relaxed);
    good(door.refresh(&any, NOW).await);
    assert_eq!(verify(NEXT, NEXT_SERIAL), Ok(()));
    assert_eq!(verify(CHANNEL, SERIAL), Err(Refused::UnknownKey(SERIAL.into())));
}

#[tokio::test]
async fn certificates_hold_from_their_first_to_their_last_second() {
    let all: &[&str] = &[CHANNEL_CRT, EXPIRED_CRT, FUTURE_CRT];
    let server = Server::start(channel(all, CHANNEL, CHANNEL_CRT)).await;
    let (account, any) = account_of();
    good(door(&server).refresh(&any, NOW).await);
    let at = |certificate: &str, now: Timestamp| {
        let headers = signed_by(CHANNEL, &serial(certificate), "{}", now);
        notice::read(&account, &header_map(&headers), b"{}", now).expect_err("no notice")
    };
    let time = |text: &str| Timestamp::parse(text).expect("a time");
    assert_eq!(at(EXPIRED_CRT, NOW), Refused::KeyNotValid);
    assert_eq!(at(FUTURE_CRT, NOW), Refused::KeyNotValid);
    assert_eq!(at(CHANNEL_CRT, NOW), Refused::Unreadable("body"));
    assert_eq!(at(EXPIRED_CRT, time("2020-12-31T23:59:59Z")), Refused::Unreadable("body"));
    assert_eq!(at(EXPIRED_CRT, time("2021-01-01T00:00:01Z")), Refused::KeyNotValid);
    assert_eq!(at(FUTURE_CRT, time("2089-12-31T23:59:59Z")), Refused::KeyNotValid);
}

#[tokio::test]
async fn lists_that_are_not_sound_are_not_believed() {
    let wrong_key = list(&[CHANNEL_CRT]);
    for (body, headers, code) in [
        (list(&[CHANNEL_CRT]), signed_by(NEXT, SERIAL, &wrong_key, NOW), "bad_signature"),
        (list(&[CHANNEL_CRT]), signed_by(NEXT, NEXT_SERIAL, &wrong_key, NOW), "unknown_key"),
        (
            list(&[EXPIRED_CRT]),
            signed_by(CHANNEL, "11", &list(&[EXPIRED_CRT]), NOW),
            "key_not_valid",
        ),
        (list(&[CHANNEL_CRT]), Vec::new(), "unsigned"),
        ("{}".into(), Vec::new(), "unreadable"),
    ] {
        let server =
            Server::start(move |_| Told { headers: headers.clone(), ..told(200, body.clone()) })
                .await;
        let (account, any) = account_of();
        assert_eq!(unknown(&door(&server).refresh(&any, NOW).await), code);
        assert_eq!(account.keyring().map(|keyring| keyring.serials()), Some(Vec::new()));
    }
}

#[tokio::test]
async fn checking_tells_a_wrong_api_v3_key_and_the_wrong_mode() {
    let server = Server::start(channel(&[CHANNEL_CRT], CHANNEL, CHANNEL_CRT)).await;
    let mut wrong = fields(VerifyFields::Certificates);
    wrong.api_v3_key = Secret::new(KEY.to_lowercase());
    let wrong = Account::Wechat(WechatAccount::parse(wrong).expect("an account"));
    assert_eq!(failed(&door(&server).check(&wrong, NOW).await), "bad_api_v3_key");
    good(door(&server).check(&account_of().1, NOW).await);
    let server = Server::start(|_| told(403, r#"{"code":"NO_AUTH","message":""}"#)).await;
    assert_eq!(
        failed(&door(&server).check(&account_of().1, NOW).await),
        "certificates_not_offered"
    );
    good(door(&server).refresh(&Account::Wechat(account()), NOW).await);
}

#[tokio::test]
async fn strangers_cause_no_storm_of_fetches() {
    let server = Server::start(channel(&[CHANNEL_CRT], CHANNEL, NEXT_CRT)).await;
    let (_, any) = account_of();
    let door = door(&server);
    for _ in 0..3 {
        assert_eq!(unknown(&door.query(&any, &question(None), NOW).await), "unknown_key");
    }
    let fetched = || server.came().iter().filter(|came| came.path == "/v3/certificates").count();
    assert_eq!(fetched(), 1);
    let later = NOW.plus_micros(61_000_000);
    door.query(&any, &question(None), later).await;
    assert_eq!(fetched(), 2);
}

#[tokio::test]
async fn a_notice_under_a_new_certificate_has_it_fetched() {
    let server = Server::start(channel(&[CHANNEL_CRT], CHANNEL, CHANNEL_CRT)).await;
    let door = door(&server);
    let (_, any) = account_of();
    let body = json!({
        "event_type": "TRANSACTION.SUCCESS",
        "resource_type": "encrypt-resource",
        "resource": sealed("transaction", &transaction().to_string()),
    });
    let body = body.to_string();
    let headers = header_map(&signed_by(CHANNEL, SERIAL, &body, NOW));
    let (read, exchanges) = door.notice(&any, &headers, body.as_bytes(), NOW).await;
    assert!(matches!(read, Ok(Notice::Payment(_))), "{read:?}");
    assert_eq!(exchanges.len(), 1);
    let (read, exchanges) = door.notice(&any, &headers, body.as_bytes(), NOW).await;
    assert!(read.is_ok() && exchanges.is_empty());
    let stranger = header_map(&signed_by(NEXT, NEXT_SERIAL, &body, NOW));
    for _ in 0..3 {
        let (read, _) = door.notice(&any, &stranger, body.as_bytes(), NOW).await;
        assert_eq!(read, Err(Refused::UnknownKey(NEXT_SERIAL.into())));
    }
    assert_eq!(server.came().len(), 1);
}
