//! Codes from programs before records of fields: found and met by the tag they had, then opened and tagged like all
//! others, whatever happens in the middle.

use super::{Stall, counts};
use deliver::inventory::identity::{fold, looked_up_by, open};
use domain::inventory::identity::Doubt;
use serde_json::{Value as Json, json};
use store::seam::Value;
use testkit::leak;
use testkit::{Kind, on_both};
use vault::Place;

on_both!(codes_from_before_are_met_and_compared, an_import_that_was_caught_half_way_is_sent_again,);

/// Makes the stored codes what the program before stored: sealed to the tag of the folded number, else password, with
/// that tag as the only one; and leaves the job behind that tags them again.
async fn as_before(stall: &Stall) -> usize {
    let vault = stall.app.engine.vault();
    let (tenant, mut conn) = (stall.shop.tenant, stall.db.connection().await);
    let codes =
        leak("SELECT sku, position, tenant, batch, tag, sealed, state, order_id, line FROM codes");
    let codes = conn.fetch(codes, &[]).await.expect("the codes");
    for row in &codes {
        let code = store::inventory::rows::code(row).expect("a code");
        let fields = open(&vault, &code).expect("it opens");
        let old = vault.code_tag(tenant, &fold(looked_up_by(&fields)));
        let place = Place { tenant, table: "codes", row: &code.tag, column: "sealed" };
        let clear = vault.unseal(&place, &code.sealed).expect("it opens");
        let sealed = vault.seal(&Place { row: &old, ..place }, &clear);
        let at = code.position();
        let change = leak(
            "UPDATE codes SET tag = ?, sealed = ?, source_line = NULL WHERE sku = ? AND position = ?",
        );
        let params = [
            Value::bytes(&old),
            Value::bytes(&sealed),
            Value::bytes(&code.sku.0),
            Value::bytes(&at),
        ];
        assert_eq!(conn.execute(change, &params).await.expect("it runs"), 1);
        let tag = leak("INSERT INTO code_tags_before (tag, sku, position) VALUES (?, ?, ?)");
        let params = [Value::bytes(&old), Value::bytes(&code.sku.0), Value::bytes(&at)];
        conn.execute(tag, &params).await.expect("it runs");
    }
    for table in ["code_tags", "code_lookups"] {
        conn.execute(leak(&format!("DELETE FROM {table}")), &[]).await.expect("it runs");
    }
    conn.close().await;
    codes.len()
}

/// Leaves the job of the book behind, for a time that does not come.
async fn leave_job(stall: &Stall) {
    let mut conn = stall.db.connection().await;
    let job = leak(
        "INSERT INTO work (kind, tenant, subject, due_at, lease_until, attempts) VALUES (10, ?, ?, ?, 0, 0)",
    );
    let tenant = Value::bytes(stall.shop.tenant.bytes());
    conn.execute(job, &[tenant.clone(), tenant, Value::Int(i64::MAX)]).await.expect("it runs");
    conn.close().await;
}

/// Lets the job begin.
async fn start_job(stall: &Stall) {
    let mut conn = stall.db.connection().await;
    conn.execute(leak("UPDATE work SET due_at = 0 WHERE kind = 10"), &[]).await.expect("it runs");
    conn.close().await;
}

async fn left(stall: &Stall) -> i64 {
    let mut conn = stall.db.connection().await;
    let rows =
        conn.fetch(leak("SELECT COUNT(*) FROM code_tags_before"), &[]).await.expect("a count");
    let count = rows[0].int(0).expect("a number");
    conn.close().await;
    count
}

async fn codes_from_before_are_met_and_compared(kind: Kind) {
    let stall = Stall::new(kind).await;
    let file = "number,password\nOld-1,secret-0001\nOld-2,secret-0002\nOld-3,secret-0003\n";
    stall.send("text/csv", "", file.as_bytes()).await;
    stall.send("text/csv", "", b"password\nonly-secret-4\n").await;
    assert_eq!(as_before(&stall).await, 4);
    assert_eq!(left(&stall).await, 4);
    leave_job(&stall).await;

    // What hits an old tag is a doubt, whether it is the same or not; what was asked for is found.
    let again = "number,password\nOld-1,secret-0001\nOLD2,other-00002\nNew-5,secret-0005\n";
    let met = stall.send("text/csv", "?on_doubt=accept", again.as_bytes()).await;
    assert_eq!((counts(&met), &met["doubts_open"]), ([1, 0, 2, 0], &json!(2)), "{met}");
    let reasons: Vec<Json> =
        stall.rows(&met, "doubt").await.iter().map(|row| row["reason"].clone()).collect();
    assert_eq!(reasons, [Doubt::NotCompared.name(), Doubt::NotCompared.name()]);
    let found = stall.shop.post("/v1/codes/lookup", &json!({ "code": "Old-3" })).await;
    assert_eq!(found.status, 200, "{}", found.text);
    assert_eq!(stall.shop.post("/v1/codes/lookup", &json!({ "code": "OLD-3" })).await.status, 404);

    // The decision is carried out after the job.
    start_job(&stall).await;
    let begun = std::time::Instant::now();
    while left(&stall).await > 0 {
        assert!(begun.elapsed().as_secs() < 60, "the codes are never compared");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let settled = stall.settled(met["id"].as_str().expect("an id")).await;
    // The one that was there is worthless, the other was no twin at all.
    assert_eq!((counts(&settled), &settled["doubts_open"]), ([2, 0, 1, 0], &json!(0)), "{settled}");
    let same = stall.send("text/csv", "", file.as_bytes()).await;
    assert_eq!(counts(&same), [0, 3, 0, 0], "{same}");
    let folded = stall.send("text/csv", "", b"password\nONLY-secret-4\n").await;
    assert_eq!(counts(&folded), [0, 0, 1, 0], "{folded}");
    let all = stall.buy_all().await;
    assert_eq!(all.len(), 6, "{all:?}");
    assert_eq!(
        all.iter().filter(|code| code.contains(&"password=secret-0001".to_owned())).count(),
        1
    );
    stall.end().await;
}

async fn an_import_that_was_caught_half_way_is_sent_again(kind: Kind) {
    let stall = Stall::new(kind).await;
    let import = stall.send("text/csv", "", b"password\nhalf-0001\nhalf-0002\n").await;
    let mut conn = stall.db.connection().await;
    let id = kernel::ImportId::parse(import["id"].as_str().expect("an id")).expect("an id").0;
    for statement in [
        "UPDATE imports SET state = 2, finished_at = NULL WHERE id = ?",
        "UPDATE import_plans SET plan = 'before', inspection = NULL WHERE import = ?",
    ] {
        conn.execute(leak(statement), &[Value::bytes(&id)]).await.expect("it runs");
    }
    let job = leak(
        "INSERT INTO work (kind, tenant, subject, due_at, lease_until, attempts) VALUES (1, ?, ?, 0, 0, 0)",
    );
    let params = [Value::bytes(stall.shop.tenant.bytes()), Value::bytes(&id)];
    conn.execute(job, &params).await.expect("it runs");
    conn.close().await;
    let ended = stall.shop.imported(import["id"].as_str().expect("an id")).await;
    assert_eq!((&ended["state"], &ended["accepted"]), (&json!("failed"), &json!(2)), "{ended}");
    assert!(
        ended["failure"].as_str().is_some_and(|text| text.contains("send the file again")),
        "{ended}"
    );
    stall.end().await;
}
