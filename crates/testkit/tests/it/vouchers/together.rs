//! Several vouchers for one bill: all of them, or none.

use super::{OUTSTANDING, REDEEMED, Till, UNEARNED, count, refused, worth};
use futures_util::future::join_all;
use serde_json::{Value, json};
use testkit::{Answer, Kind, on_both};

on_both!(
    several_are_redeemed_in_one_act,
    of_several_all_are_redeemed_or_none,
    acts_that_share_vouchers_take_each_once,
    redemptions_of_a_time_are_listed,
    vouchers_are_listed_by_what_they_are,
);

impl Till {
    async fn together(&self, vouchers: Value, more: Value) -> Answer {
        let mut body = json!({ "vouchers": vouchers });
        for (field, value) in more.as_object().into_iter().flatten() {
            body[field] = value.clone();
        }
        self.shop.post("/v1/redemptions/batch", &body).await
    }

    /// A voucher of three uses, and one of 100 yuan.
    async fn two(&self) -> (String, String) {
        let three = self.sku(1_000, count(3), json!({})).await;
        let money = self.sku(9_000, worth(10_000), json!({})).await;
        (self.buy(&three, 1).await.1.remove(0).1, self.buy(&money, 1).await.1.remove(0).1)
    }
}

fn yuan(fen: i64) -> Value {
    json!({ "amount": fen, "currency": "CNY" })
}

async fn several_are_redeemed_in_one_act(kind: Kind) {
    let till = Till::open(kind).await;
    let (three, money) = till.two().await;
    let store = till.store("徐家汇店").await;
    let here = json!({ "stores": [store], "min_spend": yuan(5_000) });
    let only = till.sku(1_000, count(1), here).await;
    let only = till.buy(&only, 1).await.1.remove(0).1;
    let body = json!({
        "vouchers": [
            { "code": three, "uses": 2 },
            { "code": money.to_lowercase(), "amount": yuan(1_234) },
            { "code": only, "uses": 1 },
        ],
        "store": store,
        "spend": yuan(20_000),
    });
    let path = "/v1/redemptions/batch";
    let done = till.shop.post_as(path, &body, "bill-1").await;
    assert_eq!(done.status, 201, "{}", done.text);
    let left: Vec<_> = done.json["redemptions"].as_array().expect("three").iter().collect();
    assert_eq!(left[0]["remaining"], 1, "{}", done.text);
    assert_eq!(left[1]["remaining"]["amount"], 8_766, "{}", done.text);
    assert_eq!((left.len(), &left[2]["remaining"]), (3, &json!(0)), "{}", done.text);
    // The same request is the same act, told in the same order.
    let again = till.shop.post_as(path, &body, "bill-1").await;
    assert_eq!((again.status, again.replayed), (201, true), "{}", again.text);
    assert_eq!(again.json, done.json);
    assert_eq!(till.lookup(&three).await.json["remaining"], 1);
    // Each of them is taken back by itself.
    assert_eq!(till.reverse(left[1]).await.status, 201);
    assert_eq!(till.lookup(&money).await.json["remaining"]["amount"], 10_000);
    assert_eq!(till.lookup(&three).await.json["remaining"], 1);
    till.close().await;
}

async fn of_several_all_are_redeemed_or_none(kind: Kind) {
    let till = Till::open(kind).await;
    let (three, money) = till.two().await;
    let all = till.sku(1_000, count(1), json!({})).await;
    let used = till.buy(&all, 1).await.1.remove(0).1;
    assert_eq!(till.uses(&used, 1).await.status, 201);
    let (one, ten) =
        (json!({ "code": three, "uses": 1 }), json!({ "code": money, "amount": yuan(1_000) }));
    let last = if used.ends_with('A') { 'B' } else { 'A' };
    let unknown = format!("{}{last}", &used[..used.len() - 1]);
    for (vouchers, status, code, field) in [
        (json!([]), 422, "invalid", "vouchers"),
        (json!(vec![one.clone(); 21]), 422, "invalid", "vouchers"),
        (json!([one, one]), 409, "voucher_state", "vouchers[1]"),
        (json!([one, { "code": used, "uses": 1 }]), 409, "voucher_used_up", "vouchers[1]"),
        (json!([ten, { "code": three, "uses": 4 }]), 409, "voucher_used_up", "vouchers[1]"),
        (json!([one, ten, { "code": unknown, "uses": 1 }]), 404, "not_found", "vouchers[2]"),
        (json!([{ "code": money, "uses": 1 }, one]), 422, "invalid", "vouchers[0].uses"),
        (json!([one, { "code": money }]), 422, "invalid", "vouchers[1].uses"),
        (json!([one, { "code": "?", "uses": 1 }]), 404, "not_found", "vouchers[1]"),
    ] {
        let answer = till.together(vouchers, json!({})).await;
        refused(&answer, status, code);
        assert_eq!(answer.field(), field, "{}", answer.text);
    }
    let nowhere = json!({ "store": "sto_01m838z2g0h1v1x0ya812hw483" });
    let answer = till.together(json!([one, ten]), nowhere).await;
    refused(&answer, 422, "invalid");
    assert_eq!(answer.field(), "store", "{}", answer.text);
    assert_eq!(till.lookup(&three).await.json["remaining"], 3, "nothing was taken");
    assert_eq!(till.lookup(&money).await.json["remaining"]["amount"], 10_000);
    assert_eq!(till.balance(REDEEMED).await, 1, "what was used at the start");
    till.close().await;
}

