//! When the codes of a SKU expire, and for how many days its stock lasts.

use super::order;
use kernel::Timestamp;
use serde_json::{Value, json};
use testkit::{App, Db, Kind, on_both};

on_both!(codes_are_counted_by_their_dates_and_last_so_many_days);

/// The date of a day so many days from now, where the merchant is.
fn date(now: Timestamp, days: i64) -> String {
    now.plus_days(days).day_in("Asia/Shanghai").expect("a zone").1
}

async fn codes_are_counted_by_their_dates_and_last_so_many_days(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    let idle = shop.sku(100, json!({})).await;
    let expiries = async |sku: &str| -> Value {
        db.followed().await;
        let told = shop.get(&format!("/v1/skus/{sku}/expiries")).await;
        assert_eq!(told.status, 200, "{}", told.text);
        told.json
    };
    let empty = expiries(&sku).await;
    assert_eq!((&empty["stock"], &empty["dates"]), (&json!(0), &json!([])));
    assert_eq!((&empty["without_date"], &empty["days_left_7"]), (&json!(0), &json!(null)));

    let now = app.engine.now();
    let (near, later, far) = (date(now, 10), date(now, 40), date(now, 200));
    let mut file = "number,valid_until\n".to_owned();
    for (prefix, count, until) in
        [("N", 5, near.as_str()), ("L", 3, &later), ("F", 2, &far), ("U", 6, "")]
    {
        (0..count).for_each(|n| file += &format!("{prefix}{n},{until}\n"));
    }
    shop.import(&sku, file).await;
    shop.stock(&idle, "I", 2).await;
    shop.credit("ann", 100_000).await;
    for (pieces, waits) in [(2, false), (2, true)] {
        let placed = order(&shop, &sku, pieces, "ann", waits).await;
        assert_eq!(placed.status, 201, "{}", placed.text);
    }
    let told = expiries(&sku).await;
    let rows = json!([
        { "date": near, "codes": 3 }, { "date": later, "codes": 3 }, { "date": far[..7], "codes": 2 }
    ]);
    assert_eq!(told["dates"], rows, "{told}");
    assert_eq!((&told["stock"], &told["without_date"]), (&json!(14), &json!(6)), "{told}");
    assert_eq!(told["complete"], json!(true));
    // Twelve are free, two of sixteen were sold.
    assert_eq!((&told["sold_7"], &told["sold_30"]), (&json!(2), &json!(2)), "{told}");
    assert_eq!((&told["days_left_7"], &told["days_left_30"]), (&json!(42), &json!(180)));

    let code = json!({ "code": "L0", "reason": "疑似泄露" });
    assert_eq!(shop.post("/v1/codes/freeze", &code).await.status, 200);
    let told = expiries(&sku).await;
    assert_eq!((&told["dates"][1]["codes"], &told["stock"]), (&json!(2), &json!(13)), "{told}");

    let listed = shop.get("/v1/stock").await;
    assert_eq!((listed.status, &listed.json["next"]), (200, &json!(null)), "{}", listed.text);
    let rows = listed.json["data"].as_array().expect("a list");
    let row = |sku: &str| rows.iter().find(|row| row["sku"] == *sku).expect("its row");
    assert_eq!((rows.len(), &row(&sku)["stock"]), (2, &json!(11)), "{}", listed.text);
    assert_eq!(row(&sku)["days_left_7"], json!(38), "{}", listed.text);
    let pace = ["sold_30", "days_left_7", "days_left_30"].map(|field| &row(&idle)[field]);
    assert_eq!(pace, [&json!(0), &json!(null), &json!(null)], "{}", listed.text);
    let first = shop.get("/v1/stock?limit=1").await;
    let next = first.json["next"].as_str().expect("a second page");
    let second = shop.get(&format!("/v1/stock?limit=1&after={next}")).await;
    let pages = [first, second].map(|page| page.json["data"][0]["sku"].clone());
    assert_eq!(pages, [json!(idle), json!(sku)]);
    app.stop().await;
    db.assert_sound().await;
}
