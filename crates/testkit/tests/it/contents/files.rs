//! A version that is a file: it comes back as it was to who holds it, lies sealed, and never comes back in part.

use super::Desk;
use domain::identity::Scope;
use kernel::limits::{CONTENT_FILE_BYTES_MAX, CONTENT_PART_BYTES};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use testkit::app::Options;
use testkit::browser::Browser;
use testkit::{Answer, App, Caller, Db, Kind, on_both};

on_both!(
    a_file_comes_back_as_it_was_and_to_its_holders_alone,
    a_file_lies_sealed,
    a_file_that_was_given_back_is_gone,
    texts_and_files_take_turns,
    a_damaged_file_is_no_half_of_one,
    what_is_no_file_is_refused_and_leaves_nothing,
    a_repeat_keeps_one_file,
    a_guest_saves_it_from_his_order,
    a_file_may_be_as_large_as_is_said,
);

const NAME: &str = "课程 1.zip";
const QUERY: &str = "name=%E8%AF%BE%E7%A8%8B%201.zip&note=%E8%A1%A5%E4%B8%8A";
const MARK: &str = "TSRFILE9K2W";

/// Text of a file of so many parts, and a little more.
fn long(parts: usize) -> String {
    let bytes = parts * CONTENT_PART_BYTES + 100;
    (0..)
        .map(|n| format!("{MARK} line {n}\n"))
        .scan(0, |sum, line| {
            *sum += line.len();
            (*sum <= bytes).then_some(line)
        })
        .collect()
}

/// Every file below a folder, with its bytes.
fn below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut all: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .flat_map(|path| match path.is_dir() {
            true => below(&path),
            false => vec![(path.clone(), fs::read(&path).expect("a file"))],
        })
        .collect();
    all.sort();
    all
}

impl Desk {
    /// A merchant whose files lie in a folder of the test's.
    async fn with_folder(kind: Kind) -> Self {
        let db = Db::new(kind);
        let files = Some(db.folder().join("shared").display().to_string());
        let app = App::start_with(db.url(), Options { files, ..Options::default() }).await;
        let shop = app.merchant("星河").await;
        shop.credit("buyer", 1_000_000).await;
        let sku = shop.sku(900, json!({ "kind": "content" })).await;
        Self { app, shop, sku, db }
    }

    /// The parts that lie in the folder.
    fn parts(&self) -> Vec<(PathBuf, Vec<u8>)> {
        below(&self.db.folder().join("shared"))
    }

    async fn write_file(&self, file: &str) -> Answer {
        self.shop.share_file(&self.sku, QUERY, file.to_owned()).await
    }

    /// What an order's reveal says of its file.
    async fn file_of(&self, order: &str) -> Value {
        let read = self.reveal(order).await;
        assert_eq!(read.status, 200, "{}", read.text);
        read.json["deliveries"][0]["content"]["file"].clone()
    }
}

/// Follows an address with a key.
async fn follow(by: &Caller, file: &Value) -> Response {
    let path = file["url"].as_str().expect("an address");
    by.request(Method::GET, path).send().await.expect("an answer")
}

async fn text(answer: Response) -> String {
    answer.text().await.expect("a text")
}

