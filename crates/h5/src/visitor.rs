//! Who looks: the language, the signed cookies, the address; and the shop, once it is known.

use crate::cookies::{Guest, kept};
use crate::front::{Front, spoken};
use crate::guesses::Guess;
use crate::shop::shelves;
use crate::site::Site;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use domain::context::{Actor, Origin};
use domain::idempotency::IdempotencyKey;
use domain::order::Visit;
use domain::resource::registry::of;
use domain::resource::{Resource, Row, typed};
use domain::shop::{ShopLanguages, ShopMessages, ShopStyle};
use domain::till::guess::NoteGuesses;
use domain::{Listed, Reply};
use edge::App;
use edge::address::network;
use edge::link::tenant_of;
use edge::problem::{ErrorCode, Problem};
use engine::Engine;
use kernel::{DeviceId, RequestId, Tenant};
use pages::{Frame, Lang};
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use store::Reader;

/// The cookie with the language that was chosen.
pub const LANG_COOKIE: &str = "tessera_lang";

/// A buyer's browser, for the time of one request.
#[derive(Clone)]
pub struct Visitor {
    site: Site,
    request: RequestId,
    /// The languages that he would like, the dearest first.
    wanted: Vec<Lang>,
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
    pub fn of(site: &Site, parts: &Parts) -> Self {
        let app = &site.app;
        let request = parts.extensions.get::<RequestId>().copied();
        let request = request.unwrap_or_else(|| RequestId(app.engine().draw()));
        let (here, asked) = without_lang(parts);
        let before = || kept(&parts.headers, LANG_COOKIE, LANG_COOKIE).next();
        let chosen = asked.clone().or_else(before);
        let browser = || parts.headers.get(ACCEPT_LANGUAGE)?.to_str().ok().map(str::to_owned);
        let wanted = Lang::asked(&chosen.or_else(browser).unwrap_or_default()).collect();
        Self {
            request,
            wanted,
            lang_asked: asked.is_some(),
            here,
            guest: Guest::read(&app.engine().vault(), &parts.headers),
            nonce: kernel::id::encode(&app.engine().draw()),
            headers: Arc::new(parts.headers.clone()),
            address: app.settings().trusted_proxies.caller(parts),
            shop: Arc::default(),
            site: site.clone(),
        }
    }

    /// What the pages speak: of the languages that the shop offers, once it is known.
    pub fn lang(&self) -> Lang {
        spoken(self.shop.get(), &self.wanted)
    }

    /// The language that a cookie remembers, whether or not the shop offers it.
    pub fn lang_to_keep(&self) -> Lang {
        spoken(None, &self.wanted)
    }

    /// The application.
    pub fn app(&self) -> &App {
        &self.site.app
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        self.app().engine()
    }

    /// Answers questions about stored rows.
    pub fn reader(&self) -> &Reader {
        self.app().engine().reader()
    }

    /// The request, as logs and journal name it.
    pub fn request(&self) -> RequestId {
        self.request
    }

    /// Whether browsers reach us by HTTPS only, so that cookies go nowhere else.
    pub fn is_secure(&self) -> bool {
        self.app().is_secure()
    }

    /// The headers that the browser sent.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The address from which the browser asks.
    pub fn address(&self) -> Option<IpAddr> {
        self.address
    }

    /// The visitor as he is counted and recorded: tags, never the address itself.
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

    /// Sends a command in the name of a store's device.
    pub async fn submit_at<V: Listed>(
        &self,
        (tenant, device): (Tenant, DeviceId),
        key: IdempotencyKey,
        verb: V,
    ) -> Result<Reply<V::Answer>, Problem> {
        Ok(self.engine().ask(self.origin_at(tenant, device), Some(key), verb).await?)
    }

    /// The same for what is executed again where it is repeated.
    pub async fn run_at<V: Listed>(
        &self,
        (tenant, device): (Tenant, DeviceId),
        verb: V,
    ) -> Result<V::Answer, Problem> {
        Ok(self.engine().run(self.origin_at(tenant, device), verb).await?)
    }

