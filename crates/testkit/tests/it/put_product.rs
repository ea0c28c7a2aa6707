//! A product is put as somebody wants it, under ids that he names: what carries a shop from test mode to live mode.

use domain::Refusal;
use domain::catalog::put_product::PutProduct;
use domain::catalog::{GoodsClass, Product, ProductSettings};
use domain::identity::Scope;
use engine::EngineError;
use kernel::{Currency, Mode, ProductId, SkuId, Tenant};
use serde_json::{Value, json};
use testkit::{App, Caller, Db, Kind, on_both};

on_both!(
    a_product_is_put_elsewhere_and_sells_there,
    what_is_there_is_edited_and_nothing_that_is_so_already,
    what_cannot_be_is_refused_and_changes_nothing,
);

/// Makes settings wrong; the SKU is another product's.
type Spoil = fn(&mut ProductSettings, SkuId);

/// A product with two SKUs.
async fn product(shop: &Caller) -> ProductId {
    let sku = |name: &str, more: Value| {
        let mut sku =
            json!({ "kind": "code", "name": name, "price": { "amount": 1990, "currency": "CNY" } });
        for (field, value) in more.as_object().into_iter().flatten() {
            sku[field] = value.clone();
        }
        sku
    };
    let rich = json!({
        "cost": "18.5", "limits": { "per_user": 9 }, "refund": { "days": 7 }, "min_days_left": 3,
        "code_fields": [{ "code": "number" }, { "code": "password" }], "en": { "name": "Month" },
    });
    let body = json!({
        "name": "会员", "guide": ["打开", "兑换"], "input": [{ "code": "phone", "name": "手机号", "kind": "phone" }],
        "skus": [sku("月卡", rich), sku("年卡", json!({ "on_shelf": false }))],
    });
    let made = shop.post("/v1/products", &body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    ProductId::parse(made.json["id"].as_str().expect("an id")).expect("an id")
}

async fn read(app: &App, tenant: Tenant, id: ProductId) -> Option<Product> {
    app.engine.reader().product(tenant, id).await.expect("it is read")
}

async fn put(
    app: &App,
    tenant: Tenant,
    id: ProductId,
    settings: ProductSettings,
) -> Result<Product, Refusal> {
    let done =
        app.engine.run(app.engine.internal(tenant), PutProduct { product: id, settings }).await;
    match done {
        Ok(product) => Ok(*product),
        Err(EngineError::Refused(refusal)) => Err(refusal),
        Err(other) => panic!("{other}"),
    }
}

async fn a_product_is_put_elsewhere_and_sells_there(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("店").await;
    let id = product(&shop).await;
    let there = read(&app, shop.tenant, id).await.expect("a product");
    let live = Tenant::new(shop.tenant.merchant(), Mode::Live);
    let settings = ProductSettings::of(&there);
    let made = put(&app, live, id, settings.clone()).await.expect("it is put");
    assert_eq!((ProductSettings::of(&made), made.version), (settings, 1));
    assert_eq!(read(&app, live, id).await, Some(made.clone()));

    let seller = app.caller(live, &Scope::MERCHANT).await;
    let sku = made.skus[0].id.to_string();
    seller.stock(&sku, "LIVE", 2).await;
    seller.credit("buyer", 100_000).await;
    let mut body = Caller::order_body(&sku, 1, "buyer");
    body["input"] = json!({ "phone": "13800138000" });
    let sold = seller.post("/v1/orders", &body).await;
    assert_eq!(sold.status, 201, "{}", sold.text);
    let stock = shop.get(&format!("/v1/skus/{sku}")).await.json["stock"].clone();
    assert_eq!(stock, 0, "codes of one mode are none of the other");
    app.stop().await;
    db.assert_sound().await;
}

async fn what_is_there_is_edited_and_nothing_that_is_so_already(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("店").await;
    let id = product(&shop).await;
    let before = read(&app, shop.tenant, id).await.expect("a product");
    let same = put(&app, shop.tenant, id, ProductSettings::of(&before)).await.expect("it is put");
    assert_eq!(same, before, "no version is made");
    let facts = shop.get("/v1/journal").await.json["data"].as_array().expect("facts").len();

    let mut wanted = ProductSettings::of(&before);
    wanted.name = "会员卡".to_owned();
    let (mut month, year) = (wanted.skus[0].clone(), wanted.skus[1].clone());
    month.terms.price.amount = 990;
    month.terms.min_days_left = 1;
    let mut week = year.clone();
    week.id = SkuId([7; 16]);
    week.terms.name = "周卡".to_owned();
    wanted.skus = vec![week.clone(), month.clone()];
    let edited = put(&app, shop.tenant, id, wanted.clone()).await.expect("it is put");
    assert_eq!(edited.skus, [week, month, year], "what is not named stays, behind the others");
    assert_eq!((edited.version, edited.created_at), (before.version + 1, before.created_at));
    let sku = shop.get(&format!("/v1/skus/{}", SkuId([7; 16]))).await;
    assert_eq!((sku.status, &sku.json["name"]), (200, &json!("周卡")), "{}", sku.text);
    let again = put(&app, shop.tenant, id, wanted).await.expect("it is put");
    assert_eq!(again, edited);
    let now = shop.get("/v1/journal").await.json["data"].as_array().expect("facts").len();
    assert_eq!(now, facts + 1);
    app.stop().await;
    db.assert_sound().await;
}

async fn what_cannot_be_is_refused_and_changes_nothing(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("店").await;
    let (id, other) = (product(&shop).await, product(&shop).await);
    let before = read(&app, shop.tenant, id).await.expect("a product");
    let foreign = read(&app, shop.tenant, other).await.expect("a product").skus[0].id;
    let spoils: [(&str, Spoil); 8] = [
        ("name", |wanted, _| wanted.name = String::new()),
        ("skus", |wanted, _| wanted.skus.clear()),
        ("skus[1].id", |wanted, _| wanted.skus[1].id = wanted.skus[0].id),
        ("skus[0].id", |wanted, foreign| wanted.skus[0].id = foreign),
        ("skus[0].name", |wanted, _| wanted.skus[0].terms.name = String::new()),
        ("skus[1].goods_class", |wanted, _| wanted.skus[1].terms.goods_class = GoodsClass::TopUp),
        ("skus[1].price.currency", |wanted, _| wanted.skus[1].terms.price.currency = Currency::Usd),
        ("skus", |wanted, _| {
            let sku = wanted.skus[0].clone();
            let new = (0..99).map(|n| domain::catalog::Sku { id: SkuId([n; 16]), ..sku.clone() });
            wanted.skus = new.collect();
        }),
    ];
    for (wanted, spoil) in spoils {
        let mut settings = ProductSettings::of(&before);
        spoil(&mut settings, foreign);
        let refused = put(&app, shop.tenant, id, settings).await.expect_err(wanted);
        let Refusal::Invalid { field, .. } = &refused else { panic!("{refused:?}") };
        assert_eq!(field, wanted);
    }
    assert_eq!(read(&app, shop.tenant, id).await, Some(before));
    let nobody = Tenant::new(kernel::MerchantId([9; 16]), Mode::Live);
    let settings = ProductSettings::of(&read(&app, shop.tenant, id).await.expect("a product"));
    assert_eq!(put(&app, nobody, id, settings).await.err(), Some(Refusal::NotFound("merchant")));
    app.stop().await;
    db.assert_sound().await;
}