async fn acts_that_share_vouchers_take_each_once(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = till.sku(1_000, count(1), json!({})).await;
    let (_, vouchers) = till.buy(&sku, 3).await;
    // Each act wants two of three vouchers, in either order: one act at most succeeds.
    let tries = (0..120).map(|n| {
        let pair = [(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)][n % 6];
        let of = |i: usize| json!({ "code": vouchers[i].1, "uses": 1 });
        let body = json!([of(pair.0), of(pair.1)]);
        till.together(body, json!({}))
    });
    let answers = join_all(tries).await;
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        refused(answer, 409, "voucher_used_up");
    }
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    assert_eq!((till.balance(REDEEMED).await, till.balance(OUTSTANDING).await), (2, 1));
    assert_eq!(till.balance(UNEARNED).await, 1_000 * 100);
    till.close().await;
}

async fn redemptions_of_a_time_are_listed(kind: Kind) {
    let till = Till::open(kind).await;
    let store = till.store("徐家汇店").await;
    let sku = till.sku(1_000, count(9), json!({ "stores": [store] })).await;
    let code = till.buy(&sku, 1).await.1.remove(0).1;
    let mut times = Vec::new();
    for _ in 0..3 {
        let body = json!({ "code": code, "uses": 1, "store": store });
        let used = till.shop.post("/v1/redemptions", &body).await;
        assert_eq!(used.status, 201, "{}", used.text);
        times.push(used.json["at"].as_str().expect("a time").to_owned());
        till.pass(3_600_000_000);
    }
    let count = async |query: String| {
        let page = till.shop.get(&format!("/v1/redemptions?{query}")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        page.json["data"].as_array().expect("a list").len()
    };
    let [first, second, third] = [0, 1, 2].map(|n: usize| &times[n]);
    for of in ["", &format!("&store={store}")] {
        assert_eq!(count(format!("created_from={second}{of}")).await, 2);
        assert_eq!(count(format!("created_before={second}{of}")).await, 1);
        assert_eq!(count(format!("created_from={second}&created_before={third}{of}")).await, 1);
        assert_eq!(count(format!("created_from={first}&limit=2{of}")).await, 2);
    }
    let turned = format!("/v1/redemptions?created_from={third}&created_before={first}");
    refused(&till.shop.get(&turned).await, 422, "invalid");
    till.close().await;
}

async fn vouchers_are_listed_by_what_they_are(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = till.sku(1_000, count(1), json!({ "validity": { "days": 2 } })).await;
    let other = till.sku(1_000, count(1), json!({})).await;
    let (order, vouchers) = till.buy(&sku, 3).await;
    till.pass(1_000_000);
    let (later, _) = till.buy(&other, 2).await;
    assert_eq!(till.uses(&vouchers[0].1, 1).await.status, 201);
    let listed = async |query: String| {
        let page = till.shop.get(&format!("/v1/vouchers?{query}")).await;
        assert_eq!(page.status, 200, "{query}: {}", page.text);
        let ids = page.json["data"].as_array().expect("a list").iter();
        let ids: Vec<_> = ids.map(|one| one["id"].as_str().expect("an id").to_owned()).collect();
        (ids, page.json["next"].as_str().map(str::to_owned))
    };
    let first = vouchers[0].0.clone();
    assert_eq!(listed(format!("sku={sku}&state=used")).await.0, std::slice::from_ref(&first));
    assert_eq!(listed(format!("order={order}")).await.0.len(), 3);
    assert_eq!(listed(format!("order={order}&state=effective")).await.0.len(), 2);
    assert_eq!(listed(format!("order={later}&sku={sku}")).await.0.len(), 0);
    assert_eq!(listed("state=effective".to_owned()).await.0.len(), 4);
    let (page, next) = listed("sort=created_at&limit=2".to_owned()).await;
    assert_eq!(page[0], first, "oldest first");
    let next = next.expect("more");
    let (rest, next) = listed(format!("sort=created_at&limit=9&after={next}")).await;
    assert_eq!((rest.len(), next), (3, None));
    let made = till.shop.get(&format!("/v1/vouchers/{first}")).await.json["created_at"].clone();
    let made = made.as_str().expect("a time");
    assert_eq!(listed(format!("created_before={made}")).await.0.len(), 0);
    assert_eq!(listed(format!("created_from={made}")).await.0.len(), 5);
    // What is over is expired at once, before the timer comes.
    till.pass(3 * super::DAY);
    assert_eq!(listed(format!("sku={sku}&state=effective")).await.0.len(), 0);
    assert_eq!(listed(format!("sku={sku}&state=expired")).await.0.len(), 2);
    let unknown = "/v1/vouchers?order=ord_01m838z2g0h1v1x0ya812hw483";
    refused(&till.shop.get(unknown).await, 404, "not_found");
    refused(&till.shop.get("/v1/vouchers?state=eaten").await, 422, "invalid");
    till.close().await;
}
