//! `bench saves` and `bench lists`: edits of a kind of which a merchant has as many as he may, and pages of its list.

use super::load::MakeRequest;
use super::operation::Operation;
use super::server::Server;
use super::setup::Api;
use super::{Work, run_name};
use anyhow::{Context, Result};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, HeaderValue};
use hyper::{Method, Request, Uri};
use kernel::limits::{APPLIED_RESOURCES_MAX, PAGE_ITEMS_MAX, RESOURCES_MAX};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

const OFFERS: &str = "/v1/sample_offers";
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
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
    let maker = Maker::new(&server.address()?.to_string(), server.secret_key()?)?;
    Ok(Operation::One(match work {
        Work::Lists => maker.lists(pages(&api).await?),
        _ => maker.saves(run_name()),
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

/// What all requests share.
struct Maker {
    host: HeaderValue,
    authorization: HeaderValue,
}

impl Maker {
    fn new(host: &str, key: &str) -> Result<Self> {
        let authorization = HeaderValue::from_str(&format!("Bearer {key}")).context("a key")?;
        Ok(Self { host: HeaderValue::from_str(host).context("a host")?, authorization })
    }

    fn request(&self, method: Method, uri: Uri, body: Bytes) -> Request<Full<Bytes>> {
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        request.headers_mut().insert(HOST, self.host.clone());
        request.headers_mut().insert(AUTHORIZATION, self.authorization.clone());
        request
    }

    fn lists(self, pages: Vec<Uri>) -> MakeRequest {
        Arc::new(move |_, n| {
            let page = pages[(n % pages.len() as u64) as usize].clone();
            self.request(Method::GET, page, Bytes::new())
        })
    }

    fn saves(self, run: String) -> MakeRequest {
        Arc::new(move |connection, n| {
            let which = (n * STEP + connection as u64) % RESOURCES_MAX as u64;
            let path = format!("{OFFERS}/{}", id(which));
            let body = format!(r#"{{"name":"{connection} {n}","percent":{}}}"#, n % 90 + 1);
            let uri = Uri::try_from(path).unwrap_or_default();
            let mut request = self.request(Method::PATCH, uri, Bytes::from(body));
            let json = HeaderValue::from_static("application/json");
            request.headers_mut().insert(CONTENT_TYPE, json);
            let key = HeaderValue::from_str(&format!("{run}-{connection}-{n}"));
            request.headers_mut().extend(key.ok().map(|key| (IDEMPOTENCY_KEY, key)));
            request
        })
    }
}
