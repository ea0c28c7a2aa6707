//! Who calls, and whether his key or his roles allow what the route does.
//!
//! What a route asks of its callers is its [`RoutePolicy`](crate::policy::RoutePolicy).

mod acting;
pub mod browser;
pub mod keys;
mod listener;
mod person;
pub mod place;
pub mod refused;
pub mod sessions;

pub use acting::{Acting, calling};
pub use listener::Listener;
pub use person::{named_merchant, signed_in, stepped_up};

use crate::app::{App, Settings};
use crate::approval::{self, Approved, Kept};
use crate::idempotency::Once;
use crate::limit;
use crate::listen::Connection;
use crate::policy::RouteState;
use crate::problem::{ErrorCode, Problem};
use crate::requests;
use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, header, request::Parts};
use deliver::payment::Begun;
use domain::approval::Wanted;
use domain::approval::standing::Standing;
use domain::context::{Actor, Origin};
use domain::idempotency::{IdempotencyKey, OutcomeKind};
use domain::identity::{ApiKey, Scope, operator};
use domain::people::rights::{Limit, Rights};
use domain::{Listed, Refusal, Reply};
use engine::{Engine, EngineError};
use files::Files;
use kernel::{ApprovalId, RequestId, Tenant};
use keys::{InUse, Keys};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use store::Reader;
use vault::Vault;

/// A caller who has the route's scope: a program with its key, or a person who is signed in.
pub struct Caller {
    app: App,
    tenant: Tenant,
    who: Who,
    request: RequestId,
    address: Option<IpAddr>,
    asks: Asks,
}

/// How a caller's acts are decided about.
enum Asks {
    /// By the rules alone.
    Alone,
    /// What wants a second person waits for him.
    Kept(Arc<Kept>),
    /// A second person says yes.
    Approved(Arc<Approved>),
}

/// Who calls.
#[derive(Clone)]
enum Who {
    Key(Arc<ApiKey>),
    Person { standing: Standing, rights: Arc<Rights> },
}

impl Caller {
    /// The merchant in the mode of the key, or where the person acts.
    pub fn tenant(&self) -> Tenant {
        self.tenant
    }

    /// Whether the caller has a scope beside the route's own.
    pub fn may(&self, scope: Scope) -> Result<(), Problem> {
        self.who.may(self.tenant, scope)
    }

    /// Whether the caller sees what things cost the merchant.
    pub fn sees_costs(&self) -> bool {
        self.may(Scope::CostsRead).is_ok()
    }

    /// The largest amount that the caller may give back, in minor units; none without a limit.
    pub fn refund_up_to(&self) -> Option<i64> {
        match &self.who {
            Who::Key(_) => None,
            Who::Person { rights, .. } => match rights.refund() {
                Limit::UpTo(most) => Some(most),
                Limit::Unlimited => None,
            },
        }
    }

    /// What a person may do who asks for it; none where a program asks.
    pub fn rights(&self) -> Option<Rights> {
        match &self.who {
            Who::Key(_) => None,
            Who::Person { rights, .. } => Some(Rights::clone(rights)),
        }
    }

    /// The application.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// What the configuration says.
    pub fn settings(&self) -> &Settings {
        self.app.settings()
    }

    /// Pictures that merchants uploaded.
    pub fn files(&self) -> &Files {
        self.app.files()
    }

    /// The engine, for work that is done here and now.
    pub fn engine(&self) -> &Engine {
        self.app.engine()
    }

    /// Answers questions about stored rows.
    pub fn reader(&self) -> &Reader {
        self.app.engine().reader()
    }

    /// Seals secrets and makes tags.
    pub fn vault(&self) -> Arc<Vault> {
        self.app.engine().vault()
    }

