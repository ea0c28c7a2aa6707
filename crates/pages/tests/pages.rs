//! What holds for every page in every state and language: it is small, it escapes, it needs nothing from
//! elsewhere, and it reads well without JavaScript.

#[path = "../examples/gallery/samples.rs"]
mod samples;

use flate2::{Compression, write::GzEncoder};
use pages::{Lang, content_security_policy};
use samples::{Shown, Teller, all};
use scraper::{Html, Selector};
use std::io::Write;

const PAGE_BYTES_MAX: usize = 40_000;

const HOSTILE: [&str; 5] = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "\u{202e}اسم طويل\u{202c} 👩‍👩‍👧‍👦 {{ w }} {% if %} \u{0}",
    "",
];

fn every(hostile: Option<&'static str>) -> Vec<Shown> {
    let in_lang = |lang: Lang| {
        let named = move |(name, html)| (format!("{name} {}", lang.tag()), html);
        all(Teller { lang, hostile }).into_iter().map(named)
    };
    Lang::ALL.into_iter().flat_map(in_lang).collect()
}

fn found(document: &Html, selector: &str) -> usize {
    document.select(&Selector::parse(selector).expect("a selector of this test")).count()
}

#[test]
fn a_page_is_at_most_forty_kilobytes() {
    for (name, html) in every(None) {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(html.as_bytes()).expect("memory takes it");
        let bytes = gzip.finish().expect("memory takes it").len();
        assert!(bytes <= PAGE_BYTES_MAX, "{name}: {bytes} bytes");
        assert!(bytes > 1_000, "{name}: {bytes} bytes is no page");
    }
}

#[test]
fn hostile_texts_stay_texts() {
    let tame: Vec<_> =
        every(None).iter().map(|(_, html)| shape(&Html::parse_document(html))).collect();
    let long: &'static str = Box::leak("长名".repeat(250).into_boxed_str());
    for hostile in HOSTILE.into_iter().chain([long]) {
        for ((name, html), tame) in every(Some(hostile)).into_iter().zip(&tame) {
            let document = Html::parse_document(&html);
            assert_eq!(shape(&document)[0], tame[0], "{name}: a script came in with {hostile:?}");
            for selector in
                ["[onerror]", "[onclick]", "img[src=x]", "a[href^='javascript:']", "[style]"]
            {
                assert_eq!(found(&document, selector), 0, "{name}: {selector} with {hostile:?}");
            }
            assert_eq!(found(&document, "main"), 1, "{name}: the page broke with {hostile:?}");
        }
    }
}

/// Scripts without what only an open code brings, so that texts cannot hide one.
fn shape(document: &Html) -> [usize; 1] {
    [found(document, "script")]
}

#[test]
fn every_page_is_whole_and_asks_nobody_else() {
    for (name, html) in every(None) {
        let document = Html::parse_document(&html);
        assert!(document.errors.is_empty(), "{name}: {:?}", document.errors);
        for one in
            ["html[lang]", "title", "main", "h1", "meta[name=description]", "meta[name=viewport]"]
        {
            assert_eq!(found(&document, one), 1, "{name}: {one}");
        }
        for none in [
            "img:not([width])",
            "img:not([height])",
            "img:not([alt])",
            "script[src]",
            "link[rel=stylesheet]",
            "style:not([nonce])",
            "script:not([nonce])",
            "img[src^=http]",
            "form:not([method])",
        ] {
            assert_eq!(found(&document, none), 0, "{name}: {none}");
        }
        let forms = found(&document, "form");
        assert!(found(&document, "form button") >= forms, "{name}: a form without its button");
    }
}

#[test]
fn five_hundred_codes_are_one_small_page_and_longer_ones_a_file() {
    for (name, html) in every(None) {
        let document = Html::parse_document(&html);
        if name.starts_with("order-many-codes") {
            assert!(html.len() <= 60_000, "{name}: {} bytes", html.len());
            assert_eq!(found(&document, ".codes code"), 500, "{name}");
            assert_eq!(found(&document, "[data-all]"), 1, "{name}");
        }
        if name.starts_with("order-file") {
            assert!(html.len() <= 60_000, "{name}: {} bytes", html.len());
            assert_eq!(found(&document, "code"), 0, "{name}");
            assert_eq!(found(&document, "form[action=file] .go"), 1, "{name}");
        }
    }
}

#[test]
fn a_sealed_code_is_not_on_the_page() {
    let order = |wanted: &str| {
        every(None).into_iter().find(|(name, _)| name == wanted).map(|(_, html)| html)
    };
    let sealed = order("order zh-CN").expect("it is in the gallery");
    let open = order("order-revealed zh-CN").expect("it is in the gallery");
    for secret in ["6F7G8H9JKLMN", "8213045577310946"] {
        assert!(!sealed.contains(secret) && open.contains(secret));
    }
    let document = Html::parse_document(&sealed);
    assert_eq!(found(&document, "form[method=post] button"), 1);
}

#[test]
fn an_order_tells_how_it_is_found_again_and_every_list_leads_there() {
    for (name, html) in every(None) {
        let document = Html::parse_document(&html);
        let state = name.split(' ').next().unwrap_or_default();
        if state == "cashier" || state == "order" || state == "order-tickets" {
            assert!(html.contains("7F4K-9QZT</dd>"), "{name}");
            assert_eq!(found(&document, "button[data-copy$='7F4K-9QZT'][hidden]"), 1, "{name}");
        }
        if state.starts_with("orders") || state == "shop" {
            assert_eq!(found(&document, "main a[href='lookup.html']"), 1, "{name}");
        }
        if state.starts_with("lookup") {
            assert_eq!(found(&document, "form[method=post] input[required]"), 2, "{name}");
            assert_eq!(found(&document, "input[name=secret][value]"), 0, "{name}");
            assert_eq!(found(&document, "[role=alert]"), usize::from(state != "lookup"), "{name}");
        }
    }
}

#[test]
fn what_can_be_used_is_listed_and_the_rest_is_folded() {
    for (name, html) in every(None) {
        let document = Html::parse_document(&html);
        let listed = |selector: &str| found(&document, selector);
        let (usable, over) = match name.split(' ').next() {
            Some("orders") => (5, 3),
            Some("orders-over") => (0, 3),
            Some("orders-waiting" | "orders-empty") => (0, 0),
            _ => continue,
        };
        assert_eq!(listed("section > ul a"), usable, "{name}");
        assert_eq!(listed("details:not([open]) a"), over, "{name}");
        assert_eq!(listed("code"), 0, "{name}");
    }
}

#[test]
fn only_the_pages_of_the_shelf_may_be_found() {
    for (name, html) in every(None) {
        let public = name.starts_with("shop") || name.starts_with("product");
        assert_eq!(html.contains("noindex"), !public, "{name}");
    }
}

#[test]
fn each_language_leads_to_the_other() {
    for (name, html) in every(None) {
        let other = if name.ends_with("zh-CN") { "lang=en\"" } else { "lang=zh-CN\"" };
        assert!(html.contains(other), "{name}");
    }
}

#[test]
fn the_policy_names_the_nonce_and_nothing_unsafe() {
    let policy = content_security_policy("bm9uY2U");
    assert_eq!(policy.matches("'nonce-bm9uY2U'").count(), 2);
    assert!(policy.contains("form-action 'self'"));
    assert!(!policy.contains("unsafe") && policy.starts_with("default-src 'none'"));
}
