//! Every list comes out as it is shown: its file equals the list walked by hand.

use super::table::{assert_cell, csv, walk, xlsx};
use super::{take, take_bytes};
use domain::identity::operator;
use domain::people::role::BuiltIn;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use testkit::requests::{Gives, REQUESTS};
use testkit::{App, Caller, Db, Fixture, Kind, on_both};

on_both!(
    every_list_comes_out_as_it_is_shown,
    a_workbook_says_the_same,
    formulas_are_defused,
    lists_of_the_operator_come_out,
);

/// Items without those that tell of exports: they come while we look.
fn without_exports(items: Vec<Value>) -> Vec<Value> {
    let of_export =
        |item: &Value| item["kind"].as_str().is_some_and(|kind| kind.starts_with("export."));
    items.into_iter().filter(|item| !of_export(item)).collect()
}

/// Lists of which the fixture has nothing: they begin with an edit, name people whom nobody asked for, or say what failed.
const EMPTY: [&str; 6] = [
    "approval_policy.history",
    "merchant_terms.history",
    "payments.exchanges",
    "people",
    "requests",
    "shop_languages.history",
];

/// The name of a list, and what a request filters it by.
fn asked(route: &str, path: &str) -> (String, Map<String, Value>) {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let (mut words, mut filter) = (Vec::new(), Map::new());
    for (word, sent) in route
        .trim_start_matches("GET /v1/")
        .split('/')
        .zip(path.trim_start_matches("/v1/").split('/'))
    {
        match word.strip_prefix('{') {
            Some(name) => drop(filter.insert(name.trim_end_matches('}').to_owned(), json!(sent))),
            None => words.push(word.replace('-', "_")),
        }
    }
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        if !["limit", "after"].contains(&name) {
            filter.insert(name.to_owned(), json!(value.replace("%2C", ",")));
        }
    }
    (words.join("."), filter)
}

/// Compares a file with its list.
async fn compare(by: &Caller, list: &str, filter: &Map<String, Value>, path: &str) -> usize {
    // The operator has no days of his own.
    let zone = if by.tenant == operator() { "+00:00" } else { "+08:00" };
    let file = take(by, &json!({ "list": list, "format": "csv", "filter": filter })).await;
    assert_eq!(file.content_type, "text/csv; charset=utf-8");
    let rows = csv(&file.text);
    let (head, rows) = rows.split_first().expect("a head");
    let kind = head.iter().position(|name| name == "kind");
    let rows: Vec<_> =
        rows.iter().filter(|row| !kind.is_some_and(|at| row[at].starts_with("export."))).collect();
    let items = without_exports(walk(by, path).await);
    assert_eq!(rows.len(), items.len(), "{list} {filter:?}: {}", file.text);
    for (row, item) in rows.iter().zip(&items) {
        assert_eq!(row.len(), head.len(), "{list}");
        for (column, cell) in head.iter().zip(*row) {
            assert_cell(column, cell, item, zone);
        }
    }
    rows.len()
}

async fn every_list_comes_out_as_it_is_shown(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let fixture = Fixture::new(&app, "ALPHA").await;
    db.followed().await;
    let mut left: BTreeMap<String, String> = BTreeMap::new();
    for by in [&fixture.shop, &fixture.owner] {
        let known = by.get("/v1/export-lists").await.json;
        let told = |one: &Value, word: &str| one[word].as_str().expect("a text").to_owned();
        let known = known["data"].as_array().expect("lists").iter();
        left.extend(known.map(|one| (told(one, "list"), told(one, "path"))));
    }
    let (mut compared, mut with_rows) = (BTreeSet::new(), BTreeSet::new());
    for ask in REQUESTS.iter().filter(|ask| ask.gives != Gives::Forbidden) {
        let path = fixture.fill(&fixture, ask.path);
        let (list, filter) = asked(ask.route, &path);
        if left.get(&list).is_none_or(|path| ask.route != format!("GET {path}")) {
            continue;
        }
        // The file is the whole list, from wherever a page of it begins.
        let (path, query) = path.split_once('?').unwrap_or((&path, ""));
        let kept = query
            .split('&')
            .filter(|pair| !pair.starts_with("limit=") && !pair.starts_with("after="));
        let kept = kept.filter(|pair| !pair.is_empty()).collect::<Vec<_>>().join("&");
        let path = if kept.is_empty() { path.to_owned() } else { format!("{path}?{kept}") };
        if compare(fixture.by(ask), &list, &filter, &path).await > 0 {
            with_rows.insert(list.clone());
        }
        compared.insert(list);
    }
    let left: BTreeSet<String> = left.into_keys().collect();
    assert_eq!(compared, left, "every list was compared");
    let empty: Vec<_> = left.difference(&with_rows).map(String::as_str).collect();
    assert_eq!(empty, EMPTY, "the fixture has something of every other list");
    app.stop().await;
    db.assert_sound().await;
}

