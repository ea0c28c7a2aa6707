//! Who calls, and whether the key may do what the route does.
//!
//! What a route asks of its callers is its [`RoutePolicy`](crate::policy::RoutePolicy).

pub mod keys;

use crate::app::{App, Settings};
use crate::idempotency::Once;
use crate::limit;
use crate::listen::Connection;
use crate::policy::RouteState;
use crate::problem::{ErrorCode, Problem};
use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, header, request::Parts};
use deliver::payment::Begun;
use domain::context::Origin;
use domain::identity::{ApiKey, Scope, operator};
use domain::{Listed, Reply};
use engine::Engine;
use kernel::{RequestId, Tenant};
use keys::{InUse, Keys};
use std::net::IpAddr;
use std::sync::Arc;
use store::Reader;
use vault::Vault;

/// A caller whose key has the route's scope.
pub struct Caller {
    app: App,
    key: Arc<ApiKey>,
    request: RequestId,
    address: Option<IpAddr>,
}

impl Caller {
    /// The merchant in the mode of the key.
    pub fn tenant(&self) -> Tenant {
        self.key.tenant
    }

    /// Whether the key has a scope beside the route's own.
    pub fn may(&self, scope: Scope) -> Result<(), Problem> {
        authorise(&self.key, scope)
    }

    /// What the configuration says.
    pub fn settings(&self) -> &Settings {
        self.app.settings()
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
        Ok(self.app.engine().ask(self.origin(), idempotency, verb).await?)
    }

    /// Sends a command that is executed again where it is repeated.
    pub async fn run<V: Listed>(&self, verb: V) -> Result<V::Answer, Problem> {
        Ok(self.app.engine().run(self.origin(), verb).await?)
    }

    /// The same behind everybody's interactive commands; waits for room.
    pub async fn run_bulk<V: Listed>(&self, verb: V) -> Result<V::Answer, Problem> {
        Ok(self.app.engine().run_bulk(self.origin(), verb).await?)
    }

    fn origin(&self) -> Origin {
        Origin {
            tenant: self.tenant(),
            request: self.request,
            actor: Some(self.key.id),
            address: self.address,
        }
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
        let secret = bearer(&parts.headers).ok_or_else(Problem::unauthorized)?;
        let found = app.keys().find(app.engine().reader(), secret).await?;
        let now = app.engine().now();
        let InUse { key, bucket } = found
            .filter(|found| found.key.expires_at.is_none_or(|end| now < end))
            .ok_or_else(|| app.guesses().refusal(app.settings().trusted_proxies.caller(parts)))?;
        if let Some(connection) = parts.extensions.get::<Arc<Connection>>() {
            connection.vouch();
        }
        if let Some(bucket) = bucket {
            let allowance = bucket.take();
            limit::tell(parts, allowance);
            allowance.check()?;
        }
        authorise(&key, scope)?;
        let address = app.settings().trusted_proxies.caller(parts);
        Ok(Self { app, key, request, address })
    }
}

/// The secret of the `Authorization` header.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(secret.trim())
}

/// The operator's scopes open nothing for a merchant, whatever his key says.
fn authorise(key: &ApiKey, scope: Scope) -> Result<(), Problem> {
    let of_operator = Scope::OPERATOR.contains(&scope);
    if key.scopes.contains(&scope) && (!of_operator || key.tenant == operator()) {
        return Ok(());
    }
    let detail = format!("this key lacks the scope {}", scope.name());
    Err(Problem::new(ErrorCode::Forbidden, detail))
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
            assert_eq!(authorise(&key, wanted).is_ok(), allowed, "{held:?} {wanted:?}");
        }
    }
}
