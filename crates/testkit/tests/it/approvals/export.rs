//! The unsold codes of a batch are taken in clear by a person alone, and always with a second one.

use super::{Shop, approve, waits};
use serde_json::{Value, json};
use testkit::{Kind, on_both};

on_both!(
    unsold_codes_go_to_who_asked_with_a_second_persons_yes,
    a_batch_that_is_not_for_sale_is_not_exported
);

fn why() -> Value {
    json!({ "reason": "退回供应商" })
}

/// A SKU and the path of an export of its only batch.
async fn batch(shop: &Shop, file: String) -> (String, String, String) {
    let sku = shop.key.sku(100, json!({})).await;
    let import = shop.key.import(&sku, file).await;
    let (id, batch) = (import["id"].as_str().expect("an id"), import["batch"].as_str());
    (sku, format!("/v1/code-imports/{id}/export"), batch.expect("a batch").to_owned())
}

async fn unsold_codes_go_to_who_asked_with_a_second_persons_yes(kind: Kind) {
    let shop = Shop::open(kind).await;
    let until = shop.app.engine.now().plus_days(2);
    let mut file = "number,password,valid_until\n".to_owned();
    for n in 0..6 {
        file += &format!("EX-{n},-pw-{n},\n");
    }
    file += &format!("EX-DATED,pw-d,{until}\nEX-LATE,pw-l,{until}\n");
    let (sku, path, _) = batch(&shop, file).await;
    let by_key = shop.key.post(&path, &why()).await;
    assert_eq!((by_key.status, by_key.code()), (403, "forbidden"), "{}", by_key.text);
    let by_finance = shop.finance.post(&path, &why()).await;
    assert_eq!((by_finance.status, by_finance.code()), (403, "forbidden"), "{}", by_finance.text);
    for wrong in [json!({}), json!({ "reason": "" }), json!({ "reason": "x", "all": true })] {
        assert_eq!(shop.service.post(&path, &wrong).await.status, 422, "{wrong}");
    }
    let body = json!({ "code": "EX-5", "reason": "疑似泄露" });
    assert_eq!(shop.key.post("/v1/codes/freeze", &body).await.status, 200);

    let id = waits(&shop.service.post(&path, &why()).await);
    let told = shop.owner.get(&format!("/v1/approvals/{id}")).await;
    assert_eq!((&told.json["act"], &told.json["pieces"]), (&json!("export_codes"), &json!(7)));
    assert_eq!(told.json["summary"], why(), "{}", told.text);
    let lacks = approve(&shop.finance, &id).await;
    assert_eq!((lacks.status, lacks.code()), (403, "forbidden"), "{}", lacks.text);
    // Two are sold while it waits, the next to expire first.
    shop.key.credit("buyer", 1_000).await;
    let sold = shop.key.order(&sku, 2, "buyer").await;
    assert_eq!(sold.status, 201, "{}", sold.text);
    assert_eq!(shop.facts("codes.exported").await, 0);
    let done = approve(&shop.owner, &id).await;
    assert_eq!((done.status, &done.json["state"]), (200, &json!("done")), "{}", done.text);
    assert!(!done.text.contains("EX-") && !done.text.contains("pw-"), "not for the approver");
    assert!(!shop.db.rows().await.join("\n").contains("-pw-"), "sealed");

    let taken = shop.service.post(&format!("/v1/approvals/{id}/result"), &json!({})).await;
    let result = &taken.json["result"];
    assert_eq!((&result["codes"], &result["damaged"]), (&json!(5), &json!(0)), "{}", taken.text);
    let csv = result["csv"].as_str().expect("a table");
    let lines: Vec<_> = csv.lines().collect();
    assert_eq!(lines[0], r#""number","password","valid_until""#);
    let mut rows = lines[1..].to_vec();
    rows.sort_unstable();
    let expected: Vec<_> = (0..5).map(|n| format!(r#""EX-{n}","'-pw-{n}","""#)).collect();
    assert_eq!(rows, expected, "neither sold nor frozen ones");
    let fact = shop.fact("codes.exported").await;
    assert_eq!(fact["actor"], json!(shop.people[3].id.to_string()));
    assert_eq!((&fact["data"]["codes"], &fact["data"]["reason"]), (&json!(5), &why()["reason"]));
    let stock = shop.key.get(&format!("/v1/skus/{sku}")).await.json["stock"].clone();
    assert_eq!(stock, json!(5), "they stay in stock");
    shop.sound().await;
}

async fn a_batch_that_is_not_for_sale_is_not_exported(kind: Kind) {
    let shop = Shop::open(kind).await;
    let (sku, path, batch_id) = batch(&shop, "number\nF-1\nF-2\n".to_owned()).await;
    let id = waits(&shop.service.post(&path, &why()).await);
    let frozen = shop.key.post(&format!("/v1/code-batches/{batch_id}/freeze"), &why()).await;
    assert_eq!(frozen.status, 200, "{}", frozen.text);
    let late = approve(&shop.owner, &id).await;
    assert_eq!((late.status, &late.json["state"]), (200, &json!("failed")), "{}", late.text);
    assert_eq!(late.json["problem"]["code"], json!("batch_state"), "{}", late.text);
    let again = shop.service.post(&path, &why()).await;
    assert_eq!((again.status, again.code()), (409, "batch_state"), "{}", again.text);
    let thawed = shop.key.post(&format!("/v1/code-batches/{batch_id}/unfreeze"), &why()).await;
    assert_eq!(thawed.status, 200, "{}", thawed.text);
    shop.key.settled(&batch_id).await;
    shop.key.credit("buyer", 1_000).await;
    assert_eq!(shop.key.order(&sku, 2, "buyer").await.status, 201);
    let nothing = shop.service.post(&path, &why()).await;
    assert_eq!((nothing.status, nothing.code()), (409, "batch_state"), "{}", nothing.text);

    let many = (0..10_001).map(|n| format!("MANY-{n}\n")).collect::<String>();
    let (_, path, _) = batch(&shop, format!("number\n{many}")).await;
    let much = shop.service.post(&path, &why()).await;
    assert_eq!((much.status, much.code()), (409, "limit_exceeded"), "{}", much.text);
    let code = json!({ "code": "MANY-7", "reason": "疑似泄露" });
    assert_eq!(shop.key.post("/v1/codes/void", &code).await.status, 200);
    waits(&shop.service.post(&path, &why()).await);
    assert_eq!(shop.facts("codes.exported").await, 0);
    shop.sound().await;
}
