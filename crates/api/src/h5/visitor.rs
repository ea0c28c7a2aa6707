//! Who looks: the language, the signed cookies, the address; and the shop, once it is known.

use super::cookies::{Guest, kept};
use super::entry::Front;
use crate::App;
use crate::address::network;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use domain::context::Origin;
use domain::idempotency::IdempotencyKey;
use domain::order::Visit;
use domain::{Listed, Reply};
use engine::Engine;
use kernel::{RequestId, Tenant};
use pages::{Frame, Lang};
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use store::Reader;

/// The cookie with the language that was chosen.
pub const LANG_COOKIE: &str = "tessera_lang";

/// A buyer's browser, for the time of one request.
#[derive(Clone)]
pub struct Visitor {
    app: App,
    request: RequestId,
    /// What the pages speak.
    pub lang: Lang,
    /// Whether the address of the page says so; a cookie then remembers it.
    pub lang_asked: bool,
    /// Path and query of the page without `lang`.
    pub here: String,
    /// The browser's guest, if it has been here before.
    pub guest: Option<Guest>,
    /// Carried by what is inline in the answer.
    pub nonce: String,
    headers: Arc<HeaderMap>,
    address: Option<IpAddr>,
    /// The shop that a failure's page leads back to.
    shop: Arc<OnceLock<Front>>,
}

impl Visitor {
    /// Reads a request; nothing in it can be so wrong that there is no visitor.
    pub fn of(app: &App, parts: &Parts) -> Self {
        let request = parts.extensions.get::<RequestId>().copied();
        let request = request.unwrap_or_else(|| RequestId(app.engine().draw()));
        let (here, asked) = without_lang(parts);
        let before = || kept(&parts.headers, LANG_COOKIE, LANG_COOKIE).next();
        let chosen = asked.clone().or_else(before);
        let browser = || parts.headers.get(ACCEPT_LANGUAGE)?.to_str().ok().map(str::to_owned);
        let lang = Lang::preferred(&chosen.or_else(browser).unwrap_or_default());
        Self {
            request,
            lang,
            lang_asked: asked.is_some(),
            here,
            guest: Guest::read(&app.engine().vault(), &parts.headers),
            nonce: kernel::id::encode(&app.engine().draw()),
            headers: Arc::new(parts.headers.clone()),
            address: app.settings().trusted_proxies.caller(parts),
            shop: Arc::default(),
            app: app.clone(),
        }
    }

    /// The application.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        self.app.engine()
    }

    /// Answers questions about stored rows.
    pub fn reader(&self) -> &Reader {
        self.app.engine().reader()
    }

    /// The request, as logs and journal name it.
    pub fn request(&self) -> RequestId {
        self.request
    }

    /// Whether browsers reach us by HTTPS only, so that cookies go nowhere else.
    pub fn is_secure(&self) -> bool {
        self.app.is_secure()
    }

    /// The headers that the browser sent.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The address from which the browser asks.
    pub fn address(&self) -> Option<IpAddr> {
        self.address
    }

    /// From where a guest asks, as it is counted and recorded: tags, never the address itself.
    pub fn visit(&self, tenant: Tenant, guest: Guest) -> Visit {
        let vault = self.engine().vault();
        let address = self.address.map(|address| network(address).to_string());
        Visit {
            address: vault.visit_tag(tenant, &address.unwrap_or_default()),
            device: vault.visit_tag(tenant, &guest.name()),
            person: None,
        }
    }

    /// Sends a command that may be a repeat, in a shop's book, and waits until what came of it is durable.
    pub async fn submit<V: Listed>(
        &self,
        tenant: Tenant,
        key: IdempotencyKey,
        verb: V,
    ) -> Result<Reply<V::Answer>, Problem> {
        Ok(self.engine().ask(self.origin(tenant), Some(key), verb).await?)
    }

    /// Sends a command that is executed again where it is repeated.
    pub async fn run<V: Listed>(&self, tenant: Tenant, verb: V) -> Result<V::Answer, Problem> {
        Ok(self.engine().run(self.origin(tenant), verb).await?)
    }

    fn origin(&self, tenant: Tenant) -> Origin {
        Origin { tenant, request: self.request, actor: None }
    }

    /// From here on a failure leads back to this shop.
    pub fn enters(&self, front: &Front) {
        let _ = self.shop.set(front.clone());
    }

    /// What surrounds a page of the shop that was entered, or of none.
    pub fn frame(&self) -> Frame {
        let front = self.shop.get();
        Frame {
            lang: self.lang,
            shop: Front::shop(front, self.lang),
            origin: self.app.settings().base_url.clone(),
            here: self.here.clone(),
            nonce: self.nonce.clone(),
            zone: front.map_or_else(|| "Asia/Shanghai".to_owned(), |front| front.zone.clone()),
        }
    }
}

/// The visitor that [`super::around`] has made.
impl FromRequestParts<App> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let visitor = parts.extensions.get::<Self>().cloned();
        visitor.ok_or_else(|| Problem::internal("a page without its surroundings"))
    }
}

/// The value of a cookie; the first of a name wins.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut found = pairs(headers).filter(|(found, _)| *found == name);
    found.next().map(|(_, value)| value.to_owned())
}

/// The names of all cookies, in the order in which the browser sends them: those that it had first come first.
pub fn names(headers: &HeaderMap) -> impl Iterator<Item = String> {
    pairs(headers).map(|(name, _)| name.to_owned())
}

fn pairs(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.trim(), value.trim()))
}

/// Path and query without `lang`, and the language that it asks for.
fn without_lang(parts: &Parts) -> (String, Option<String>) {
    let pairs = parts.uri.query().unwrap_or("").split('&').filter(|pair| !pair.is_empty());
    let (asked, rest): (Vec<&str>, Vec<&str>) = pairs.partition(|pair| pair.starts_with("lang="));
    let asked = asked.first().map(|pair| pair.trim_start_matches("lang=").to_owned());
    let path = parts.uri.path();
    let here = if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) };
    (here, asked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn check(uri: &str, here: &str, asked: Option<&str>) {
        let request = Request::builder().uri(uri).body(()).expect("a request");
        let (parts, ()) = request.into_parts();
        assert_eq!(without_lang(&parts), (here.to_owned(), asked.map(str::to_owned)), "{uri}");
    }

    #[test]
    fn the_language_is_taken_out_of_the_address() {
        check("/s/x", "/s/x", None);
        check("/s/x?lang=en", "/s/x", Some("en"));
        check("/s/x?sku=a&lang=en&quantity=2", "/s/x?sku=a&quantity=2", Some("en"));
        check("/s/x?slang=en", "/s/x?slang=en", None);
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "a=1; lang=en; tessera_lang=zh-CN".parse().expect("a header"));
        headers.append(COOKIE, "b = 2".parse().expect("a header"));
        assert_eq!(cookie(&headers, "lang").as_deref(), Some("en"));
        assert_eq!(cookie(&headers, "b").as_deref(), Some("2"));
        assert_eq!(cookie(&headers, "ang"), None);
    }
}
