//! Code files as people really have them: what reaches the buyer is what the file says of a code, twins are told apart,
//! and what is not plain is asked.

mod before;
mod decisions;
mod twins;
mod workbooks;

use serde_json::{Value, json};
use testkit::{Answer, App, Caller, Db, Kind, on_both};

on_both!(
    everything_that_a_file_says_reaches_its_buyer,
    a_file_that_is_not_plain_is_asked_about,
    what_is_no_text_is_refused,
    what_has_no_stock_takes_no_codes,
    what_is_told_of_a_file_is_done,
);

/// A merchant with an empty pool, and a rich buyer.
pub struct Stall {
    pub db: Db,
    pub app: App,
    pub shop: Caller,
    pub sku: String,
}

impl Stall {
    pub async fn new(kind: Kind) -> Self {
        let db = Db::new(kind);
        let app = App::start(&db).await;
        let shop = app.merchant("星河").await;
        let sku = shop.sku(100, json!({})).await;
        shop.credit("buyer", 10_000_000).await;
        Self { db, app, shop, sku }
    }

    /// Sends a file; gives the import when it ended or asks.
    pub async fn send(&self, typed: &str, query: &str, bytes: &[u8]) -> Value {
        self.send_to(&self.sku, typed, query, bytes).await
    }

    /// The same into another pool.
    pub async fn send_to(&self, sku: &str, typed: &str, query: &str, bytes: &[u8]) -> Value {
        let answer = self.upload(sku, typed, query, bytes).await;
        assert_eq!(answer.status, 202, "{}", answer.text);
        self.shop.imported(answer.json["id"].as_str().expect("an id")).await
    }

    pub async fn upload(&self, sku: &str, typed: &str, query: &str, bytes: &[u8]) -> Answer {
        let path = format!("/v1/skus/{sku}/code-imports{query}");
        let request = self.shop.request(reqwest::Method::POST, &path);
        self.shop.send(request.header("content-type", typed).body(bytes.to_vec())).await
    }

    /// Buys one; gives its fields as `code=value`, or the problem.
    pub async fn buy(&self) -> Result<Vec<String>, String> {
        let answer = self.shop.order(&self.sku, 1, "buyer").await;
        if answer.status != 201 {
            return Err(answer.code().to_owned());
        }
        let fields = answer.json["deliveries"][0]["code"]["fields"].as_array().expect("fields");
        let text = |v: &Value| v.as_str().expect("a text").to_owned();
        Ok(fields.iter().map(|f| format!("{}={}", text(&f["code"]), text(&f["value"]))).collect())
    }

    /// Buys all there is, in order.
    pub async fn buy_all(&self) -> Vec<Vec<String>> {
        let mut all = Vec::new();
        while let Ok(one) = self.buy().await {
            all.push(one);
        }
        all.sort();
        all
    }