async fn a_file_comes_back_as_it_was_and_to_its_holders_alone(kind: Kind) {
    let desk = Desk::open(kind).await;
    let sent = long(2);
    let written = desk.write_file(&sent).await;
    assert_eq!(written.status, 201, "{}", written.text);
    let told = (&written.json["version"], &written.json["file_bytes"], &written.json["note"]);
    assert_eq!(told, (&json!(1), &json!(sent.len()), &json!("补上")));
    let sold = desk.shop.order(&desk.sku, 1, "buyer").await;
    assert_eq!(sold.json["deliveries"], json!([{ "line": 1, "content": { "version": 1 } }]));
    let order = sold.json["id"].as_str().expect("an id");
    let revealed = desk.facts("codes.revealed").await;
    let file = desk.file_of(order).await;
    assert_eq!((&file["name"], &file["bytes"]), (&json!(NAME), &json!(sent.len())));
    let answer = follow(&desk.shop, &file).await;
    assert_eq!(answer.status(), 200);
    let header = |name: &str| answer.headers()[name].to_str().expect("a text").to_owned();
    let named = "attachment; filename=\"___1.zip\"; filename*=UTF-8''%E8%AF%BE%E7%A8%8B%201.zip";
    assert_eq!(header("content-disposition"), named);
    assert_eq!(header("content-type"), "application/octet-stream");
    assert_eq!(
        (header("x-content-type-options"), header("cache-control")),
        ("nosniff".into(), "no-store".into())
    );
    assert_eq!(header("content-length"), sent.len().to_string());
    assert!(text(answer).await == sent, "it is the same file");
    assert_eq!(desk.facts("codes.revealed").await, revealed + 1, "one look is one fact");

    // Staff sees it with a reason, which is another fact.
    let path = format!("{}/reveal", desk.path());
    let shown = desk.shop.post(&path, &json!({ "reason": "核对" })).await;
    assert_eq!((&shown.json["text"], &shown.json["file"]["name"]), (&Value::Null, &json!(NAME)));
    assert!(text(follow(&desk.shop, &shown.json["file"]).await).await == sent);
    assert_eq!(desk.facts("content.revealed").await, 1);

    let other = desk.app.merchant("别家").await;
    let same = desk.app.caller(desk.shop.tenant, &[Scope::CodesReveal]).await;
    for file in [&file, &shown.json["file"]] {
        for by in [&other, &same] {
            assert_eq!(follow(by, file).await.status(), 404);
        }
        let url = format!("{}{}", desk.app.url(), file["url"].as_str().expect("an address"));
        let nobody = Client::new().get(&url).send().await.expect("an answer");
        assert_eq!(nobody.status(), 404);
        let exported = url.replace("content-files", "export-files");
        let exported = Client::new().get(exported).bearer_auth(&desk.shop.key).send().await;
        assert_eq!(exported.expect("an answer").status(), 404);
    }
    let read = other.post(&format!("/v1/orders/{order}/reveal"), &json!({})).await;
    assert_eq!(read.status, 404, "{}", read.text);
    let foreign = other.share_file(&desk.sku, QUERY, "x").await;
    assert_eq!(foreign.status, 404, "{}", foreign.text);
    desk.close().await;
}

async fn a_file_lies_sealed(kind: Kind) {
    let desk = Desk::with_folder(kind).await;
    assert_eq!(desk.write_file(&long(1)).await.status, 201);
    let order = desk.buy("buyer").await;
    desk.file_of(&order).await;
    let parts = desk.parts();
    assert_eq!(parts.len(), 2, "{parts:?}");
    for (path, bytes) in &parts {
        assert!(!bytes.windows(MARK.len()).any(|part| part == MARK.as_bytes()), "{path:?}");
        assert!(!path.display().to_string().contains("zip"), "{path:?}");
    }
    let rows = desk.db.rows().await;
    let hex: String = NAME.bytes().map(|byte| format!("{byte:02x}")).collect();
    let clear = rows.iter().find(|row| row.contains(NAME) || row.to_lowercase().contains(&hex));
    assert_eq!(clear, None);
    for path in [desk.path(), format!("{}/versions", desk.path()), "/v1/journal".to_owned()] {
        let read = desk.shop.get(&path).await;
        assert!(!read.text.contains(NAME) && !read.text.contains(MARK), "{path}: {}", read.text);
    }
    desk.close().await;
}

async fn a_file_that_was_given_back_is_gone(kind: Kind) {
    let desk = Desk::open(kind).await;
    desk.write_file(&long(0)).await;
    let order = desk.buy("buyer").await;
    let file = desk.file_of(&order).await;
    assert_eq!(follow(&desk.shop, &file).await.status(), 200);
    assert_eq!(desk.refund(&order, false).await.code(), "code_revealed");
    assert_eq!(desk.refund(&order, true).await.status, 201);
    assert_eq!(follow(&desk.shop, &file).await.status(), 404, "its address leads nowhere");
    let read = desk.reveal(&order).await;
    assert!(!read.text.contains("content-files") && !read.text.contains(NAME), "{}", read.text);
    desk.close().await;
}

async fn texts_and_files_take_turns(kind: Kind) {
    let desk = Desk::with(kind, "https://pan.example/one").await;
    let order = desk.buy("buyer").await;
    let first = long(0);
    assert_eq!(desk.write_file(&first).await.json["version"], 2);
    let file = desk.file_of(&order).await;
    assert!(text(follow(&desk.shop, &file).await).await == first);
    let read = desk.reveal(&order).await;
    let content = &read.json["deliveries"][0]["content"];
    assert_eq!((&content["version"], &content["newest"]["version"]), (&json!(1), &json!(2)));
    assert_eq!((&content["newest"]["note"], &content["text"]), (&json!("补上"), &Value::Null));

    let second = long(1);
    assert_eq!(desk.write_file(&second).await.json["version"], 3);
    assert!(text(follow(&desk.shop, &desk.file_of(&order).await).await).await == second);
    assert!(text(follow(&desk.shop, &file).await).await == second, "an order has the newest");
    let old = desk.shop.post(&format!("{}/reveal", desk.path()), &json!({ "version": 2 })).await;
    assert!(text(follow(&desk.shop, &old.json["file"]).await).await == first, "old ones stay");

    desk.write("https://pan.example/two", "又是链接").await;
    assert_eq!(follow(&desk.shop, &file).await.status(), 404, "the newest is no file");
    let read = desk.reveal(&order).await;
    let content = &read.json["deliveries"][0]["content"];
    assert_eq!(
        (&content["text"], &content["file"]),
        (&json!("https://pan.example/two"), &Value::Null)
    );
    let versions = desk.shop.get(&format!("{}/versions", desk.path())).await;
    let bytes: Vec<_> = versions.json["data"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|v| &v["file_bytes"])
        .collect();
    assert_eq!(bytes, [&Value::Null, &json!(second.len()), &json!(first.len()), &Value::Null]);
    desk.close().await;
}