    /// Opens these secrets.
    pub async fn vault_for<'a>(&self, sealed: impl IntoIterator<Item = &'a [u8]>) -> Arc<Vault> {
        self.app.engine().vault_for(sealed).await
    }

    /// The keys in use.
    pub fn keys(&self) -> &Keys {
        self.app.keys()
    }

    /// What the test channel was told of payments that were begun here.
    pub fn begun(&self) -> &Begun {
        self.app.begun()
    }

    /// Sends a command that may be a repeat and waits until what came of it is durable.
    pub async fn submit<V: Listed>(
        &self,
        once: Option<Once>,
        verb: V,
    ) -> Result<Reply<V::Answer>, Problem> {
        let idempotency = once.map(|once| once.of(self.tenant(), &self.vault()));
        self.send(idempotency, verb).await
    }

    /// Sends a command that is executed again where it is repeated.
    pub async fn run<V: Listed>(&self, verb: V) -> Result<V::Answer, Problem> {
        match self.send(None, verb).await? {
            Reply::New(answer) => Ok(answer),
            Reply::Replayed(_) => {
                Err(Problem::internal(format_args!("{} was taken for a repeat", V::NAME)))
            }
        }
    }

    /// Sends a command. What wants a second person waits for him, and that is told in place of an answer.
    async fn send<V: Listed>(
        &self,
        idempotency: Option<IdempotencyKey>,
        verb: V,
    ) -> Result<Reply<V::Answer>, Problem> {
        if let Asks::Approved(approved) = &self.asks {
            return approved.send(&self.app, self.origin(), verb).await.map(Reply::New);
        }
        match self.app.engine().ask(self.origin(), idempotency, verb).await {
            Err(EngineError::Refused(Refusal::SecondPerson(wanted))) => {
                Err(self.hold(wanted).await)
            }
            Ok(Reply::Replayed(before)) if before.kind == OutcomeKind::Approval => {
                Err(approval::repeated(self, ApprovalId(before.subject)).await)
            }
            sent => Ok(sent?),
        }
    }

    /// Whether a second person said yes: then the answer is kept for who asked, and he may read it later.
    pub fn is_answered_later(&self) -> bool {
        matches!(self.asks, Asks::Approved(_))
    }

    /// Keeps the request of an act that wants a second person; tells that it waits, or why it cannot.
    async fn hold(&self, wanted: Wanted) -> Problem {
        match &self.asks {
            Asks::Kept(kept) => approval::hold(self, kept, wanted).await,
            _ => Problem::internal("an act wants a second person and its request is not kept"),
        }
    }

    /// The person who calls, with the rows that give him his rights; none of a program.
    pub fn standing(&self) -> Option<&Standing> {
        match &self.who {
            Who::Key(_) => None,
            Who::Person { standing, .. } => Some(standing),
        }
    }

    /// The request's id.
    pub fn request(&self) -> RequestId {
        self.request
    }

    /// The same behind everybody's interactive commands; waits for room.
    pub async fn run_bulk<V: Listed>(&self, verb: V) -> Result<V::Answer, Problem> {
        Ok(self.app.engine().run_bulk(self.origin(), verb).await?)
    }

    /// Sends a command about the operator's own rows, of which people are; under the caller's name.
    pub async fn run_as_operator<V: Listed>(&self, verb: V) -> Result<V::Answer, Problem> {
        let origin = Origin { tenant: operator(), ..self.origin() };
        Ok(self.app.engine().run(origin, verb).await?)
    }

    /// Who asks.
    pub fn actor(&self) -> Actor {
        self.who.actor()
    }

    /// Who asks where, in which request.
    pub fn origin(&self) -> Origin {
        let (tenant, request, address) = (self.tenant, self.request, self.address);
        Origin { tenant, request, actor: Some(self.actor()), address }
    }
}

impl FromRequestParts<RouteState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, door: &RouteState) -> Result<Self, Problem> {
        let scope = door.access.scope;
        let scope = scope.ok_or_else(|| Problem::internal("the route asks for no scope"))?;
        let request = parts.extensions.get::<RequestId>().copied();
        let request = request.ok_or_else(|| Problem::internal("the request has no id"))?;
        let app = door.app.clone();
        if door.access.held
            && let Some(approved) = parts.extensions.get::<Arc<Approved>>().cloned()
        {
            let (tenant, who) = (approved.tenant, approved.who());
            who.may(tenant, scope)?;
            // From where he asked stands with the approval; whoever says yes is somewhere else.
            let (address, asks) = (None, Asks::Approved(approved));
            return Ok(Self { app, tenant, who, request, address, asks });
        }
        if let Some(acting) = parts.extensions.get::<Arc<Acting>>().cloned() {
            let (tenant, who) = (acting.tenant(), acting.who());
            who.may(tenant, scope)?;
            tell_hidden(parts, &who, tenant);
            return Ok(Self { app, tenant, who, request, address: None, asks: Asks::Alone });
        }
        let mut asks = Asks::Alone;
        let (tenant, who) = if parts.headers.contains_key(header::AUTHORIZATION) {
            let key = with_key(&app, parts).await?;
            (key.tenant, Who::Key(key))
        } else {
            let signed_in = person::signed_in(&app, parts).await?;
            let (tenant, rights, standing) = person::acts(&app, parts, &signed_in, scope).await?;
            if door.access.held {
                let kept = Arc::new(Kept::of(parts, scope));
                parts.extensions.insert(Arc::clone(&kept));
                asks = Asks::Kept(kept);
            }
            (tenant, Who::Person { standing, rights })
        };
        if let Some(connection) = parts.extensions.get::<Arc<Connection>>() {
            connection.vouch();
        }
        who.may(tenant, scope)?;
        tell_hidden(parts, &who, tenant);
        let address = app.settings().trusted_proxies.caller(parts);
        Ok(Self { app, tenant, who, request, address, asks })
    }
}