    pub async fn rows(&self, import: &Value, kind: &str) -> Vec<Value> {
        let id = import["id"].as_str().expect("an id");
        let answer = self.shop.get(&format!("/v1/code-imports/{id}/rows?kind={kind}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json["data"].as_array().expect("rows").clone()
    }

    pub async fn decide(&self, import: &Value, body: Value) -> Value {
        let id = import["id"].as_str().expect("an id");
        let answer = self.shop.post(&format!("/v1/code-imports/{id}/decisions"), &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        self.settled(id).await
    }

    /// The import when it neither runs nor carries out what was decided.
    pub async fn settled(&self, id: &str) -> Value {
        let begun = std::time::Instant::now();
        loop {
            let import = self.shop.imported(id).await;
            if import["deciding"] == false {
                return import;
            }
            assert!(
                begun.elapsed().as_secs() < 60,
                "the decisions are never carried out: {import}"
            );
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    pub async fn end(self) {
        self.app.stop().await;
        self.db.assert_sound().await;
    }
}

fn counts(import: &Value) -> [i64; 4] {
    ["accepted", "duplicates", "doubts", "errors"].map(|name| import[name].as_i64().expect(name))
}

/// A file goes straight through, and these are the codes that buyers get.
async fn straight(kind: Kind, typed: &str, query: &str, file: &[u8], codes: &[&[&str]]) {
    let stall = Stall::new(kind).await;
    let import = stall.send(typed, query, file).await;
    let what = String::from_utf8_lossy(file).into_owned();
    assert_eq!(
        (&import["state"], &import["failure"]),
        (&json!("done"), &Value::Null),
        "{what}: {import}"
    );
    let mut wanted: Vec<Vec<String>> =
        codes.iter().map(|code| code.iter().map(|f| (*f).to_owned()).collect()).collect();
    wanted.sort();
    assert_eq!(stall.buy_all().await, wanted, "{what}: {import}");
    stall.end().await;
}

async fn everything_that_a_file_says_reaches_its_buyer(kind: Kind) {
    let account = "账号,密码\nu1@example.com,Pw-1111\nu2@example.com,Pw-2222\n";
    straight(
        kind,
        "text/csv",
        "",
        account.as_bytes(),
        &[
            &["account=u1@example.com", "password=Pw-1111"],
            &["account=u2@example.com", "password=Pw-2222"],
        ],
    )
    .await;
    let lines = "password\n\"account: a1\npass: Xk9\nrecovery: r1\"\nSINGLE-0001\n";
    straight(
        kind,
        "text/csv",
        "",
        lines.as_bytes(),
        &[&["password=account: a1\npass: Xk9\nrecovery: r1"], &["password=SINGLE-0001"]],
    )
    .await;
    let headed = "卡号----密码\nN001----P001\nN002----P002\n";
    straight(
        kind,
        "text/plain",
        "",
        headed.as_bytes(),
        &[&["number=N001", "password=P001"], &["number=N002", "password=P002"]],
    )
    .await;
    let four = "u@example.com----Pw1----r@example.net----JBSWY3DP\n";
    straight(
        kind,
        "text/plain",
        "?columns=account,password,recovery,totp",
        four.as_bytes(),
        &[&["account=u@example.com", "password=Pw1", "totp=JBSWY3DP", "recovery=r@example.net"]],
    )
    .await;
    let as_before = "number,password,valid_until\nA1,p1,2099-12-31\nA2,p2,\n";
    straight(
        kind,
        "text/csv",
        "",
        as_before.as_bytes(),
        &[&["number=A1", "password=p1"], &["number=A2", "password=p2"]],
    )
    .await;
}

async fn a_file_that_is_not_plain_is_asked_about(kind: Kind) {
    let stall = Stall::new(kind).await;
    for (typed, file) in [
        ("text/plain", "u@example.com----Pw1----r@example.net----JBSWY3DP\n"),
        ("text/plain", "SPC001 PWD001 2099-01-31\nSPC002 PWD002 2099-01-31\n"),
        ("text/csv", "卡密,颜色\nA-1,red\nA-2,blue\n"),
        ("text/csv", "number,password,valid_until\nA1,p1,03/04/2099\nA2,p2,05/06/2099\n"),
        ("text/csv", "number,password,status\nA1,p1,已使用\nA2,p2,未使用\n"),
    ] {
        let import = stall.send(typed, "", file.as_bytes()).await;
        assert_eq!(import["state"], "failed", "{file}: {import}");
        assert_eq!(import["failure"], "needs_decision", "{file}: {import}");
        assert_eq!(counts(&import), [0, 0, 0, 0], "{file}: {import}");
        let open = |finding: &&Value| finding["open"] == true;
        let findings = import["findings"].as_array().expect("findings");
        let asked = findings.iter().find(open).expect("a question");
        for text in ["id", "kind", "question", "question_zh"] {
            assert!(asked[text].as_str().is_some_and(|t| !t.is_empty()), "{file}: {asked}");
        }
        assert!(import["understood"]["encoding"].is_string(), "{file}: {import}");
        assert!(!import["kept_until"].is_null());
        let waits = stall.send(typed, "?on_question=wait", file.as_bytes()).await;
        assert_eq!(waits["state"], "needs_decision", "{file}: {waits}");
        assert!(waits["failure"].is_null(), "{file}: {waits}");
    }
    // A date that is over is never a code that lasts for ever.
    let past = "卡密,使用期限\nOLD-1,2020-01-31\nOLD-2,2020-02-29\n";
    let import = stall.send("text/csv", "", past.as_bytes()).await;
    assert_eq!(import["accepted"], 0, "{import}");
    assert_eq!(stall.buy().await, Err("out_of_stock".to_owned()));
    stall.end().await;
}

/// They would never be sold, and nobody would see them.
async fn what_has_no_stock_takes_no_codes(kind: Kind) {
    let stall = Stall::new(kind).await;
    let worth = json!({ "kind": "voucher", "voucher": { "type": "count", "uses": 1 } });
    for more in [worth, json!({ "kind": "content" })] {
        let sku = stall.shop.sku(100, more).await;
        let refused = stall.upload(&sku, "text/plain", "", b"A-1\nA-2\n").await;
        let told = (refused.status, refused.code(), refused.field());
        assert_eq!(told, (422, "invalid", "id"), "{}", refused.text);
    }
    let imports = stall.shop.get("/v1/code-imports").await;
    assert_eq!(imports.json["data"], json!([]));
    stall.app.stop().await;
    stall.db.assert_sound().await;
}

async fn what_is_no_text_is_refused(kind: Kind) {
    let stall = Stall::new(kind).await;
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend((0..4000_u32).flat_map(|n| [n as u8, (n >> 3) as u8, b'\n', 7]));
    for (typed, bytes) in [
        ("text/plain", png.clone()),
        ("text/csv", png),
        ("text/plain", b"%PDF-1.7\n\xff\xfe\x00x\n".to_vec()),
    ] {
        let import = stall.send(typed, "", &bytes).await;
        assert_eq!(
            (&import["state"], &import["accepted"]),
            (&json!("failed"), &json!(0)),
            "{import}"
        );
        assert!(import["failure"].as_str().is_some_and(|f| f != "needs_decision"), "{import}");
    }
    let request =
        stall.shop.request(reqwest::Method::POST, &format!("/v1/skus/{}/code-imports", stall.sku));
    let request = request.header("content-type", "text/csv").header("content-encoding", "gzip");
    let answer = stall.shop.send(request.body("password\nA-1\n")).await;
    assert_eq!((answer.status, answer.code()), (415, "unsupported_media_type"));

    // One bad byte spoils its line and no other; damage of a spreadsheet is refused with its cure.
    let bad = b"password\n\xe5\xaf\x86\xe7\xa0\x81tiger88\nfine-0001\nbad\xe9-002\n";
    let import = stall.send("text/csv", "", bad).await;
    assert_eq!((&import["state"], counts(&import)), (&json!("done"), [2, 0, 0, 1]), "{import}");
    let errors = stall.rows(&import, "error").await;
    assert_eq!((&errors[0]["line"], &errors[0]["reason"]), (&json!(4), &json!("bad_encoding")));
    let rounded = "号码,PIN\n8.96529E+19,1234\n8965290000000000001,5678\n";
    let import = stall.send("text/csv", "", rounded.as_bytes()).await;
    let errors = stall.rows(&import, "error").await;
    assert_eq!(errors.len(), 1, "{import}");
    assert_eq!(errors[0]["line"], 2);
    let codes = stall.buy_all().await;
    assert_eq!(codes.len(), 3, "{codes:?}");
    assert!(codes.contains(&vec!["password=密码tiger88".to_owned()]), "{codes:?}");
    stall.end().await;
}

async fn what_is_told_of_a_file_is_done(kind: Kind) {
    let mapped = "SN;PASS;ENDS\nA1;p-1;2099-12-31\nA2;p-2;\n";
    let query = "?number=SN&password=PASS&valid_until=ENDS&separator=%3B";
    straight(
        kind,
        "text/csv",
        query,
        mapped.as_bytes(),
        &[&["number=A1", "password=p-1"], &["number=A2", "password=p-2"]],
    )
    .await;
    let placed = "颜色,卡密\nred,A-1\nblue,A-2\n";
    straight(
        kind,
        "text/csv",
        "?columns=-,password",
        placed.as_bytes(),
        &[&["password=A-1"], &["password=A-2"]],
    )
    .await;
    straight(
        kind,
        "text/plain",
        "?separator=none",
        b"a,b----c\nd;e f\n",
        &[&["password=a,b----c"], &["password=d;e f"]],
    )
    .await;
    let big5 = encoding_rs::BIG5.encode("卡號,密碼\nA1,測試甲\n").0.into_owned();
    straight(kind, "text/csv", "?encoding=big5", &big5, &[&["number=A1", "password=測試甲"]]).await;
}
