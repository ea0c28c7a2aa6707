//! A database with everything in it that the program can make, on a clock that is turned by hand.

use crate::damaged::{damage, damage_in_state, until_stopped};
use domain::Listed;
use domain::idempotency::rotate::RotateIdempotency;
use domain::identity::buyer::BuyerRef;
use domain::identity::operator;
use domain::inventory::expire_codes::ExpireCodes;
use domain::order::retime::RetimeOrder;
use domain::payment::PayMethod;
use domain::payment::account::PaymentAccountId;
use domain::payment::ask::AskAgain;
use domain::payment::channel::{Chosen, StoreOffer};
use domain::payment::exchange::{ForgetExchanges, KeepExchanges};
use domain::payment::receive::{ReceiveNotice, Said};
use domain::payment::recharge::StartRecharge;
use domain::payment::refuse::{RefuseNotice, TellUnreadable};
use domain::payment::start::StartPayment;
use domain::people::role::BuiltIn;
use domain::refund::settle;
use domain::till::TRIES_MAX;
use domain::till::fact::CodesGuessed;
use domain::till::guess::NoteGuesses;
use domain::till::pair::PairDevice;
use domain::till::unlock::UnlockDevice;
use engine::{Clock, Settings};
use kernel::{BuyerId, DeviceId, OrderId, SkuId, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use testkit::app::MASTER_KEY;
use testkit::{Answer, App, Browser, Caller, Db, Options};
use tokio::sync::watch;
use vault::KeyRing;

/// More than a generation of idempotency records lasts.
const WEEK_US: i64 = 8 * 86_400_000_000;

const HOUR_US: i64 = 3_600_000_000;

/// Two weeks of two shops: codes expire and idempotency records get a second generation between them;
/// an import is still running at the end.
pub async fn build(db: &Db) {
    let clock = Arc::new(AtomicI64::new(Timestamp::now().0));
    let engine = Settings { clock: Clock::Manual(Arc::clone(&clock)), ..Settings::default() };
    let app =
        App::start_with(db.url(), Options { engine, without_work: true, ..Options::default() })
            .await;
    let (stop, stopped) = watch::channel(false);
    let work = tokio::spawn(deliver::run_with(app.engine.clone(), app.work(), stopped));
    let shops = [app.merchant("星河").await, app.merchant("北辰").await];
    let operator = app.operator().await;
    people(&app, &shops[0]).await;
    rotate(db, &clock).await;

    for shop in &shops {
        let perishable = week(&app, shop, "one").await;
        merchants(&operator, &format!("one {:?}", shop.tenant)).await;
        clock.fetch_add(WEEK_US, Ordering::SeqCst);
        submit(&app, shop, ExpireCodes { sku: perishable }).await;
        submit(&app, shop, RotateIdempotency).await;
        week(&app, shop, "two").await;
        merchants(&operator, &format!("two {:?}", shop.tenant)).await;
    }
    while db.number("SELECT COUNT(*) FROM refunds WHERE state = 1").await > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let paid = paid_order(&shops[0]).await;
    let goods = shops[0].sku(1_990, json!({})).await;
    shops[0].stock(&goods, "through-", 2).await;
    through_a_channel(&app, &shops[0], &goods).await;
    let card = shops[0].sku(100, json!({})).await;
    let last = shops[0].import(&card, "number\nF-1\nF-2\n".to_owned()).await;
    damage_some(db, &shops[0]).await;
    let ahead = ahead_of_time(&shops[0]).await;
    take_out(&shops[0]).await;
    db.followed().await;
    while db.number("SELECT checkpoint FROM journal_anchoring").await == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    stop.send_replace(true);
    work.await.expect("the work ends");
    clock.fetch_sub(HOUR_US, Ordering::SeqCst);
    submit(&app, &shops[0], RetimeOrder { order: ahead }).await;
    clock.fetch_add(HOUR_US, Ordering::SeqCst);
    send_again(&app, &shops[0], &paid).await;
    let sku = shops[0].sku(100, json!({})).await;
    let path = format!("/v1/code-batches/{}/freeze", last["batch"].as_str().expect("a batch"));
    expect(200, &shops[0].post(&path, &json!({ "reason": "疑似泄露" })).await);
    let left = import(&shops[0], &sku, "left", "number\nL-1\nL-2\n".to_owned()).await;
    assert_eq!(left["state"], "running", "{left}");
    app.stop().await;
}

/// A list as a file, which is taken.
async fn take_out(shop: &Caller) {
    let body = json!({ "list": "orders", "format": "csv" });
    let asked = shop.post("/v1/exports", &body).await;
    expect(202, &asked);
    let done = shop.exported(asked.json["id"].as_str().expect("an id")).await;
    expect(200, &shop.get(done["file_url"].as_str().expect("an address")).await);
}

/// An order that waits for money, and will be from the future when the clock is set back.
async fn ahead_of_time(shop: &Caller) -> OrderId {
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "AHEAD", 1).await;
    let mut body = Caller::order_body(&sku, 1, "buyer");
    body.as_object_mut().expect("an object").remove("pay");
    let placed = shop.post("/v1/orders", &body).await;
    expect(201, &placed);
    OrderId::parse(placed.json["id"].as_str().expect("an id")).expect("an order's id")
}

