//! The request log: what programs asked is found by their people, masked, and by nobody else; it goes after seven days.

use domain::identity::operator;
use domain::people::role::BuiltIn;
use kernel::limits::REQUESTS_KEPT_DAYS;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Answer, App, Caller, Db, Kind, on_both};

on_both!(
    a_refused_request_is_found_by_its_id_and_masked,
    of_many_some_are_kept_and_the_rest_is_counted,
    requests_go_after_seven_days,
);

/// A request once it is in the log.
async fn logged(owner: &Caller, answer: &Answer) -> Value {
    let path = format!("/v1/requests/{}", answer.request);
    loop {
        let found = owner.get(&path).await;
        if found.status == 200 {
            return found.json;
        }
        assert_eq!(found.status, 404, "{}", found.text);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn a_refused_request_is_found_by_its_id_and_masked(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let owner = app.signed_in("owner@shop.example", shop.tenant, &[BuiltIn::Owner]).await;
    let body = json!({
        "sku": "sku_01jd8x0e6vk3m9q5r7s2t4w6ya", "quantity": 2, "buyer": { "external_id": "13812345678" },
        "secret_note": "pw-7-secret", "pay": { "method": "wallet" }
    });
    let refused = shop.post("/v1/orders", &body).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    let found = logged(&owner, &refused).await;
    assert_eq!((&found["method"], &found["route"]), (&json!("POST"), &json!("/v1/orders")));
    assert_eq!((&found["status"], &found["code"]), (&json!(422), &json!("invalid")));
    assert_eq!(found["fields"], json!(["secret_note"]), "{found}");
    let sent: Value = serde_json::from_str(found["body"].as_str().expect("a body")).expect("JSON");
    assert_eq!((&sent["sku"], &sent["quantity"]), (&body["sku"], &json!(2)));
    assert_eq!(sent["buyer"]["external_id"], "•(11)");
    assert_eq!((&sent["secret_note"], &sent["pay"]["method"]), (&json!("•(11)"), &json!("wallet")));
    // A path that names what it must not, and a key that asks for what it may not.
    let lost = shop.get("/v1/orders/13812345678?phone=13812345678").await;
    assert_eq!(logged(&owner, &lost).await["path"], "/v1/orders/•(11)?phone=•(11)");
    let rows = db.rows_of("request_log").await.join("\n");
    assert!(!rows.contains("13812345678") && !rows.contains("pw-7-secret"), "masked: {rows}");
    // Done ones have no body.
    let done = shop.get("/v1/shop").await;
    let found = logged(&owner, &done).await;
    assert_eq!((&found["status"], &found["body"]), (&json!(200), &Value::Null));

    let listed = owner.get("/v1/requests?outcome=refused").await;
    let listed = listed.json["data"].as_array().expect("a list");
    let statuses: Vec<_> = listed.iter().map(|one| one["status"].as_i64()).collect();
    assert_eq!(statuses, [Some(404), Some(422)], "the newest first");
    // Others see none of it; nor do programs.
    let other = app.merchant("北辰").await;
    let stranger = app.signed_in("other@shop.example", other.tenant, &[BuiltIn::Owner]).await;
    assert_eq!(stranger.get(&format!("/v1/requests/{}", refused.request)).await.status, 404);
    assert_eq!(stranger.get("/v1/requests").await.json["data"], json!([]));
    assert_eq!(shop.get("/v1/requests").await.status, 403);
    let at_desk = app.signed_in("s@operator.example", operator(), &[BuiltIn::System]).await;
    assert_ne!(at_desk.get(&format!("/v1/requests/{}", refused.request)).await.status, 200);
    app.stop().await;
    db.assert_sound().await;
}

async fn of_many_some_are_kept_and_the_rest_is_counted(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    for _ in 0..300 {
        assert_eq!(shop.get("/v1/orders/none").await.status, 404);
    }
    app.stop().await;
    let told = |row: &String| {
        let data = row.split("left_out").nth(1).expect("a count");
        let digits: String = data.chars().filter(char::is_ascii_digit).collect();
        digits.parse::<i64>().expect("a number")
    };
    let rows = db.rows_of("request_log").await;
    let left_out: i64 = rows.iter().map(told).sum();
    // A minute may have ended between them.
    assert!((60..=120).contains(&rows.len()), "{}", rows.len());
    assert!(rows.len() as i64 + left_out <= 300, "{} and {left_out}", rows.len());
    db.assert_sound().await;
}

async fn requests_go_after_seven_days(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let owner = app.signed_in("owner@shop.example", shop.tenant, &[BuiltIn::Owner]).await;
    let old = shop.get("/v1/orders/none").await;
    logged(&owner, &old).await;
    let before = kernel::id::first_at(
        app.engine.now().plus_micros(-(REQUESTS_KEPT_DAYS * 86_400 + 60) * 1_000_000),
    );
    let bytes: String = before.iter().map(|byte| format!("{byte:02x}")).collect();
    let literal = match kind {
        Kind::Sqlite => format!("x'{bytes}'"),
        Kind::Postgres => format!("'\\x{bytes}'"),
    };
    db.sql(&format!("UPDATE request_log SET id = {literal}")).await;
    let id = kernel::RequestId(before);
    assert_eq!(owner.get("/v1/requests").await.json["data"], json!([]), "its time is over");
    let fresh = shop.get("/v1/orders/none").await;
    logged(&owner, &fresh).await;
    assert_eq!(owner.get(&format!("/v1/requests/{id}")).await.status, 404);
    assert_eq!(db.rows_of("request_log").await.len(), 1, "it went when another came");
    app.stop().await;
}
