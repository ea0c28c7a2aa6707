//! Whoever listens for long: admitted as any caller is, with any scope, and looked at again while he listens.
//!
//! A browser's `EventSource` sends no headers of its own, so what others say in headers stands in the query.

use super::sessions::Token;
use super::{Who, bearer, browser, person, with_key};
use crate::app::App;
use crate::listen::Connection;
use crate::problem::{ErrorCode, Problem};
use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use domain::context::Actor;
use domain::identity::Scope;
use engine::Engine;
use kernel::{MerchantId, Mode, Tenant};
use std::net::SocketAddr;
use std::sync::Arc;

/// Somebody who listens.
pub struct Listener {
    app: App,
    parts: Parts,
    tenant: Tenant,
    who: Who,
}

impl Listener {
    /// Admits who comes with a key or a session, to the book that he names or that is his only one.
    pub async fn open(
        app: App,
        mut parts: Parts,
        (merchant, mode): (Option<MerchantId>, Option<Mode>),
    ) -> Result<Self, Problem> {
        let (tenant, who) = if parts.headers.contains_key(header::AUTHORIZATION) {
            let key = with_key(&app, &parts).await?;
            let other = merchant.is_some_and(|merchant| merchant != key.tenant.merchant())
                || mode.is_some_and(|mode| mode != key.tenant.mode());
            if other {
                let detail = "this key is of another merchant or mode";
                return Err(Problem::new(ErrorCode::Forbidden, detail));
            }
            (key.tenant, Who::Key(key))
        } else {
            say(&mut parts, person::MERCHANT, merchant.map(|merchant| merchant.to_string()))?;
            say(&mut parts, person::MODE, mode.map(|mode| word(mode).to_owned()))?;
            let signed_in = person::signed_in(&app, &parts).await?;
            let acts = person::acts(&app, &parts, &signed_in, Scope::OrdersRead).await?;
            (acts.0, Who::Person { rights: acts.1, standing: acts.2 })
        };
        if let Some(connection) = parts.extensions.get::<Arc<Connection>>() {
            connection.vouch();
        }
        // Of what came with the request only the address counts later.
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().copied();
        parts.extensions.clear();
        if let Some(peer) = peer {
            parts.extensions.insert(peer);
        }
        let listener = Self { app, parts, tenant, who };
        listener.any()?;
        Ok(listener)
    }

    /// Looks again whether he may listen: his key or session is there, and gives him anything to hear. What he does not
    /// do himself is no use of his session.
    pub async fn check(&mut self) -> Result<(), Problem> {
        self.who = match &self.who {
            Who::Key(_) => {
                let secret = bearer(&self.parts.headers).ok_or_else(Problem::unauthorized)?;
                let found = self.app.keys().find(self.app.engine().reader(), secret).await?;
                let now = self.app.engine().now();
                let lives = |found: &super::InUse| found.key.expires_at.is_none_or(|end| now < end);
                Who::Key(found.filter(lives).ok_or_else(Problem::unauthorized)?.key)
            }
            Who::Person { .. } => {
                let cookie = browser::session(&self.app, &self.parts.headers);
                let token = Token::of(&cookie.ok_or_else(Problem::unauthorized)?);
                let found = self.app.sessions().look(&self.app, &token).await?;
                let signed_in = found.ok_or_else(Problem::unauthorized)?;
                let scope = Scope::OrdersRead;
                let (tenant, rights, standing) =
                    person::acts(&self.app, &self.parts, &signed_in, scope).await?;
                if tenant != self.tenant {
                    return Err(Problem::new(ErrorCode::Forbidden, "another book"));
                }
                Who::Person { standing, rights }
            }
        };
        self.any()
    }

    /// Whose book it is.
    pub fn tenant(&self) -> Tenant {
        self.tenant
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        self.app.engine()
    }

    /// Who listens.
    pub fn actor(&self) -> Actor {
        self.who.actor()
    }

    /// Whether he has a scope.
    pub fn may(&self, scope: Scope) -> bool {
        self.who.may(self.tenant, scope).is_ok()
    }

    /// Refuses whoever may do nothing at all here.
    fn any(&self) -> Result<(), Problem> {
        let any = match &self.who {
            Who::Key(key) => !key.scopes.is_empty(),
            Who::Person { rights, .. } => !rights.of(self.tenant.mode()).is_empty(),
        };
        let detail = "you may do nothing in this book";
        if any { Ok(()) } else { Err(Problem::new(ErrorCode::Forbidden, detail)) }
    }
}

fn word(mode: Mode) -> &'static str {
    match mode {
        Mode::Live => "live",
        Mode::Test => "test",
    }
}

/// Says in a header what the query said.
fn say(parts: &mut Parts, name: &'static str, value: Option<String>) -> Result<(), Problem> {
    if let Some(value) = value {
        let value = HeaderValue::try_from(value).map_err(Problem::internal)?;
        parts.headers.insert(name, value);
    }
    Ok(())
}
