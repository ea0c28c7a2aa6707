//! Who opens pages, and from where: limits by address, proxies that are believed, and pages for what is refused.

use reqwest::Method;
use std::num::NonZeroU32;
use testkit::app::Options;
use testkit::browser::{Browser, Screen};
use testkit::{App, Db, Kind, on_both};

on_both!(
    an_address_that_opens_too_many_pages_waits,
    only_a_trusted_proxy_says_from_where_a_buyer_comes,
    a_wrong_method_is_answered_with_a_page,
    pages_are_counted_by_their_routes,
);

const A_MINUTE: NonZeroU32 = NonZeroU32::new(5).expect("some");

async fn shop(db: &Db, trusted: &[&str]) -> (App, String) {
    let trusted_proxies = trusted.iter().map(|text| (*text).to_owned()).collect();
    let options =
        Options { trusted_proxies, pages_per_minute: Some(A_MINUTE), ..Options::default() };
    let app = App::start_with(db.url(), options).await;
    let home = edge::link::shop_path(app.tenant("星河").await);
    (app, home)
}

/// Opens a page as if a proxy had passed it on.
async fn from(browser: &Browser, address: &str, path: &str) -> Screen {
    browser.send(Method::GET, path, &[], &[("x-forwarded-for", address)]).await
}

async fn an_address_that_opens_too_many_pages_waits(kind: Kind) {
    let db = Db::new(kind);
    let (app, home) = shop(&db, &[]).await;
    let browser = Browser::new(app.url());
    for _ in 0..A_MINUTE.get() {
        assert_eq!(browser.get(&home).await.status, 200);
    }
    let refused = browser.get(&format!("{home}?lang=en")).await;
    assert_eq!(refused.status, 429, "{}", refused.html);
    assert!(refused.html.contains("Take a short break"), "{}", refused.html);
    assert!(refused.header("content-type").starts_with("text/html"));
    assert!(!refused.header("retry-after").is_empty());
    // What is in the answer's head names no address, and another header opens nothing.
    assert_eq!(from(&browser, "203.0.113.9", &home).await.status, 429);
    for picture in ["/favicon.ico", "/pictures/x"] {
        assert_ne!(browser.get(picture).await.status, 429, "pictures are not counted");
    }
    app.stop().await;
}

async fn only_a_trusted_proxy_says_from_where_a_buyer_comes(kind: Kind) {
    let db = Db::new(kind);
    let (app, home) = shop(&db, &["127.0.0.0/8", "10.0.0.0/8"]).await;
    let browser = Browser::new(app.url());
    for _ in 0..A_MINUTE.get() {
        assert_eq!(from(&browser, "203.0.113.9", &home).await.status, 200);
    }
    let same = ["203.0.113.9", "198.51.100.7, 203.0.113.9", "198.51.100.7,203.0.113.9, 10.0.0.3"];
    for told in same {
        assert_eq!(from(&browser, told, &home).await.status, 429, "{told}");
    }
    for told in ["203.0.113.10", "203.0.113.9, 203.0.113.11"] {
        assert_eq!(from(&browser, told, &home).await.status, 200, "{told}");
    }
    app.stop().await;
}

async fn a_wrong_method_is_answered_with_a_page(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let home = edge::link::shop_path(app.tenant("星河").await);
    let browser = Browser::new(app.url());
    for page in h5::page_routes() {
        let path = page.path.replace("{shop}", home.trim_start_matches("/s/"));
        let wrong = browser.send(Method::DELETE, &path, &[], &[("sec-fetch-site", "none")]).await;
        assert_eq!(wrong.status, 405, "{path}: {}", wrong.html);
        assert!(wrong.header("content-type").starts_with("text/html"), "{path}");
        assert!(!wrong.header("allow").is_empty(), "{path}");
    }
    let api = browser.send(Method::DELETE, "/v1/orders", &[], &[]).await;
    assert_eq!((api.status, api.header("content-type")), (405, "application/problem+json"));
    app.stop().await;
}

async fn pages_are_counted_by_their_routes(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let home = edge::link::shop_path(app.tenant("星河").await);
    let browser = Browser::new(app.url());
    assert_eq!(browser.get(&home).await.status, 200);
    assert_eq!(browser.get("/o/7").await.status, 404);
    let metrics = browser.get("/metrics").await.html;
    for line in [
        "{method=\"GET\",route=\"/s/{shop}\",status=\"200\"} 1",
        "{method=\"GET\",route=\"/o/{token}\",status=\"404\"} 1",
    ] {
        let series = format!("tessera_http_requests_total{line}");
        assert!(metrics.contains(&series), "{series}\n{metrics}");
    }
    assert!(!metrics.contains(home.trim_start_matches("/s/")), "no address is a label");
    app.stop().await;
}