    /// Who sent a form: a token of ours is bound to the guest's cookie and the shop.
    pub fn sender_of_form(&self, front: &Front, token: &str) -> Result<Guest, Problem> {
        let vault = self.engine().vault();
        let ours = |guest: &Guest| guest.is_form_token(&vault, front.tenant, token);
        let detail = "the form is not of this browser, or the browser sends no cookie";
        self.guest.filter(ours).ok_or_else(|| Problem::new(ErrorCode::Forbidden, detail))
    }

    /// Whether a code may be tried; where not, that is recorded.
    pub async fn may_guess(&self, guess: &Guess) -> Result<bool, Problem> {
        let now = self.engine().now();
        if self.site.guesses.may(guess, now) {
            return Ok(true);
        }
        if let Some(told) = self.site.guesses.refused(guess, now) {
            self.run(guess.tenant, NoteGuesses(told)).await?;
        }
        Ok(false)
    }

    /// Counts a code that opened nothing.
    pub fn guessed(&self, guess: &Guess) {
        self.site.guesses.failed(guess, self.engine().now());
    }

    fn origin_at(&self, tenant: Tenant, device: DeviceId) -> Origin {
        let actor = Some(Actor::Device(device));
        Origin { tenant, request: self.request, actor, address: self.address }
    }

    fn origin(&self, tenant: Tenant) -> Origin {
        Origin { tenant, request: self.request, actor: None, address: None }
    }

    /// Enters a shop by its public id.
    pub async fn enter(&self, shop: &str) -> Result<Front, Problem> {
        let tenant = tenant_of(shop).ok_or_else(|| Problem::not_found("shop"))?;
        self.enter_tenant(tenant).await
    }

    /// Enters the shop that an order was placed in.
    pub async fn enter_tenant(&self, tenant: Tenant) -> Result<Front, Problem> {
        let row = self.reader().tenant(tenant).await?;
        let row = row.ok_or_else(|| Problem::not_found("shop"))?;
        let kinds = [of::<ShopStyle>(), of::<ShopLanguages>(), of::<ShopMessages>()];
        let [style, languages, messages] = self.reader().the_ones(tenant, kinds).await?;
        let front = Front {
            tenant,
            name: row.name,
            style: said(&style)?,
            languages: said(&languages)?,
            messages: said(&messages)?,
            zone: row.zone,
            version: row.version,
        };
        // From here on a failure leads back to this shop.
        let _ = self.shop.set(front.clone());
        Ok(front)
    }

    /// Everything of a shop that is on the shelf.
    pub async fn listed(&self, front: &Front) -> Result<Arc<shelves::Listed>, Problem> {
        let tenant = front.tenant;
        let known = self.site.shelves.find(tenant);
        if let Some(known) = known.as_ref().filter(|known| known.version() >= front.version) {
            return Ok(Arc::clone(known));
        }
        let since = known.as_ref().map_or(-1, |known| known.version());
        let changed = self.reader().products_since(tenant, since).await?;
        let mut listed =
            known.map_or_else(shelves::Listed::default, |known| shelves::Listed::clone(&known));
        listed.take_in(front.version, changed);
        Ok(self.site.shelves.keep(tenant, listed))
    }

    /// What surrounds a page of the shop that was entered, or of none.
    pub fn frame(&self) -> Frame {
        let front = self.shop.get();
        Frame {
            lang: self.lang(),
            shop: Front::shop(front, self.lang()),
            origin: self.app().settings().base_url.clone(),
            here: self.here.clone(),
            nonce: self.nonce.clone(),
            zone: front.map_or_else(|| "Asia/Shanghai".to_owned(), |front| front.zone.clone()),
        }
    }
}

/// The visitor that [`super::middleware`] has made.
impl FromRequestParts<Site> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Self, Problem> {
        let visitor = parts.extensions.get::<Self>().cloned();
        visitor.ok_or_else(|| Problem::internal("a page without its surroundings"))
    }
}

fn said<T: Resource>(row: &Row) -> Result<T, Problem> {
    typed(row).ok_or_else(|| Problem::internal("what is stored of a shop is none of its kind"))
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
}