async fn a_damaged_file_is_no_half_of_one(kind: Kind) {
    let desk = Desk::with_folder(kind).await;
    assert_eq!(desk.write_file(&long(2)).await.status, 201);
    let order = desk.buy("buyer").await;
    let file = desk.file_of(&order).await;
    let parts = desk.parts();
    let [first, second, third] = &parts[..] else { panic!("three parts") };
    let put = |part: &Path, bytes: &[u8]| fs::write(part, bytes).expect("it is written");
    for (what, bytes) in [
        ("another part", &first.1[..]),
        ("a part of another length", &third.1),
        ("cut", &second.1[..second.1.len() - 1]),
        ("empty", &[]),
    ] {
        put(&second.0, bytes);
        let answer = follow(&desk.shop, &file).await;
        assert_eq!(answer.status(), 500, "{what}");
        assert!(!text(answer).await.contains(MARK), "{what}");
        put(&second.0, &second.1);
    }
    assert_eq!(follow(&desk.shop, &file).await.status(), 200);
    for (path, bytes) in &parts {
        fs::remove_file(path).expect("it goes");
        assert_eq!(follow(&desk.shop, &file).await.status(), 500, "{path:?}");
        put(path, bytes);
    }
    desk.close().await;
}

async fn what_is_no_file_is_refused_and_leaves_nothing(kind: Kind) {
    let desk = Desk::with_folder(kind).await;
    let path = format!("/v1/skus/{}/content/files", desk.sku);
    let send = |query: &str, kind: &'static str, file: Vec<u8>| {
        let request = desk.shop.request(Method::POST, &format!("{path}{query}"));
        desk.shop.send(request.header("content-type", kind).body(file))
    };
    let (plain, good) = ("application/octet-stream", "?name=a.zip");
    let long = format!("?name={}", "%E8%AF%BE".repeat(201));
    for (query, field) in [
        ("", "name"),
        ("?name=", "name"),
        ("?name=a%2Fb", "name"),
        ("?name=a%5Cb", "name"),
        ("?name=..", "name"),
        ("?name=a%0Ab", "name"),
        ("?name=a%E2%80%AEb", "name"),
        (&long, "name"),
        ("?name=a&note=", "note"),
        ("?name=a&x=1", "x"),
    ] {
        let refused = send(query, plain, b"x".to_vec()).await;
        assert_eq!((refused.status, refused.field()), (422, field), "{query}: {}", refused.text);
    }
    let empty = send(good, plain, Vec::new()).await;
    assert_eq!((empty.status, empty.field()), (422, "body"), "{}", empty.text);
    let typed = send(good, "text/plain", b"x".to_vec()).await;
    assert_eq!((typed.status, typed.code()), (415, "unsupported_media_type"), "{}", typed.text);
    let max = usize::try_from(CONTENT_FILE_BYTES_MAX).expect("it fits");
    let large = send(good, plain, vec![b'x'; max + 1]).await;
    assert_eq!((large.status, large.code(), large.field()), (413, "too_large", "body"));
    let card = desk.shop.sku(900, json!({})).await;
    let card = desk.shop.share_file(&card, "name=a", "x").await;
    assert_eq!((card.status, card.code()), (422, "invalid"), "{}", card.text);
    let reader = desk.app.caller(desk.shop.tenant, &[Scope::CatalogWrite]).await;
    let reader = reader.share_file(&desk.sku, "name=a", "x").await;
    assert_eq!((reader.status, reader.code()), (403, "forbidden"), "{}", reader.text);
    // Without a length it is not known to be too large until it is.
    let piece = vec![b'x'; CONTENT_PART_BYTES];
    let pieces =
        (0..=max / CONTENT_PART_BYTES).map(move |_| Ok::<_, std::io::Error>(piece.clone()));
    let body = reqwest::Body::wrap_stream(futures_util::stream::iter(pieces));
    let endless = desk.shop.share_file(&desk.sku, "name=a", body).await;
    assert_eq!((endless.status, endless.code()), (413, "too_large"), "{}", endless.text);
    assert_eq!(desk.parts(), []);
    assert_eq!(desk.db.number("SELECT COUNT(*) FROM contents").await, 0);
    desk.close().await;
}

