//! The front door: a page that says what this is and where to go, and the same to programs.

use super::middleware::{Answer, Paged, wants_page};
use super::visitor::Visitor;
use pages::page::door::{DoorPage, DoorShop};
use serde_json::json;

/// The reference of the API.
const REFERENCE: &str = "/docs";
/// Where merchants' people work.
const CONSOLE: &str = "/console/";

/// `GET /`
pub async fn door(visitor: Visitor) -> Paged {
    let demo = visitor.app().demo();
    let shops = demo.iter().flat_map(|demo| demo.shops.iter());
    if !wants_page(visitor.headers()) {
        let shops: Vec<_> =
            shops.map(|(name, path)| json!({ "name": name, "path": path })).collect();
        let said = json!({
            "name": "Tessera",
            "version": env!("CARGO_PKG_VERSION"),
            "console": CONSOLE,
            "reference": REFERENCE,
            "openapi": "/openapi.json",
            "shops": shops,
        });
        return Ok(Answer::json(&said));
    }
    let shops = shops.map(|(name, path)| DoorShop { name: name.clone(), path: path.clone() });
    Ok(Answer::page(&DoorPage {
        frame: visitor.frame(),
        shops: shops.collect(),
        keys: demo.as_ref().and_then(|demo| demo.keys.clone()),
        console: CONSOLE,
        reference: REFERENCE,
    }))
}
