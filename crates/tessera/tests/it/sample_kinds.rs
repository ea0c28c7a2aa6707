//! Kinds that show how a kind is added: `demo --sample-kinds` serves them and nobody else does; what was made of them is read
//! and checked all the same.

use crate::process::{Server, arg, printed, run};
use crate::program::folder;
use serde_json::{Value, json};

fn plurals(told: &Value) -> Vec<&str> {
    let kinds = told["data"].as_array().expect("kinds").iter();
    kinds.filter_map(|kind| kind["plural"].as_str()).collect()
}

#[tokio::test]
async fn sample_kinds_are_served_where_they_are_asked_for() {
    let folder = folder();
    let data = folder.path().join("data");
    let plain = ["demo", "--data", arg(&data)];
    let asked = [&plain[..], &["--sample-kinds"]].concat();
    let server = Server::start(folder.path(), &asked).await;
    let shop = server.merchant(0);
    let told = shop.get("/v1/resources").await;
    let served = plurals(&told.json);
    for plural in ["shop", "sample_places", "sample_offers", "products", "skus"] {
        assert!(served.contains(&plural), "{plural}: {served:?}");
    }
    let place = shop.post("/v1/sample_places", &json!({ "code": "P-1", "name": "店" })).await;
    assert_eq!(place.status, 201, "{}", place.text);
    let offer = json!({ "name": "八折", "place": place.json["id"], "percent": 20, "secret": "a long secret" });
    let offer = shop.post("/v1/sample_offers", &offer).await;
    assert_eq!(
        (offer.status, &offer.json["secret"]["hint"]),
        (201, &json!("cret")),
        "{}",
        offer.text
    );
    server.stop().await;

    let server = Server::start(folder.path(), &plain).await;
    let shop = server.merchant(0);
    let told = shop.get("/v1/resources").await;
    let own = [
        "roles",
        "staff",
        "staff_networks",
        "operator_grants",
        "approval_policy",
        "shop",
        "shop_languages",
        "shop_messages",
        "merchant_terms",
        "payment-accounts",
        "offline_transfer",
        "stores",
        "products",
        "skus",
    ];
    assert_eq!(plurals(&told.json), own);
    assert_eq!(shop.get("/v1/sample_places").await.status, 404);
    let database = server.ready["database_url"].as_str().expect("a database").to_owned();
    server.stop().await;
    let output = run(&["verify", "--database", &database]);
    assert!(output.status.success(), "{:?}", printed(&output));
}
