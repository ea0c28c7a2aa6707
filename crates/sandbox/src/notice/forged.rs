//! Notices that no channel has sent: each must change nothing at the merchant.

use super::{Content, Letter, Notice, post};
use crate::channel::Channel;
use crate::keys::SigningKey;
use crate::payment::{Charge, Payment};
use crate::sandbox::Sandbox;
use crate::wechat::notice as wechat;
use crate::{alipay, random, stripe};
use serde::Serialize;

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// A forged notice, and how it was answered.
#[derive(Serialize)]
pub struct Forged {
    /// What is wrong with it.
    pub forgery: &'static str,
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// Whether the merchant confirmed it.
    pub confirmed: bool,
}

/// Sends every forgery about a payment, one after the other.
pub async fn send(sandbox: &Sandbox, payment: &Payment) -> Vec<Forged> {
    let charge = payment.charges.first().cloned().unwrap_or_else(|| pretended(sandbox, payment));
    let mut paid = payment.clone();
    if paid.charges.is_empty() {
        paid.charges.push(charge.clone());
    }
    let notices = match payment.channel {
        Channel::Wechat => wechat::charged(sandbox, &paid, &charge),
        Channel::Alipay => alipay::notice::charged(sandbox, &paid, &charge),
        Channel::Stripe => stripe::event::charged(sandbox, &paid, 0),
    };
    let mut all = Vec::new();
    let Some(notice) = notices.last() else { return all };
    let letters = match &notice.content {
        Content::Wechat(body) => of_wechat(sandbox, &paid, &charge, body),
        Content::Alipay(fields) => of_alipay(sandbox, payment.merchant, fields),
        Content::Stripe(body, secrets) => of_stripe(sandbox, body, &secrets[0]),
    };
    for (forgery, letter) in letters {
        let named = Notice { event: format!("forged: {forgery}"), ..notice.clone() };
        let attempt = post(sandbox, &named, letter).await;
        all.push(Forged { forgery, status: attempt.status, confirmed: attempt.confirmed });
    }
    all
}

/// A charge that never was.
fn pretended(sandbox: &Sandbox, payment: &Payment) -> Charge {
    let id = match payment.channel {
        Channel::Stripe => stripe::charge_number(payment),
        Channel::Wechat | Channel::Alipay => format!("4200{}", random::digits(24)),
    };
    let (amount, at) = (payment.amount, sandbox.now());
    Charge { id, amount, coupon: 0, at, payer: format!("o{}", random::word(27)) }
}

/// The position of a merchant that is another one.
fn other(sandbox: &Sandbox, merchant: usize) -> usize {
    (merchant + 1) % sandbox.merchants.len()
}

fn of_wechat(
    sandbox: &Sandbox,
    payment: &Payment,
    charge: &Charge,
    body: &[u8],
) -> Vec<(&'static str, Letter)> {
    let merchant = payment.merchant;
    let (own, foreign) =
        (&sandbox.merchants[merchant], &sandbox.merchants[other(sandbox, merchant)]);
    let [platform, strange] = [own, foreign].map(|whose| whose.wechat_platform.current());
    let merchants_key = SigningKey::from_pem(&own.accounts.wechat.private_key_pem);
    let now = sandbox.now().as_second();
    let letter = |at: i64, signer: &SigningKey, signed: &[u8], prefix: &str, body: &[u8]| {
        let nonce = random::word(32);
        let signature = signer.sign(&wechat::message(at, &nonce, signed));
        let signature = format!("{prefix}{signature}");
        let mut headers = wechat::headers(at, nonce, signature, &platform.serial);
        headers.push(("Content-Type", "application/json".to_owned()));
        Letter { headers, body: body.to_vec() }
    };
    let platform_key = &platform.key;
    let less = Charge { amount: charge.amount + 100, ..charge.clone() };
    let changed = crate::wechat::plain(sandbox, payment, &less);
    let changed = wechat::pretended(sandbox, merchant, &changed);
    let elsewhere = crate::wechat::plain(sandbox, payment, charge);
    let elsewhere = wechat::pretended(sandbox, other(sandbox, merchant), &elsewhere);
    let broken =
        String::from_utf8_lossy(body).replacen("\"ciphertext\":\"", "\"ciphertext\":\"AAAA", 1);
    let mut bare = letter(now, platform_key, body, "", body);
    bare.headers.retain(|(name, _)| *name == "Content-Type");
    let mut letters = vec![
        ("no_signature", bare),
        ("bad_signature", letter(now, platform_key, b"something else", "", body)),
        ("sign_test", letter(now, platform_key, body, "WECHATPAY/SIGNTEST/", body)),
        ("other_key", letter(now, &strange.key, body, "", body)),
        ("changed_amount", letter(now, platform_key, body, "", &changed)),
        ("sealed_for_another", letter(now, platform_key, &elsewhere, "", &elsewhere)),
        ("broken_seal", letter(now, platform_key, broken.as_bytes(), "", broken.as_bytes())),
        ("a_day_old", letter(now - DAY_SECONDS, platform_key, body, "", body)),
    ];
    if let Ok(key) = merchants_key {
        letters.push(("merchants_key", letter(now, &key, body, "", body)));
    }
    letters
}