/// Everything is sealed again, which is nothing yet.
async fn rotate(db: &Db, clock: &AtomicI64) {
    let settings = store::Settings { url: db.url().to_owned(), readers: 1 };
    let ring = KeyRing::parse(MASTER_KEY).expect("the master key");
    engine::rotate_keys(&settings, &ring, true, "tests").await.expect("rotated");
    while db.number("SELECT COUNT(*) FROM data_keys WHERE purpose = 1").await > 1 {
        clock.fetch_add(1_000_000, Ordering::SeqCst);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

async fn submit(app: &App, shop: &Caller, command: impl Listed) {
    let done = app.engine.run(app.engine.internal(shop.tenant), command).await;
    done.expect("the command is not refused");
}

/// A payment through a channel of others, which is offered, paid and shown; and a notice of a stranger.
async fn through_a_channel(app: &App, shop: &Caller, sku: &str) {
    let order = json!({ "sku": sku, "quantity": 1, "buyer": { "external_id": "channel" } });
    let placed = shop.post("/v1/orders", &order).await;
    expect(201, &placed);
    let order = OrderId::parse(placed.json["id"].as_str().expect("an id")).expect("an order's id");
    let buyer =
        BuyerId::parse(placed.json["buyer"]["id"].as_str().expect("an id")).expect("a buyer's id");
    let account = PaymentAccountId::new([7; 16]);
    let channel = Some(Chosen { account, fee_rate: 60 });
    let start = StartPayment { order, method: PayMethod::WechatNative, channel };
    let begun = app.engine.run(app.engine.internal(shop.tenant), start).await.expect("it begins");
    let payment = begun.id;
    let offer = r#"{"qr":"weixin://wxpay/bizpayurl?pr=x"}"#.to_owned();
    submit(app, shop, StoreOffer { payment, offer, reference: Some("x".to_owned()) }).await;
    submit(app, shop, AskAgain { payment }).await;
    let exchanges = vec![r#"{"at":"2026-11-30T00:00:00Z"}"#.to_owned()];
    submit(app, shop, KeepExchanges { payment, exchanges }).await;
    let paid = ReceiveNotice {
        method: PayMethod::WechatNative,
        account: Some(account),
        payment,
        order: Some(order),
        number: format!("4200{payment}"),
        said: Said::Paid(begun.money()),
        returned: false,
        exchange: None,
    };
    submit(app, shop, paid.clone()).await;
    let recharge = StartRecharge {
        buyer: BuyerRef::Id(buyer),
        amount: begun.money(),
        method: PayMethod::WechatNative,
        channel,
    };
    let recharge =
        app.engine.run(app.engine.internal(shop.tenant), recharge).await.expect("it begins");
    let number = format!("4200{}", recharge.id);
    let (payment, order) = (recharge.id, None);
    submit(app, shop, ReceiveNotice { payment, order, number, ..paid }).await;
    submit(app, shop, ForgetExchanges).await;
    submit(app, shop, TellUnreadable { account }).await;
    submit(app, shop, RefuseNotice { account, reason: "bad_signature", count: 1 }).await;
}

/// Everything that a shop can do; gives the SKU whose codes will not last the week.
async fn week(app: &App, shop: &Caller, week: &str) -> SkuId {
    let until = app.engine.now().plus_days(2);
    let card = shop.sku(1_990, json!({ "stock_alarm": 5, "limits": { "per_user": 50 } })).await;
    let pass = shop.sku(500, json!({})).await;
    edit(shop, &card, week).await;
    dress(shop).await;
    take_out(shop).await;
    shop.stock(&card, &format!("card-{week}-"), 12).await;
    let csv = format!(
        "number,password,valid_until\nP{week}1,a,{until}\nP{week}2,b,{until}\nP{week}3,c,{until}\n\
         P{week}3,c,\n,,\nP{week}4,e,\nP{week}5,f,\nP{week}6,g,\n"
    );
    let begun = import(shop, &pass, &format!("passes {week}"), csv).await;
    let done = shop.imported(begun["id"].as_str().expect("an id")).await;
    let counts = (&done["accepted"], &done["duplicates"], &done["errors"]);
    assert_eq!(counts, (&json!(6), &json!(1), &json!(1)), "{done}");

    shop.credit("rich", 1_000_000).await;
    shop.credit("poor", 1_000).await;
    buy(shop, week, &card, &pass).await;
    hold(shop).await;
    let gift = shop.sku(700, json!({})).await;
    ask_for_phone(shop, &gift).await;
    shop.stock(&gift, &format!("gift-{week}-"), 12).await;
    later(shop, &gift).await;
    mark(shop, week).await;
    vouchers(app, shop).await;
    share(shop).await;
    configure(shop, week).await;
    super::team::decide(app, shop, week).await;
    SkuId::parse(&pass).expect("a SKU's id")
}

/// A content in two versions that two orders hold and a third gave back.
async fn share(shop: &Caller) {
    let sku = shop.sku(700, json!({ "kind": "content" })).await;
    let path = format!("/v1/skus/{sku}/content");
    let mut order = Value::Null;
    for (text, note) in [("https://a.example/1", "第一版"), ("https://a.example/2", "换了地址")]
    {
        let body = json!({ "text": text, "note": note });
        expect(
            201,
            &shop.post_as(&format!("{path}/versions"), &body, &format!("{sku}-{text}")).await,
        );
        let sold = shop.order(&sku, 1, "rich").await;
        expect(201, &sold);
        order = sold.json["id"].clone();
    }
    expect(200, &shop.post(&format!("{path}/reveal"), &json!({ "reason": "核对" })).await);
    let back = format!("/v1/orders/{}/refunds", order.as_str().expect("an id"));
    expect(201, &shop.post(&back, &json!({ "reason": "不要了" })).await);
    expect(201, &shop.order(&sku, 1, "rich").await);
}

/// Runs that end and that are stopped, and devices of a store in every state.
async fn runs_and_devices(app: &App, shop: &Caller, store: &Value) {
    let sku = shop
        .sku(700, json!({ "kind": "voucher", "voucher": { "type": "count", "uses": 1 } }))
        .await;
    let run = shop.post("/v1/vouchers", &json!({ "sku": sku, "quantity": 1_001 })).await;
    expect(202, &run);
    let path = format!("/v1/voucher-runs/{}", run.json["id"].as_str().expect("an id"));
    while shop.get(&path).await.json["state"] != "done" {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let file = json!({ "format": "csv", "quantity": 2 });
    expect(200, &shop.post(&format!("{path}/file"), &file).await);
    let other = shop.post("/v1/vouchers", &json!({ "sku": sku, "quantity": 1_001 })).await;
    let path = format!("/v1/voucher-runs/{}/stop", other.json["id"].as_str().expect("an id"));
    expect(200, &shop.post(&path, &json!({})).await);

    let device = shop.post("/v1/devices", &json!({ "store": store, "name": "收银台 1" })).await;
    expect(201, &device);
    let id: DeviceId = device.json["id"].as_str().expect("an id").parse().expect("an id");
    let vault = app.engine.vault();
    let tag = vault.voucher_tag(shop.tenant, &vault.device_code(shop.tenant, &id.0));
    let origin = || app.engine.internal(shop.tenant);
    app.engine.run(origin(), PairDevice { device: id, tag }).await.expect("paired");
    for _ in 0..TRIES_MAX {
        let wrong = UnlockDevice { device: id, right: false };
        app.engine.run(origin(), wrong).await.expect("counted");
    }
    let told = CodesGuessed { address: "203.0.113.7".to_owned(), device: Some(id), count: 3 };
    app.engine.run(origin(), NoteGuesses(told)).await.expect("told");
    let path = format!("/v1/devices/{id}/remove");
    expect(200, &shop.post(&path, &json!({})).await);
}

/// Vouchers that are made and sold, redeemed, taken back, and given more time until they end with what is left of them.
async fn vouchers(app: &App, shop: &Caller) {
    let store = shop.post("/v1/stores", &json!({ "name": "徐家汇店" })).await;
    expect(201, &store);
    let until = |micros| app.engine.now().plus_micros(micros);
    let short = json!({ "from": app.engine.now(), "until": until(3_000_000) });
    for (voucher, rule) in [
        (json!({ "type": "count", "uses": 3 }), json!({ "extend": 1 })),
        (
            json!({ "type": "amount", "amount": { "amount": 900, "currency": "CNY" } }),
            json!("forfeit"),
        ),
        (json!({ "type": "count", "uses": 2 }), json!("refund")),
    ] {
        let counts = voucher["type"] == "count";
        let fields = json!({
            "kind": "voucher", "voucher": voucher, "validity": short, "on_expiry": rule
        });
        let sku = shop.sku(700, fields).await;
        expect(201, &shop.post("/v1/vouchers", &json!({ "sku": sku, "quantity": 2 })).await);
        let order = shop.order(&sku, 2, "rich").await;
        expect(201, &order);
        let take = if counts { json!(1) } else { json!({ "amount": 250, "currency": "CNY" }) };
        let mut body = json!({
            "code": order.json["deliveries"][0]["voucher"]["code"], "store": store.json["id"]
        });
        body[if counts { "uses" } else { "amount" }] = take;
        let used = shop.post("/v1/redemptions", &body).await;
        expect(201, &used);
        expect(201, &shop.post("/v1/redemptions", &body).await);
        let path = format!("/v1/redemptions/{}/reverse", used.json["id"].as_str().expect("an id"));
        expect(201, &shop.post(&path, &json!({ "reason": "扫错了" })).await);
        let last = shop.order(&sku, 2, "rich").await;
        let path = format!("/v1/orders/{}/refunds", last.json["id"].as_str().expect("an id"));
        let part = json!({ "lines": [{ "line": 1, "quantity": 1 }], "reason": "不要了" });
        expect(201, &shop.post(&path, &part).await);
    }
    runs_and_devices(app, shop, &store.json["id"]).await;
    let lasting = shop
        .sku(700, json!({ "kind": "voucher", "voucher": { "type": "count", "uses": 3 } }))
        .await;
    let order = shop.order(&lasting, 1, "rich").await;
    let body = json!({ "code": order.json["deliveries"][0]["voucher"]["code"], "uses": 1 });
    expect(201, &shop.post("/v1/redemptions", &body).await);
}

async fn edit(shop: &Caller, sku: &str, week: &str) {
    let found = shop.get(&format!("/v1/skus/{sku}")).await;
    let product = found.json["product"].as_str().expect("a product").to_owned();
    let price = json!({ "price": { "amount": 2_090, "currency": "CNY" } });
    for (path, body) in [
        (format!("/v1/products/{product}"), json!({ "name": format!("年卡 {week}") })),
        (format!("/v1/skus/{sku}"), price),
    ] {
        let edit = shop.request(Method::PATCH, &path).json(&body);
        let edit = edit.header("Idempotency-Key", format!("edit {path}").replace(' ', "-"));
        expect(200, &shop.send(edit).await);
    }
}

/// A place that is edited, put away and taken back, and an offer with a secret that refers to it.
async fn configure(shop: &Caller, week: &str) {
    let place = json!({ "code": format!("place-{week}"), "name": "徐家汇店", "seats": 40 });
    let made = shop.post("/v1/sample_places", &place).await;
    expect(201, &made);
    let path = format!("/v1/sample_places/{}", made.json["id"].as_str().expect("an id"));
    let edit = shop.request(Method::PATCH, &path).json(&json!({ "seats": null }));
    expect(200, &shop.send(edit).await);
    expect(200, &shop.post(&format!("{path}/archive"), &json!({})).await);
    expect(200, &shop.post(&format!("{path}/restore"), &json!({})).await);
    let offer = json!({
        "name": "开业", "place": made.json["id"], "percent": 10, "secret": "a secret of some length"
    });
    expect(201, &shop.post("/v1/sample_offers", &offer).await);
}

/// A person comes, fails, proves himself, sees what is masked and goes.
async fn people(app: &App, shop: &Caller) {
    let owner: &[BuiltIn] = &[BuiltIn::Owner];
    let person = app.person("lin@shop.example", &[(shop.tenant, owner)]).await;
    let mut browser = Browser::new(app.url());
    let wrong = browser.sign_in(&person, "000000".to_owned()).await;
    assert_eq!(wrong.status, 401, "{}", wrong.text);
    expect(200, &browser.sign_in(&person, app.code(&person)).await);
    let next = json!({ "totp": app.next_code(&person) });
    expect(200, &browser.post("/console/session/step-up", &next).await);
    shop.credit("masked", 100).await;
    let buyers = shop.get("/v1/buyers").await;
    let buyer = buyers.json["data"][0]["id"].as_str().expect("an id").to_owned();
    let reason = json!({ "reason": "核对" });
    expect(200, &browser.post(&format!("/v1/buyers/{buyer}/unmask"), &reason).await);
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "MASK", 1).await;
    let order = shop.order(&sku, 1, "masked").await;
    let order = order.json["id"].as_str().expect("an id").to_owned();
    expect(200, &browser.post(&format!("/v1/orders/{order}/unmask"), &reason).await);
    expect(200, &shop.get("/v1/audit/export").await);
    expect(403, &browser.post("/v1/merchants", &json!({ "name": "别人" })).await);
    enter(app, shop, &browser).await;
    expect(204, &browser.delete("/console/session").await);
}

/// The operator's own look at an order by the merchant's grant.
async fn enter(app: &App, shop: &Caller, owner: &Browser) {
    let until = app.engine.now().plus_days(1);
    let grant = json!({ "reason": "查订单", "scopes": ["orders:read"], "until": until });
    let granted = owner.caller(shop.tenant).post("/v1/operator_grants", &grant).await;
    expect(201, &granted);
    let system: &[BuiltIn] = &[BuiltIn::System];
    let system = app.signed_in("system@operator.example", operator(), system).await;
    let orders = system.request(Method::GET, "/v1/orders");
    let mut orders = orders.build().expect("a request");
    let merchant = shop.tenant.merchant().to_string().parse().expect("a header");
    orders.headers_mut().insert("x-tessera-merchant", merchant);
    let answer = reqwest::Client::new().execute(orders).await.expect("an answer");
    assert_eq!(answer.status(), 200);
}

/// A shop is dressed, then gets another colour; its logo stays.
async fn dress(shop: &Caller) {
    for body in [
        json!({ "name": { "zh": "小店" }, "logo": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mOQrwoGAAGoAO3FZ+B8AAAAAElFTkSuQmCC" }),
        json!({ "colour": "#1f7a53" }),
    ] {
        let dress = shop.request(Method::PATCH, "/v1/shop").json(&body);
        expect(200, &shop.send(dress).await);
    }
}

/// From now on the SKU's product asks its buyer for a phone number.
async fn ask_for_phone(shop: &Caller, sku: &str) {
    let found = shop.get(&format!("/v1/skus/{sku}")).await;
    let path = format!("/v1/products/{}", found.json["product"].as_str().expect("a product"));
    let body = json!({ "input": [{ "code": "phone", "name": "手机号", "kind": "phone" }] });
    expect(200, &shop.send(shop.request(Method::PATCH, &path).json(&body)).await);
}

async fn import(shop: &Caller, sku: &str, name: &str, csv: String) -> Value {
    let upload = shop
        .request(Method::POST, &format!("/v1/skus/{sku}/code-imports"))
        .header("content-type", "text/csv")
        .header("Idempotency-Key", format!("import-{}", name.replace(' ', "-")))
        .body(csv);
    let answer = shop.send(upload).await;
    expect(202, &answer);
    answer.json
}

/// Orders of one code, of several, of two lines, with the caller's ids; one is shown again.
async fn buy(shop: &Caller, week: &str, card: &str, pass: &str) {
    for (n, quantity) in [(1, 1), (2, 3), (3, 1)] {
        let mut body = Caller::order_body(card, quantity, "rich");
        body["external_id"] = json!(format!("{week}-{n}"));
        expect(201, &shop.post("/v1/orders", &body).await);
    }
    let mut both = Caller::order_body(card, 1, "rich");
    both["lines"] = json!([{ "sku": card, "quantity": 2 }, { "sku": pass, "quantity": 1 }]);
    for field in ["sku", "quantity"] {
        both.as_object_mut().expect("a body").remove(field);
    }
    let bought = shop.post("/v1/orders", &both).await;
    expect(201, &bought);
    let id = bought.json["id"].as_str().expect("an id");
    expect(200, &shop.post(&format!("/v1/orders/{id}/reveal"), &json!({})).await);
    expect(200, &shop.post(&format!("/v1/orders/{id}/link"), &json!({})).await);
    let note = json!({ "text": "买家来电" });
    expect(201, &shop.post(&format!("/v1/orders/{id}/notes"), &note).await);
    let refused = shop.order(card, 1, "poor").await;
    assert_eq!(refused.code(), "insufficient_funds", "{}", refused.text);
}

/// Orders that wait, are cancelled, paid in every way, and refunded.
async fn later(shop: &Caller, sku: &str) {
    let place = async || {
        let body = json!({
            "sku": sku, "quantity": 2, "buyer": { "external_id": "rich" },
            "consent": { "version": "2026-11" }, "input": { "phone": "138-0013-8000" }
        });
        let placed = shop.post("/v1/orders", &body).await;
        expect(201, &placed);
        placed.json["id"].as_str().expect("an id").to_owned()
    };
    let post = async |path: String, body: Value| {
        let answer = shop.post(&path, &body).await;
        assert!(answer.status < 300, "{}", answer.text);
        answer.json["id"].as_str().unwrap_or_default().to_owned()
    };
    let (waits, cancelled) = (place().await, place().await);
    post(format!("/v1/orders/{cancelled}/cancel"), json!({})).await;
    for (order, action) in [(&waits, "fail"), (&waits, "underpay"), (&place().await, "overpay")] {
        let body = json!({ "method": "test" });
        let payment = post(format!("/v1/orders/{order}/payments"), body).await;
        post(format!("/test-channel/payments/{payment}"), json!({ "action": action })).await;
        if action == "overpay" {
            let body = json!({ "lines": [{ "line": 1, "quantity": 1 }], "reason": "一张就够" });
            post(format!("/v1/orders/{order}/refunds"), body).await;
        }
    }
    let bought = place().await;
    post(format!("/v1/orders/{bought}/payments"), json!({ "method": "wallet" })).await;
    post(format!("/v1/orders/{bought}/refunds"), json!({ "reason": "不要了" })).await;
}

/// An order that was paid through the channel.
async fn paid_order(shop: &Caller) -> String {
    let sku = shop.sku(300, json!({})).await;
    shop.stock(&sku, "again-", 1).await;
    let body = json!({ "sku": sku, "quantity": 1, "buyer": { "external_id": "rich" } });
    let placed = shop.post("/v1/orders", &body).await;
    expect(201, &placed);
    let order = placed.json["id"].as_str().expect("an id").to_owned();
    let payment = shop.begin_to_pay(&order).await;
    let path = format!("/test-channel/payments/{payment}");
    expect(200, &shop.post(&path, &json!({ "action": "pay" })).await);
    order
}

/// Its refund, which the channel refuses first.
async fn send_again(app: &App, shop: &Caller, order: &str) {
    let body = json!({ "reason": "不要了" });
    let refund = shop.post(&format!("/v1/orders/{order}/refunds"), &body).await;
    expect(201, &refund);
    let refund = refund.json["id"].as_str().expect("an id");
    app.settle_refund(shop.tenant, refund, settle::Answer::Failed).await;
    expect(200, &shop.post(&format!("/v1/refunds/{refund}/retry"), &json!({})).await);
    app.settle_refund(shop.tenant, refund, settle::Answer::Succeeded).await;
}

/// Batches and codes that are frozen, unfrozen and voided.
async fn mark(shop: &Caller, week: &str) {
    let sku = shop.sku(100, json!({})).await;
    let why = json!({ "reason": "疑似泄露" });
    for (name, marks) in
        [("kept", &["freeze"][..]), ("back", &["freeze", "unfreeze"]), ("gone", &["void"])]
    {
        let csv = format!("number\n{name}-{week}-1\n{name}-{week}-2\n{name}-{week}-3\n");
        let begun = import(shop, &sku, &format!("{name} {week}"), csv).await;
        let done = shop.imported(begun["id"].as_str().expect("an id")).await;
        for (n, mark) in ["freeze", "unfreeze", "void"].into_iter().enumerate() {
            let body =
                json!({ "code": format!("{name}-{week}-{}", n / 2 + 1), "reason": "查询中" });
            expect(200, &shop.post(&format!("/v1/codes/{mark}"), &body).await);
        }
        let batch = done["batch"].as_str().expect("a batch");
        for mark in marks {
            expect(200, &shop.post(&format!("/v1/code-batches/{batch}/{mark}"), &why).await);
            shop.settled(batch).await;
        }
    }
}

/// One hold stays, one is posted in part, one is voided.
async fn hold(shop: &Caller) {
    let amount = |amount: i64| json!({ "amount": amount, "currency": "CNY" });
    for end in [None, Some(("post", json!({ "amount": amount(40) }))), Some(("void", json!({})))] {
        let body = json!({ "buyer": { "external_id": "poor" }, "amount": amount(100) });
        let made = shop.post("/v1/wallet-holds", &body).await;
        expect(201, &made);
        let id = made.json["id"].as_str().expect("an id");
        if let Some((end, body)) = end {
            expect(200, &shop.post(&format!("/v1/wallet-holds/{id}/{end}"), &body).await);
        }
    }
}

/// A merchant with a key that is revoked.
async fn merchants(operator: &Caller, name: &str) {
    let key = format!("merchant-{}", name.replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
    let made = operator.post_as("/v1/merchants", &json!({ "name": name }), &key).await;
    expect(201, &made);
    let path = format!("/v1/merchants/{}/keys", made.json["id"].as_str().expect("an id"));
    let body = json!({ "name": "till", "mode": "live", "scopes": ["orders:read"] });
    let made = operator.post(&path, &body).await;
    expect(201, &made);
    let path = format!("{path}/{}", made.json["id"].as_str().expect("an id"));
    expect(200, &operator.send(operator.request(Method::DELETE, &path)).await);
}

fn expect(status: u16, answer: &Answer) {
    assert_eq!(answer.status, status, "{}", answer.text);
}

/// Codes that were delivered and do not open, and three in a row that are set aside.
async fn damage_some(db: &Db, shop: &Caller) {
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "X", 5).await;
    shop.credit("unlucky", 1_000).await;
    let order = shop.order(&sku, 1, "unlucky").await;
    expect(201, &order);
    damage_in_state(db, &sku, 3, [0]).await;
    let path = format!("/v1/orders/{}/reveal", order.json["id"].as_str().expect("an id"));
    expect(200, &shop.post(&path, &json!({})).await);
    damage(db, &sku, 0..3).await;
    expect(409, &shop.order(&sku, 1, "unlucky").await);
    until_stopped(shop, &sku).await;
}