async fn a_repeat_keeps_one_file(kind: Kind) {
    let desk = Desk::with_folder(kind).await;
    let path = format!("/v1/skus/{}/content/files?{QUERY}", desk.sku);
    let send = |file: &'static str| {
        let request = desk.shop.request(Method::POST, &path).header("idempotency-key", "one");
        desk.shop.send(request.header("content-type", "application/octet-stream").body(file))
    };
    let first = send("the file").await;
    assert_eq!((first.status, first.replayed), (201, false), "{}", first.text);
    let again = send("the file").await;
    assert_eq!((again.status, again.replayed, &again.json), (201, true, &first.json));
    assert_eq!(send("another").await.code(), "idempotency_key_reused");
    assert_eq!(desk.parts().len(), 1, "{:?}", desk.parts());
    let order = desk.buy("buyer").await;
    assert_eq!(text(follow(&desk.shop, &desk.file_of(&order).await).await).await, "the file");
    desk.close().await;
}

async fn a_guest_saves_it_from_his_order(kind: Kind) {
    let desk = Desk::open(kind).await;
    let sent = long(1);
    desk.write_file(&sent).await;
    let browser = Browser::new(desk.app.url());
    let order = desk.buy_as(&browser).await;
    let sealed = browser.get(&order).await;
    assert!(!sealed.html.contains("zip"), "{}", sealed.html);
    assert!(sealed.html.contains("第 1 版"), "{}", sealed.html);
    // Saving it is a look by itself.
    let saved = browser.post(&format!("{order}/content-files/1"), &[]).await;
    assert_eq!(saved.status, 200);
    assert!(saved.html == sent, "it is the same file");
    assert_eq!(saved.header("content-type"), "application/octet-stream");
    assert_eq!(saved.header("x-content-type-options"), "nosniff");
    assert_eq!(saved.header("cache-control"), "no-store");
    assert!(saved.header("content-disposition").starts_with("attachment; filename="));
    assert_eq!(desk.facts("codes.revealed").await, 1);
    let shown = browser.post(&format!("{order}/reveal"), &[]).await;
    assert!(shown.html.contains(NAME) && shown.html.contains("1.0 MB"), "{}", shown.html);
    assert!(shown.html.contains(&format!("{order}/content-files/1")), "{}", shown.html);
    let refund = browser.get(&format!("{order}/refunds")).await;
    assert!(!refund.html.contains("<form"), "what was seen stays: {}", refund.html);
    for line in ["0", "2", "x"] {
        let none = browser.post(&format!("{order}/content-files/{line}"), &[]).await;
        assert!([303, 404].contains(&none.status), "{line}");
        assert!(!none.html.contains(MARK), "{line}");
    }
    let other = Browser::new(desk.app.url());
    assert_eq!(other.post("/o/7/content-files/1", &[]).await.status, 404);

    let back = desk.buy_as(&browser).await;
    let asked = browser.post(&format!("{back}/refunds"), &[("reason", "mistake")]).await;
    assert_eq!(asked.status, 303, "{}", asked.html);
    let none = browser.post(&format!("{back}/content-files/1"), &[]).await;
    assert_eq!((none.status, none.location.as_str()), (303, back.as_str()));
    for page in [browser.get(&back).await, browser.post(&format!("{back}/reveal"), &[]).await] {
        assert!(!page.html.contains(NAME) && !page.html.contains("content-files"), "{}", page.html);
    }
    desk.write("https://pan.example/two", "换成链接").await;
    let text = browser.post(&format!("{order}/content-files/1"), &[]).await;
    assert_eq!((text.status, text.location.as_str()), (303, order.as_str()));
    assert_eq!(desk.facts("codes.revealed").await, 2, "what is no file is no look");
    desk.close().await;
}

async fn a_file_may_be_as_large_as_is_said(kind: Kind) {
    let desk = Desk::open(kind).await;
    let max = usize::try_from(CONTENT_FILE_BYTES_MAX).expect("it fits");
    let written = desk.shop.share_file(&desk.sku, "name=a.bin", vec![0xfe; max]).await;
    assert_eq!(
        (written.status, &written.json["file_bytes"]),
        (201, &json!(max)),
        "{}",
        written.text
    );
    let order = desk.buy("buyer").await;
    let file = follow(&desk.shop, &desk.file_of(&order).await).await;
    let file = file.bytes().await.expect("a file");
    assert!(file.len() == max && file.iter().all(|byte| *byte == 0xfe));
    desk.close().await;
}