async fn a_workbook_says_the_same(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let fixture = Fixture::new(&app, "ALPHA").await;
    for list in ["orders", "payments", "transfers", "products"] {
        let body = |format: &str| json!({ "list": list, "format": format });
        let text = csv(&take(&fixture.shop, &body("csv")).await.text);
        let book = xlsx(take_bytes(&fixture.shop, &body("xlsx")).await);
        assert_eq!(text.len(), book.len(), "{list}");
        for (text, book) in text.iter().zip(&book) {
            let same = |(text, book): (&String, &String)| {
                let number = |text: &str| text.parse::<f64>().ok();
                let text = text.strip_prefix('\'').unwrap_or(text);
                text == book || (number(text).is_some() && number(text) == number(book))
            };
            assert!(text.iter().zip(book).all(same), "{text:?}\n{book:?}");
        }
    }
    let body = json!({ "list": "orders", "format": "xlsx", "columns": ["total.currency", "total", "id"],
        "filter": { "state": "delivered" } });
    let book = xlsx(take_bytes(&fixture.shop, &body).await);
    assert_eq!(book[0], ["total.currency", "total", "id"]);
    assert!(
        book[1..]
            .iter()
            .any(|row| row[0] == "CNY" && row[1] == "39.8" && row[2] == fixture.names["order"])
    );
    app.stop().await;
}

async fn formulas_are_defused(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(1_990, json!({})).await;
    shop.stock(&sku, "A", 9).await;
    shop.credit("buyer", 1_000_000).await;
    let evil = ["=1+1", "+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "a,\"b\"", "-5", "'=1"];
    for id in evil {
        let mut body = Caller::order_body(&sku, 1, "buyer");
        body["external_id"] = json!(id);
        assert_eq!(shop.post("/v1/orders", &body).await.status, 201, "{id}");
    }
    let body = |format: &str| json!({ "list": "orders", "format": format, "columns": ["external_id", "total"], "filter": { "sort": "created_at" } });
    let rows = csv(&take(&shop, &body("csv")).await.text);
    let told: Vec<_> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    let defused =
        ["'=1+1", "'+1", "'-1+1", "'@SUM(A1)", "'=cmd|' /C calc'!A0", "a,\"b\"", "-5", "'=1"];
    assert_eq!(told, defused);
    assert!(rows[1..].iter().all(|row| row[1] == "19.90"), "{rows:?}");
    // A workbook's texts are no formulas, whatever they begin with; numbers are numbers.
    let rows = xlsx(take_bytes(&shop, &body("xlsx")).await);
    let told: Vec<_> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(told, evil);
    assert!(rows[1..].iter().all(|row| row[1] == "19.9"), "{rows:?}");
    app.stop().await;
}

async fn lists_of_the_operator_come_out(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let (shop, _) = (app.merchant("星河").await, app.merchant("北辰").await);
    let system = app.signed_in("system@operator.example", operator(), &[BuiltIn::System]).await;
    let path = "/v1/merchants";
    assert_eq!(compare(&system, "merchants", &Map::new(), path).await, 2);
    let by_key = shop.post("/v1/exports", &json!({ "list": "merchants", "format": "csv" })).await;
    assert_eq!((by_key.status, by_key.code()), (403, "forbidden"), "{}", by_key.text);
    app.stop().await;
}
