//! The console as a browser gets it from the program: the page at every address, its policy, its files. No database has a
//! part in it, so one engine is enough.

use testkit::{App, Db, Kind};

struct Seen {
    status: u16,
    headers: reqwest::header::HeaderMap,
    text: String,
}

impl Seen {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

async fn get(app: &App, path: &str, headers: &[(&str, &str)]) -> Seen {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let asked = client.build().expect("a client").get(format!("{}{path}", app.url()));
    let asked = headers.iter().fold(asked, |asked, (name, value)| asked.header(*name, *value));
    let answer = asked.send().await.expect("an answer");
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let bytes = answer.bytes().await.expect("a body");
    Seen { status, headers, text: String::from_utf8_lossy(&bytes).into_owned() }
}

/// Whether `make` built the console before the program; without it the page says how.
fn is_built(page: &Seen) -> bool {
    page.status == 200
}

#[tokio::test]
async fn the_page_of_the_console_stands_at_each_of_its_addresses() {
    let db = Db::new(Kind::Sqlite);
    let app = App::start(&db).await;
    let bare = get(&app, "/console", &[]).await;
    assert_eq!((bare.status, bare.header("location")), (308, "/console/"));
    let mut nonces = std::collections::HashSet::new();
    for path in [
        "/console/",
        "/console/orders",
        "/console/orders/ord_x?state=paid",
        "/console/..%2fx",
        "/console/link",
    ] {
        let page = get(&app, path, &[("accept", "*/*")]).await;
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        let policy = page.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"),
            "{policy}"
        );
        assert!(policy.ends_with("base-uri 'none'; frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert!(!page.text.contains("{{"), "{path}");
        if !is_built(&page) {
            assert_eq!(page.status, 503);
            assert!(page.text.contains("npm run build --prefix console"), "{}", page.text);
            continue;
        }
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next());
        let nonce = nonce.expect("a nonce").to_owned();
        assert!(nonce.len() >= 22 && page.text.contains(&format!("nonce=\"{nonce}\"")), "{nonce}");
        assert!(nonces.insert(nonce), "a nonce is never drawn twice");
    }
}

#[tokio::test]
async fn files_of_the_console_are_kept_and_what_is_gone_is_no_page() {
    let db = Db::new(Kind::Sqlite);
    let app = App::start(&db).await;
    let gone = get(&app, "/console/assets/app-00000000.js", &[]).await;
    assert_eq!((gone.status, gone.header("content-type")), (404, "application/problem+json"));
    let page = get(&app, "/console/", &[]).await;
    if !is_built(&page) {
        return;
    }
    let script = page.text.split("src=\"").nth(1).and_then(|rest| rest.split('"').next());
    let script = script.expect("a script");
    let plain = get(&app, script, &[]).await;
    assert_eq!((plain.status, plain.header("content-encoding")), (200, ""));
    assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(plain.header("content-type"), "text/javascript; charset=utf-8");
    let packed = get(&app, script, &[("accept-encoding", "gzip, br")]).await;
    assert_eq!((packed.status, packed.header("content-encoding")), (200, "br"));
    assert!(
        packed.header("content-length").parse::<usize>().expect("a length") < plain.text.len() / 2
    );
    let icon = get(&app, "/console/icon.svg", &[]).await;
    assert_eq!((icon.status, icon.header("cache-control")), (200, "no-cache"));
    let again = get(&app, "/console/icon.svg", &[("if-none-match", icon.header("etag"))]).await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
}

#[tokio::test]
async fn the_front_door_leads_to_the_console_and_shops_may_be_framed_by_it() {
    let db = Db::new(Kind::Sqlite);
    let app = App::start(&db).await;
    let door = get(&app, "/", &[("accept", "text/html")]).await;
    assert!(door.status == 200 && door.text.contains("href=\"/console/\""), "{}", door.text);
    assert!(door.header("content-security-policy").ends_with("frame-ancestors 'self'"));
    assert_eq!(door.header("x-frame-options"), "SAMEORIGIN");
    let told = get(&app, "/", &[("accept", "application/json")]).await;
    assert!(told.text.contains("\"console\":\"/console/\""), "{}", told.text);
}