/// Whether the caller of a request lacks the scope to see what things cost. It is left for whoever asked for it.
#[derive(Clone, Default)]
pub struct HidesCosts(Arc<AtomicBool>);

impl HidesCosts {
    /// Whether the caller lacks it.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Leaves it for whoever asked whether costs are hidden from the caller.
fn tell_hidden(parts: &Parts, who: &Who, tenant: Tenant) {
    if let Some(hides) = parts.extensions.get::<HidesCosts>()
        && who.may(tenant, Scope::CostsRead).is_err()
    {
        hides.set();
    }
}

/// The key of a request, within its limit.
async fn with_key(app: &App, parts: &Parts) -> Result<Arc<ApiKey>, Problem> {
    let secret = bearer(&parts.headers).ok_or_else(Problem::unauthorized)?;
    let found = app.keys().find(app.engine().reader(), secret).await?;
    let now = app.engine().now();
    let found = found
        .filter(|found| found.key.expires_at.is_none_or(|end| now < end))
        .ok_or_else(|| app.guesses().refusal(app.settings().trusted_proxies.caller(parts)))?;
    requests::tell_key(parts, &found.key);
    if let Some(allowance) = found.take() {
        limit::tell(parts, allowance);
        allowance.check()?;
    }
    Ok(found.key)
}

impl Approved {
    /// Who asked, as the one who calls.
    fn who(&self) -> Who {
        Who::Person { standing: self.requester.clone(), rights: Arc::clone(&self.rights) }
    }
}

impl Who {
    /// Who acts.
    fn actor(&self) -> Actor {
        match self {
            Self::Key(key) => Actor::Key(key.id),
            Self::Person { standing, .. } => Actor::Person(standing.person),
        }
    }

    /// The one check: whether a scope is among those of a key, or of a person's roles where he acts.
    fn may(&self, tenant: Tenant, scope: Scope) -> Result<(), Problem> {
        let (has, whose) = match self {
            Self::Key(key) => (key_has(key, scope), "this key lacks"),
            Self::Person { rights, .. } => (rights.has(tenant.mode(), scope), "you lack"),
        };
        // The operator's scopes open nothing for a merchant, whatever his key says.
        let of_operator = Scope::OPERATOR.contains(&scope);
        if has && (!of_operator || tenant == operator()) {
            return Ok(());
        }
        let detail = format!("{whose} the scope {}", scope.name());
        Err(Problem::new(ErrorCode::Forbidden, detail))
    }
}

/// A merchant's key takes as a file what it may read.
fn key_has(key: &ApiKey, scope: Scope) -> bool {
    let of_merchants = || key.scopes.iter().any(|scope| !Scope::OPERATOR.contains(scope));
    key.scopes.contains(&scope) || scope == Scope::ExportsOwn && of_merchants()
}

/// The secret of the `Authorization` header.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(secret.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use kernel::{ApiKeyId, MerchantId, Mode, Timestamp};

    #[test]
    fn only_a_bearer_key_is_read() {
        let cases = [
            ("Bearer sk_test_1", Some("sk_test_1")),
            ("bearer  sk_test_1", Some("sk_test_1")),
            ("Basic c2s=", None),
            ("sk_test_1", None),
            ("", None),
        ];
        for (value, secret) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, HeaderValue::from_static(value));
            assert_eq!(bearer(&headers), secret, "{value}");
        }
        assert_eq!(bearer(&HeaderMap::new()), None);
    }

    #[test]
    fn a_key_does_what_its_scopes_say_and_a_merchant_never_operates() {
        let merchant = Tenant::new(MerchantId([4; 16]), Mode::Live);
        let cases = [
            (merchant, Scope::OrdersRead, Scope::OrdersRead, true),
            (merchant, Scope::OrdersRead, Scope::OrdersWrite, false),
            (merchant, Scope::MerchantsWrite, Scope::MerchantsWrite, false),
            (operator(), Scope::MerchantsWrite, Scope::MerchantsWrite, true),
        ];
        for (tenant, held, wanted, allowed) in cases {
            let key = ApiKey {
                id: ApiKeyId([1; 16]),
                tenant,
                hash: [0; 32],
                name: "a key".into(),
                scopes: vec![held],
                requests_per_minute: None,
                created_at: Timestamp(0),
                revoked_at: None,
                expires_at: None,
            };
            assert_eq!(
                Who::Key(Arc::new(key)).may(tenant, wanted).is_ok(),
                allowed,
                "{held:?} {wanted:?}"
            );
        }
    }
}
