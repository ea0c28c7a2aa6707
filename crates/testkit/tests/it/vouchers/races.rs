//! Many at one voucher: exactly what it allows succeeds, and sums are exact.

use super::{OUTSTANDING, REDEEMED, Till, UNEARNED, count, refused, worth};
use futures_util::future::join_all;
use serde_json::{Value, json};
use testkit::{Answer, Kind, on_both};

on_both!(
    a_thousand_redemptions_at_once_take_what_there_is,
    redemptions_and_reversals_mixed_sum_exactly,
    of_refund_and_redemption_one_wins,
    of_reversal_and_refund_sums_are_exact,
);

/// How many try at once.
const TRIES: usize = 1_000;

fn succeeded(answers: &[Answer]) -> usize {
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        refused(answer, 409, "voucher_used_up");
    }
    answers.iter().filter(|answer| answer.status == 201).count()
}

async fn a_thousand_redemptions_at_once_take_what_there_is(kind: Kind) {
    let till = Till::open(kind).await;
    // Two processes where the engine has it.
    let second = match kind {
        Kind::Postgres => Some(till.node().await),
        Kind::Sqlite => None,
    };
    let urls = [till.app.url(), second.as_ref().map_or(till.app.url(), |app| app.url())];
    let shops = urls.map(|url| till.shop.at(url));
    let (three, hundred) =
        (till.sku(1_000, count(3), json!({})).await, till.sku(9_999, worth(100), json!({})).await);
    let (three, hundred) =
        (till.buy(&three, 1).await.1.remove(0).1, till.buy(&hundred, 1).await.1.remove(0).1);
    let one = json!({ "code": three, "uses": 1 });
    let seven = json!({ "code": hundred, "amount": { "amount": 7, "currency": "CNY" } });
    let all = |body: &Value| {
        let tries: Vec<_> = (0..TRIES).map(|n| (shops[n % 2].clone(), body.clone())).collect();
        join_all(tries.into_iter().map(async |(shop, body): (testkit::Caller, Value)| {
            shop.post("/v1/redemptions", &body).await
        }))
    };
    let (uses, amounts) = tokio::join!(all(&one), all(&seven));
    assert_eq!((succeeded(&uses), succeeded(&amounts)), (3, 14));
    assert_eq!(till.lookup(&hundred).await.json["remaining"]["amount"], 2);
    assert_eq!(till.lookup(&three).await.json["remaining"], 0);
    if let Some(second) = second {
        second.stop().await;
    }
    till.close().await;
}

async fn redemptions_and_reversals_mixed_sum_exactly(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = till.sku(1_000, count(3), json!({})).await;
    let code = till.buy(&sku, 1).await.1.remove(0).1;
    // Each redeems and takes back at once, so uses come and go while others ask.
    let rounds = join_all((0..200).map(async |n| {
        let used = till.uses(&code, 1).await;
        if used.status != 201 {
            refused(&used, 409, "voucher_used_up");
            return (0, 0);
        }
        if n % 2 == 1 {
            return (1, 0);
        }
        let both = tokio::join!(till.reverse(&used.json), till.reverse(&used.json));
        let back = [both.0, both.1].iter().filter(|answer| answer.status == 201).count();
        assert_eq!(back, 1, "it is taken back once");
        (1, 1)
    }))
    .await;
    let taken: i64 = rounds.iter().map(|(used, back)| used - back).sum();
    let left = till.lookup(&code).await.json["remaining"].as_i64().expect("a number");
    assert_eq!((taken, left), (3 - left, 3 - taken));
    assert_eq!((till.balance(OUTSTANDING).await, till.balance(REDEEMED).await), (left, taken));
    till.close().await;
}

async fn of_refund_and_redemption_one_wins(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = till.sku(1_000, count(1), json!({})).await;
    let before = till.wallet().await;
    let mut kept = 0;
    for _ in 0..30 {
        let (order, vouchers) = till.buy(&sku, 1).await;
        let (used, back) =
            tokio::join!(till.uses(&vouchers[0].1, 1), till.refund(&order, json!({})));
        match (used.status, back.status) {
            (201, 409) => {
                refused(&back, 409, "voucher_state");
                kept += 1;
            }
            (409, 201) => refused(&used, 409, "voucher_state"),
            other => panic!("{other:?} {} {}", used.text, back.text),
        }
    }
    assert_eq!(before - till.wallet().await, kept * 1_000);
    assert_eq!((till.balance(OUTSTANDING).await, till.balance(REDEEMED).await), (0, kept));
    assert_eq!(till.balance(UNEARNED).await, 0);
    till.close().await;
}

async fn of_reversal_and_refund_sums_are_exact(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = till.sku(1_000, count(2), json!({})).await;
    let before = till.wallet().await;
    let (mut paid, mut used) = (0, 0);
    for _ in 0..30 {
        let (order, vouchers) = till.buy(&sku, 1).await;
        let one = till.uses(&vouchers[0].1, 1).await;
        let (back, refund) = tokio::join!(till.reverse(&one.json), till.refund(&order, json!({})));
        assert_eq!(refund.status, 201, "{}", refund.text);
        let amount = refund.json["amount"]["amount"].as_i64().expect("an amount");
        match back.status {
            201 => assert_eq!(amount, 1_000),
            _ => {
                refused(&back, 409, "voucher_state");
                assert_eq!(amount, 500);
                used += 1;
            }
        }
        paid += 1_000 - amount;
    }
    assert_eq!(before - till.wallet().await, paid);
    assert_eq!((till.balance(OUTSTANDING).await, till.balance(REDEEMED).await), (0, used));
    till.close().await;
}
