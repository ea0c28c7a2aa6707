//! Lists: filtered and sorted by declared keys, in pages that miss nothing and show nothing twice.

use super::{PLACES, refused, shop};
use serde_json::{Value, json};
use testkit::{Caller, Db, Kind, on_both};

on_both!(lists_are_filtered_sorted_and_paged);

/// Every item of a list, page by page.
async fn walk(shop: &Caller, query: &str) -> Vec<Value> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let page = shop.get(&format!("{PLACES}?limit=4&{query}{after}")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        let items = page.json["data"].as_array().expect("items");
        assert!(items.len() <= 4, "{}", page.text);
        all.extend(items.iter().cloned());
        match page.json["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return all,
        }
    }
}

fn codes(items: &[Value]) -> Vec<&str> {
    items.iter().filter_map(|item| item["code"].as_str()).collect()
}

async fn lists_are_filtered_sorted_and_paged(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let mut made = Vec::new();
    for n in 0..15 {
        let code = format!("P-{:02}", (n * 7) % 15);
        let name = ["b", "a", "店"][n % 3];
        let answer = shop.post(PLACES, &json!({ "code": code, "name": name })).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        made.push(code);
    }
    made.reverse();
    assert_eq!(codes(&walk(&shop, "").await), made, "newest first");
    let sorted: Vec<String> = (0..15).map(|n| format!("P-{n:02}")).collect();
    assert_eq!(codes(&walk(&shop, "sort=code").await), sorted);
    let down: Vec<String> = sorted.iter().rev().cloned().collect();
    assert_eq!(codes(&walk(&shop, "sort=-code").await), down);
    let names = walk(&shop, "sort=name").await;
    let names: Vec<_> = names.iter().filter_map(|item| item["name"].as_str()).collect();
    assert_eq!(names, [["a"; 5], ["b"; 5], ["店"; 5]].concat());

    let filtered = walk(&shop, "name=a").await;
    assert!(filtered.len() == 5 && filtered.iter().all(|item| item["name"] == "a"));
    let both = walk(&shop, "name=a&sort=-code").await;
    assert_eq!(both.len(), 5);
    assert!(codes(&both).is_sorted_by(|a, b| a > b), "{both:?}");
    assert_eq!(walk(&shop, "name=a&code=P-07").await.len(), 1);
    assert_eq!(walk(&shop, "name=b&code=P-07").await, Vec::<Value>::new());

    let unknown = shop.get(&format!("{PLACES}?colour=red")).await;
    refused(&unknown, 422, "invalid", "colour");
    let detail = unknown.json["errors"][0]["detail"].as_str().expect("a cure");
    assert!(detail.contains("`code`") && detail.contains("`name`"), "{detail}");
    refused(&shop.get(&format!("{PLACES}?sort=seats")).await, 422, "invalid", "sort");
    refused(&shop.get(&format!("{PLACES}?after=x")).await, 422, "invalid", "after");
    app.stop().await;
    db.assert_sound().await;
}
