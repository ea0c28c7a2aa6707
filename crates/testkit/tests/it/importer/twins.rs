//! What is the same, what only looks it, and what becomes of each.

use super::{Stall, counts};
use serde_json::{Value, json};
use testkit::{Kind, on_both};

on_both!(
    the_rows_of_the_table,
    doubts_are_kept_out_until_somebody_decides,
    what_a_twin_becomes_can_be_said_before,
    a_voided_code_that_nobody_saw_may_come_in_again,
    codes_are_found_exactly,
);

async fn the_rows_of_the_table(kind: Kind) {
    let stall = Stall::new(kind).await;
    let import =
        stall.send("text/csv", "", "编号,激活码\n1,KEY-777-1\n2,KEY-777-1\n".as_bytes()).await;
    assert_eq!(counts(&import), [1, 0, 1, 0], "{import}");
    let doubts = stall.rows(&import, "doubt").await;
    assert_eq!((&doubts[0]["line"], &doubts[0]["reason"]), (&json!(3), &json!("same_secret")));
    let first = &doubts[0]["first"];
    assert_eq!(
        (&first["import"], &first["line"], &first["state"]),
        (&import["id"], &json!(2), &json!("available"))
    );
    assert_eq!(stall.buy_all().await.len(), 1);
    assert_eq!(stall.rows(&import, "doubt").await[0]["first"]["state"], "revealed");

    let win = "编号,激活码\nWindows 10 Pro,AAAAA-00001\nWindows 10 Pro,AAAAA-00002\nWindows 10 Pro,AAAAA-00003\n";
    let import = stall.send("text/csv", "", win.as_bytes()).await;
    assert_eq!(counts(&import), [3, 0, 0, 0], "{import}");
    let again = stall.send("text/csv", "", win.as_bytes()).await;
    assert_eq!(counts(&again), [0, 3, 0, 0], "{again}");
    let rows = stall.rows(&again, "duplicate").await;
    assert_eq!((&rows[2]["line"], &rows[2]["reason"]), (&json!(4), &json!("duplicate")));
    assert_eq!(
        (&rows[2]["first"]["import"], &rows[2]["first"]["line"]),
        (&import["id"], &json!(4))
    );

    let links = "链接\nhttps://pan.example/s/1aBcDeF\nhttps://pan.example/s/1AbCdEf\nhttps://pan.example/s/1abc-def\n";
    let import = stall.send("text/csv", "", links.as_bytes()).await;
    assert_eq!(counts(&import), [3, 0, 0, 0], "{import}");
    let void = |code: &str| json!({ "code": code, "reason": "wrong" });
    let answer = stall.shop.post("/v1/codes/void", &void("https://pan.example/s/1ABCDEF")).await;
    assert_eq!((answer.status, answer.code()), (404, "not_found"), "{}", answer.text);
    let answer = stall.shop.post("/v1/codes/void", &void("https://pan.example/s/1AbCdEf")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let first = stall
        .shop
        .post("/v1/codes/lookup", &json!({ "code": "https://pan.example/s/1aBcDeF" }))
        .await;
    assert_eq!(first.json["state"], "available", "{}", first.text);
    stall.end().await;
}

async fn doubts_are_kept_out_until_somebody_decides(kind: Kind) {
    let stall = Stall::new(kind).await;
    let file = "password\nAbCd-1234-xyz\nABCD1234XYZ\nabcd-1234-xyz\nABCD1234XYZ\nother-00001\n";
    let import = stall.send("text/csv", "", file.as_bytes()).await;
    assert_eq!(counts(&import), [2, 1, 2, 0], "{import}");
    assert_eq!(import["doubts_open"], 2);
    let doubts = stall.rows(&import, "doubt").await;
    assert_eq!(
        doubts.iter().map(|row| &row["reason"]).collect::<Vec<_>>(),
        ["looks_alike", "looks_alike"]
    );
    assert_eq!(doubts[0]["state"], "doubtful");
    let batch = import["batch"].as_str().expect("a batch");
    let counted = stall.shop.get(&format!("/v1/code-batches/{batch}")).await;
    assert_eq!(
        (&counted.json["counts"]["available"], &counted.json["counts"]["doubtful"]),
        (&json!(2), &json!(2))
    );
    let stock = stall.shop.get(&format!("/v1/skus/{}", stall.sku)).await;
    assert_eq!(stock.json["stock"], 2, "{}", stock.text);

    let decided = stall
        .decide(&import, json!({ "doubts": { "default": "drop", "lines": { "3": "accept" } } }))
        .await;
    assert_eq!((counts(&decided), &decided["doubts_open"]), ([3, 1, 1, 0], &json!(0)), "{decided}");
    let states: Vec<Value> =
        stall.rows(&import, "doubt").await.into_iter().map(|row| row["state"].clone()).collect();
    assert_eq!(states, ["available", "voided"]);
    let mut sold: Vec<String> = stall.buy_all().await.concat();
    sold.sort();
    assert_eq!(sold, ["password=ABCD1234XYZ", "password=AbCd-1234-xyz", "password=other-00001"]);

    let id = import["id"].as_str().expect("an id");
    let again = stall
        .shop
        .post(
            &format!("/v1/code-imports/{id}/decisions"),
            &json!({ "doubts": { "default": "accept" } }),
        )
        .await;
    assert_eq!((again.status, &again.json["accepted"]), (200, &json!(3)), "{}", again.text);
    stall.end().await;
}

async fn what_a_twin_becomes_can_be_said_before(kind: Kind) {
    let stall = Stall::new(kind).await;
    let file = "编号,激活码\n1,KEY-777-1\n2,KEY-777-1\n";
    let dropped = stall.send("text/csv", "?on_doubt=drop", file.as_bytes()).await;
    assert_eq!((counts(&dropped), &dropped["doubts_open"]), ([1, 0, 1, 0], &json!(0)));
    let accepted = stall.send("text/csv", "?on_doubt=accept", file.as_bytes()).await;
    assert_eq!(counts(&accepted), [1, 1, 0, 0], "{accepted}");
    let again = stall.send("text/csv", "?on_doubt=accept", file.as_bytes()).await;
    assert_eq!(counts(&again), [0, 2, 0, 0], "{again}");
    assert_eq!(stall.buy_all().await.len(), 2);
    // The same password of two accounts is no doubt, nor is a short one of two numbers.
    let shared = "账号,密码\na@x.test,Tiger-88888\nb@x.test,Tiger-88888\n";
    assert_eq!(counts(&stall.send("text/csv", "", shared.as_bytes()).await), [2, 0, 0, 0]);
    let pins = "卡号,PIN\n1001,1234\n1002,1234\n";
    assert_eq!(counts(&stall.send("text/csv", "", pins.as_bytes()).await), [2, 0, 0, 0]);
    stall.end().await;
}

async fn a_voided_code_that_nobody_saw_may_come_in_again(kind: Kind) {
    let stall = Stall::new(kind).await;
    let file = "number,password\nV1,secret-one\nV2,secret-two\n";
    let first = stall.send("text/csv", "", file.as_bytes()).await;
    let sold = stall.buy().await.expect("a code");
    let (left, line) = if sold[0] == "number=V1" { ("V2", 1) } else { ("V1", 0) };
    let void = json!({ "code": left, "reason": "wrong batch" });
    assert_eq!(stall.shop.post("/v1/codes/void", &void).await.status, 200);
    let same = stall.send("text/csv", "", file.as_bytes()).await;
    assert_eq!(counts(&same), [0, 2, 0, 0]);
    let rows = stall.rows(&same, "duplicate").await;
    assert_eq!(rows[line]["first"]["state"], "voided");
    assert_eq!(rows[1 - line]["first"]["import"], first["id"]);
    let again = stall.send("text/csv", "?on_voided=readmit", file.as_bytes()).await;
    assert_eq!(counts(&again), [1, 1, 0, 0], "{again}");
    let once_more = stall.send("text/csv", "?on_voided=readmit", file.as_bytes()).await;
    assert_eq!(counts(&once_more), [0, 2, 0, 0], "{once_more}");
    let again = stall.buy_all().await;
    assert_eq!((again.len(), &again[0][0]), (1, &format!("number={left}")));
    stall.end().await;
}

async fn codes_are_found_exactly(kind: Kind) {
    let stall = Stall::new(kind).await;
    let file =
        "编号,激活码\nWindows 10 Pro,AAAAA-00001\nWindows 10 Pro,AAAAA-00002\nCARD-7,ZZZZZ-00003\n";
    stall.send("text/csv", "", file.as_bytes()).await;
    let look = async |body: Value| stall.shop.post("/v1/codes/lookup", &body).await;
    let several = look(json!({ "code": "Windows 10 Pro" })).await;
    assert_eq!((several.status, several.code()), (409, "code_ambiguous"), "{}", several.text);
    let ids = several.json["ids"].as_array().expect("ids").clone();
    assert_eq!(ids.len(), 2);
    let void = json!({ "code": "Windows 10 Pro", "reason": "which?" });
    assert_eq!(stall.shop.post("/v1/codes/void", &void).await.code(), "code_ambiguous");
    let by_id = look(json!({ "id": ids[0] })).await;
    assert_eq!((by_id.status, &by_id.json["id"]), (200, &ids[0]), "{}", by_id.text);
    let fields = json!({ "fields": { "number": "Windows 10 Pro", "password": "AAAAA-00002" } });
    let by_fields = look(fields).await;
    assert_eq!(by_fields.status, 200, "{}", by_fields.text);
    let list = json!({ "fields": [{ "code": "password", "value": "AAAAA-00002" }, { "code": "number", "value": "Windows 10 Pro" }] });
    assert_eq!(look(list).await.json["id"], by_fields.json["id"]);
    let folded = look(json!({ "code": "card7" })).await;
    assert_eq!((folded.status, folded.code()), (404, "not_found"), "{}", folded.text);
    assert_eq!(folded.json["similar"].as_array().map(Vec::len), Some(1), "{}", folded.text);
    assert_eq!(look(json!({ "code": "CARD-7" })).await.status, 200);
    for bad in [json!({}), json!({ "code": "a", "id": ids[0] })] {
        assert_eq!(look(bad).await.status, 422);
    }
    let void = json!({ "id": ids[0], "reason": "this one" });
    assert_eq!(stall.shop.post("/v1/codes/void", &void).await.json["state"], "voided");
    assert_eq!(stall.buy_all().await.len(), 2);
    stall.end().await;
}
