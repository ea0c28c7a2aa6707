//! Pictures that merchants upload: kept, shown to anybody under their address, refused when they are anything else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde_json::json;
use testkit::{Answer, App, Caller, Db, Kind, Options};

/// A PNG of one pixel.
const ONE_PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mOQrwoGAAGoAO3FZ+B8AAAAAElFTkSuQmCC";

fn pixel() -> Vec<u8> {
    STANDARD.decode(ONE_PIXEL).expect("base64")
}

async fn send(shop: &Caller, media_type: &str, file: Vec<u8>) -> Answer {
    let request = shop.request(Method::POST, "/v1/files");
    let request =
        if media_type.is_empty() { request } else { request.header(CONTENT_TYPE, media_type) };
    shop.send(request.body(file)).await
}

#[tokio::test]
async fn a_picture_is_shown_to_anybody_in_what_he_takes() {
    let db = Db::new(Kind::Sqlite);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let made = send(&shop, "image/png", pixel()).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let again = send(&shop, "image/png", pixel()).await;
    assert_eq!(again.text, made.text, "the same file is the same picture");
    let url = made.json["url"].as_str().expect("an address");
    for (accept, media_type) in [
        ("image/avif,image/webp,*/*", "image/webp"),
        ("*/*", "image/jpeg"),
        ("image/png", "image/jpeg"),
    ] {
        let shown = reqwest::Client::new().get(url).header(ACCEPT, accept).send().await;
        let shown = shown.expect("an answer");
        assert_eq!(shown.status(), 200);
        let header = |name: &str| shown.headers()[name].to_str().expect("text").to_owned();
        assert_eq!(header("content-type"), media_type, "{accept}");
        assert_eq!(header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(
            (header("vary").as_str(), header("x-content-type-options").as_str()),
            ("accept", "nosniff")
        );
    }
    let largest = "/1280";
    for path in ["/320", "/640", largest] {
        let small = url.replace(largest, path);
        assert_eq!(reqwest::get(&small).await.expect("an answer").status(), 200, "{small}");
    }
    let id = made.json["id"].as_str().expect("an id");
    let other = app.merchant("北辰").await;
    let elsewhere = send(&other, "image/png", pixel()).await;
    assert_ne!(elsewhere.json["id"].as_str(), Some(id), "a merchant's picture is his own");
    let other_id = elsewhere.json["id"].as_str().expect("an id");
    for wrong in
        [url.replace(largest, "/9"), url.replace(id, other_id), url.replace(largest, "/..%2f..")]
    {
        assert_eq!(reqwest::get(&wrong).await.expect("an answer").status(), 404, "{wrong}");
    }
}

#[tokio::test]
async fn a_product_looks_like_what_was_uploaded_for_it() {
    let db = Db::new(Kind::Sqlite);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let made = send(&shop, "image/png", pixel()).await;
    let (id, url) = (made.json["id"].clone(), made.json["url"].as_str().expect("an address"));
    let product = |picture: &serde_json::Value| {
        json!({ "name": "拼图", "picture": picture, "skus": [{
            "kind": "code", "name": "一张", "price": { "amount": 100, "currency": "CNY" }
        }]})
    };
    let other = app.merchant("北辰").await;
    let stolen = other.post("/v1/products", &product(&id)).await;
    assert_eq!((stolen.status, stolen.code()), (422, "invalid"), "{}", stolen.text);
    assert_eq!(stolen.json["errors"][0]["field"], "picture");
    let made = shop.post("/v1/products", &product(&id)).await;
    assert_eq!((made.status, &made.json["picture"]), (201, &id), "{}", made.text);
    let home = format!("{}{}", app.url(), edge::link::shop_path(shop.tenant));
    let path = url.trim_start_matches(app.url());
    let page = format!("{home}/p/{}", made.json["id"].as_str().expect("an id"));
    let page = reqwest::get(&page).await.expect("a page").text().await.expect("HTML");
    assert!(page.contains(&format!("src=\"{path}\"")), "the page shows {path}");
    assert!(page.contains(&format!("og:image\" content=\"{url}\"")), "a link shows {url}");
    let shelf = reqwest::get(&home).await.expect("a page").text().await.expect("HTML");
    assert!(shelf.contains(&path.replace("/1280", "/640")), "{shelf}");
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_leaves_nothing() {
    let db = Db::new(Kind::Sqlite);
    let folder = db.folder().join("pictures");
    let files = Some(folder.display().to_string());
    let app = App::start_with(db.url(), Options { files, ..Options::default() }).await;
    let shop = app.merchant("星河").await;
    let behind = [pixel(), b"<script>alert(1)</script>".to_vec()].concat();
    let huge = {
        let mut huge = pixel();
        huge[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
        huge
    };
    for (media_type, file, status, code) in [
        ("image/svg+xml", b"<svg/>".to_vec(), 415, "unsupported_media_type"),
        ("image/gif", b"GIF89a".to_vec(), 415, "unsupported_media_type"),
        ("application/json", b"{}".to_vec(), 415, "unsupported_media_type"),
        ("", pixel(), 415, "unsupported_media_type"),
        ("image/png", b"<svg/>".to_vec(), 422, "invalid"),
        ("image/jpeg", pixel(), 422, "invalid"),
        ("image/png", Vec::new(), 422, "invalid"),
        ("image/png", behind, 422, "invalid"),
        ("image/png", huge, 422, "invalid"),
        ("image/png", vec![0x89; 10 * 1024 * 1024 + 1], 413, "too_large"),
    ] {
        let what = format!("{media_type} of {} bytes", file.len());
        let refused = send(&shop, media_type, file).await;
        assert_eq!((refused.status, refused.code()), (status, code), "{what}: {}", refused.text);
    }
    let kept = std::fs::read_dir(&folder).map_or(0, Iterator::count);
    assert_eq!(kept, 0, "nothing is kept");
    assert_eq!(send(&shop, "image/png; x=y", pixel()).await.status, 201);
    assert_eq!(std::fs::read_dir(&folder).map_or(0, Iterator::count), 1);
}