fn of_alipay(
    sandbox: &Sandbox,
    merchant: usize,
    fields: &[(String, String)],
) -> Vec<(&'static str, Letter)> {
    use alipay::notice::{form, message};
    let (own, foreign) =
        (&sandbox.merchants[merchant], &sandbox.merchants[other(sandbox, merchant)]);
    let fields = fields.to_vec();
    let with = |name: &str, value: &str| -> Vec<(String, String)> {
        let replace =
            |(n, v): (String, String)| if n == name { (n, value.to_owned()) } else { (n, v) };
        fields.clone().into_iter().map(replace).collect()
    };
    let platform = &own.alipay_platform;
    let signature = platform.sign(&message(&fields));
    let elsewhere = with("app_id", &foreign.accounts.alipay.app_id);
    let for_elsewhere = platform.sign(&message(&elsewhere));
    let mut weaker = form(fields.clone(), Some(signature.clone()));
    weaker.body =
        String::from_utf8_lossy(&weaker.body).replace("sign_type=RSA2", "sign_type=RSA").into();
    let mut letters = vec![
        ("no_signature", form(fields.clone(), None)),
        ("bad_signature", form(fields.clone(), Some(platform.sign(b"something else")))),
        ("other_key", form(fields.clone(), Some(foreign.alipay_platform.sign(&message(&fields))))),
        ("changed_amount", form(with("total_amount", "0.01"), Some(signature))),
        ("other_application", form(elsewhere, Some(for_elsewhere))),
        ("weaker_algorithm", weaker),
    ];
    if let Ok(key) = SigningKey::from_pem(&own.accounts.alipay.private_key_pem) {
        letters.push(("merchants_key", form(fields.clone(), Some(key.sign(&message(&fields))))));
    }
    letters
}

fn of_stripe(sandbox: &Sandbox, body: &[u8], secret: &str) -> Vec<(&'static str, Letter)> {
    use stripe::event::{signature, signed};
    let now = sandbox.now().as_second();
    let old = now - DAY_SECONDS;
    let letter = |at: i64, hex: String, body: &[u8]| signed(body.to_vec(), Some((at, vec![hex])));
    let changed = String::from_utf8_lossy(body).replace("\"amount_total\":", "\"amount_total\":1");
    vec![
        ("no_signature", signed(body.to_vec(), None)),
        ("bad_signature", letter(now, signature(secret, now, b"something else"), body)),
        ("other_key", letter(now, signature("whsec_another", now, body), body)),
        ("changed_amount", letter(now, signature(secret, now, body), changed.as_bytes())),
        ("changed_time", letter(now, signature(secret, old, body), body)),
        ("a_day_old", letter(old, signature(secret, old, body), body)),
    ]
}
