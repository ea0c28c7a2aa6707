//! What a person answers, and how an import goes on.

use super::{Stall, counts};
use serde_json::{Value, json};
use testkit::{Kind, on_both};

on_both!(
    an_answer_opens_an_import_again,
    answers_that_do_not_fit_are_refused,
    uploads_are_kept_for_answers,
    an_upload_that_is_damaged_meanwhile_is_sent_again,
);

async fn an_answer_opens_an_import_again(kind: Kind) {
    let stall = Stall::new(kind).await;
    let four = b"u@example.com----Pw1----r@example.net----JBSWY3DP\n";
    let import = stall.send("text/plain", "", four).await;
    assert_eq!(import["failure"], "needs_decision");
    let columns = json!({ "columns": ["account", "password", "recovery", "totp"] });
    let done = stall.decide(&import, columns).await;
    assert_eq!((&done["state"], counts(&done)), (&json!("done"), [1, 0, 0, 0]), "{done}");
    assert_eq!(done["understood"]["columns"], json!(["account", "password", "recovery", "totp"]));
    assert_eq!(stall.buy().await.expect("a code").len(), 4);

    // What is asked can be answered by a finding's own choices until nothing is open.
    let dates = "number,password,valid_until\nA1,secret-p1,03/04/2099\nA2,secret-p2,05/06/2099\n";
    let mut import = stall.send("text/csv", "?on_question=wait", dates.as_bytes()).await;
    for _ in 0..4 {
        if import["state"] != "needs_decision" {
            break;
        }
        let findings = import["findings"].as_array().expect("findings").clone();
        let open = findings.iter().filter(|finding| finding["open"] == true);
        let answers: serde_json::Map<String, Value> = open
            .map(|f| {
                (f["id"].as_str().expect("an id").to_owned(), f["choices"][0]["value"].clone())
            })
            .collect();
        import = stall.decide(&import, json!({ "answers": answers })).await;
    }
    assert_eq!((&import["state"], counts(&import)), (&json!("done"), [2, 0, 0, 0]), "{import}");
    let id = import["id"].as_str().expect("an id");
    let late = stall
        .shop
        .post(&format!("/v1/code-imports/{id}/decisions"), &json!({ "encoding": "utf-8" }))
        .await;
    assert_eq!((late.status, late.code()), (409, "import_state"), "{}", late.text);
    stall.end().await;
}

async fn answers_that_do_not_fit_are_refused(kind: Kind) {
    let stall = Stall::new(kind).await;
    let import = stall.send("text/csv", "", "卡密,颜色\nA-1,red\nA-2,blue\n".as_bytes()).await;
    let id = import["id"].as_str().expect("an id");
    let path = format!("/v1/code-imports/{id}/decisions");
    for (bad, field) in [
        (json!({}), "answers"),
        (json!({ "answers": { "no-such-thing": "x" } }), "answers.no-such-thing"),
        (json!({ "columns": ["Password"] }), "columns"),
        (json!({ "columns": [] }), "columns"),
        (json!({ "encoding": "ebcdic" }), "encoding"),
        (json!({ "doubts": {} }), "doubts"),
        (json!({ "doubts": { "lines": { "x": "drop" } } }), "doubts.lines.x"),
    ] {
        let answer = stall.shop.post(&path, &bad).await;
        assert_eq!(answer.status, 422, "{bad}: {}", answer.text);
        assert_eq!(answer.json["errors"][0]["field"], field, "{bad}: {}", answer.text);
    }
    // Columns that the file does not have are told of, and asked again.
    let wrong = stall.decide(&import, json!({ "columns": ["password", "-", "totp"] })).await;
    assert_eq!(wrong["failure"], "needs_decision", "{wrong}");
    let right = stall.decide(&wrong, json!({ "columns": ["password", "-"] })).await;
    assert_eq!((&right["state"], counts(&right)), (&json!("done"), [2, 0, 0, 0]), "{right}");
    stall.end().await;
}

async fn uploads_are_kept_for_answers(kind: Kind) {
    let stall = Stall::new(kind).await;
    let mut kept = Vec::new();
    for n in 0..21 {
        let file = format!("卡密,颜色\nKEEP-{n:04},red\nKEEP-{n:04}-b,blue\n");
        kept.push(stall.send("text/csv", "", file.as_bytes()).await);
    }
    assert!(kept[..20].iter().all(|import| import["kept_until"].is_string()), "{kept:?}");
    assert!(kept[20]["kept_until"].is_null(), "{}", kept[20]);
    let id = kept[20]["id"].as_str().expect("an id");
    let columns = json!({ "columns": ["password", "-"] });
    let gone = stall.shop.post(&format!("/v1/code-imports/{id}/decisions"), &columns).await;
    assert_eq!((gone.status, gone.code()), (409, "import_state"), "{}", gone.text);
    // Nor does one wait for an answer that comes too late.
    let more = "卡密,颜色\nLATE-1,red\n".as_bytes();
    let late = stall.send("text/csv", "?on_question=wait", more).await;
    let ended = (&late["state"], &late["failure"]);
    assert_eq!(ended, (&json!("failed"), &json!("needs_decision")), "{late}");
    let done = stall.decide(&kept[0], columns).await;
    assert_eq!(done["accepted"], 2, "{done}");
    let more = stall.send("text/csv", "", "卡密,颜色\nMORE-1,red\n".as_bytes()).await;
    assert!(more["kept_until"].is_string(), "{more}");
    stall.end().await;
}

async fn an_upload_that_is_damaged_meanwhile_is_sent_again(kind: Kind) {
    let stall = Stall::new(kind).await;
    let file = "卡密,颜色\nLOST-0001,red\nLOST-0002,blue\n".as_bytes();
    let import = stall.send("text/csv", "", file).await;
    assert_eq!(import["failure"], "needs_decision", "{import}");
    let sealed = crate::damaged::damaged(kind);
    stall.db.sql(&format!("UPDATE staged_chunks SET sealed = {sealed}")).await;
    let ended = stall.decide(&import, json!({ "columns": ["password", "-"] })).await;
    assert_eq!((&ended["state"], counts(&ended)), (&json!("failed"), [0, 0, 0, 0]), "{ended}");
    let told = ended["failure"].as_str().expect("why");
    assert!(told.contains("send the file again"), "{ended}");
    let again = stall.send("text/csv", "?columns=password,-", file).await;
    assert_eq!((&again["state"], counts(&again)), (&json!("done"), [2, 0, 0, 0]), "{again}");
    stall.end().await;
}
