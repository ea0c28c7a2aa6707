//! `bench saves` and `bench lists`: edits of a kind of which a merchant has as many as he may, and pages of its list.

use super::asker::Asker;
use super::load::MakeRequest;
use super::operation::Operation;
use super::server::Server;
use super::setup::Api;
use super::{Work, run_name};
use anyhow::{Context, Result};
use hyper::{Method, Uri};
use kernel::limits::{APPLIED_RESOURCES_MAX, PAGE_ITEMS_MAX, RESOURCES_MAX};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

const OFFERS: &str = "/v1/sample_offers";
/// A prime, so that one edit after the other meets another offer.
const STEP: u64 = 7_919;

#[derive(Deserialize)]
struct Page {
    next: Option<String>,
}

/// Makes as many offers as a merchant may have and answers what the connections do.
pub async fn prepare(work: Work, server: &Server) -> Result<Operation> {
    let api = Api::new(&server.ready.url, server.secret_key()?);
    make_offers(&api).await?;
    let asker = server.asker()?;
    Ok(Operation::One(match work {
        Work::Lists => lists(asker, pages(&api).await?),
        _ => saves(asker, run_name()),
    }))
}

async fn make_offers(api: &Api) -> Result<()> {
    let place = format!("spl_{:026}", 1);
    let body = json!({ "code": "BENCH", "name": "Bench", "seats": 9 });
    let first = json!({ "kind": "sample_place", "id": place, "body": body });
    let offer = |n: usize| {
        let body = json!({ "name": format!("Offer {n:05}"), "place": place, "percent": 20 });
        json!({ "kind": "sample_offer", "id": id(n as u64), "body": body })
    };
    api.apply(&json!({ "save": [first] })).await?;
    let all: Vec<Value> = (0..RESOURCES_MAX as usize).map(offer).collect();
    for some in all.chunks(APPLIED_RESOURCES_MAX) {
        api.apply(&json!({ "save": some })).await?;
    }
    Ok(())
}

/// The addresses of every page of the list, by name.
async fn pages(api: &Api) -> Result<Vec<Uri>> {
    let mut pages = Vec::new();
    let mut path = format!("{OFFERS}?sort=name&limit={PAGE_ITEMS_MAX}");
    loop {
        pages.push(Uri::try_from(path.as_str()).context("a page's address is no path")?);
        let page: Page = api.read(&path).await?;
        let Some(next) = page.next else { return Ok(pages) };
        path = format!("{OFFERS}?sort=name&limit={PAGE_ITEMS_MAX}&after={next}");
    }
}

fn id(n: u64) -> String {
    format!("smo_{n:026}")
}

fn lists(asker: Asker, pages: Vec<Uri>) -> MakeRequest {
    Arc::new(move |_, n| asker.bare(Method::GET, pages[(n % pages.len() as u64) as usize].clone()))
}

fn saves(asker: Asker, run: String) -> MakeRequest {
    Arc::new(move |connection, n| {
        let which = (n * STEP + connection as u64) % RESOURCES_MAX as u64;
        let uri = Uri::try_from(format!("{OFFERS}/{}", id(which))).unwrap_or_default();
        let body = format!(r#"{{"name":"{connection} {n}","percent":{}}}"#, n % 90 + 1);
        asker.once(Method::PATCH, uri, &format!("{run}-{connection}-{n}"), body)
    })
}
