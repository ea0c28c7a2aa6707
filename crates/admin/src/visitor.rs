//! Who stands at the desk: from where, with which browser, in which session.

use crate::attempts::Attempt;
use crate::desk::Desk;
use axum::extract::FromRequestParts;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use domain::people::Person;
use edge::App;
use edge::auth::browser;
use edge::auth::sessions::{SignedIn, token_hash};
use edge::policy::RouteState;
use edge::problem::Problem;
use kernel::{Id16, plain};
use std::net::IpAddr;
use std::sync::Arc;

/// Characters that are kept of what a browser says that it is.
const AGENT_CHARS: usize = 200;

/// A browser at the desk, whoever sits before it.
pub struct Visitor {
    /// From which address.
    pub address: Option<IpAddr>,
    /// The browser's own token, if it has one.
    pub device: Option<String>,
    /// What it says that it is.
    pub agent: String,
    /// The session's cookie, if it has one.
    pub session: Option<String>,
}

impl Visitor {
    /// The attempt that it makes at an account: of a browser from which the person signed in before, or of a stranger.
    pub fn attempt(&self, account: Id16, person: Option<&Person>) -> Attempt {
        let device = self.device.as_deref().map(token_hash).filter(|hash| {
            person.is_some_and(|person| person.profile.devices.iter().any(|one| one.hash == *hash))
        });
        Attempt { account, address: self.address, device }
    }

    /// The address as it is written.
    pub fn written_address(&self) -> String {
        self.address.map(|address| address.to_string()).unwrap_or_default()
    }

    fn of(app: &App, parts: &Parts) -> Result<Self, Problem> {
        browser::may_come(app, parts)?;
        let agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
        let agent = agent.unwrap_or_default().chars().filter(|c| !c.is_control());
        let agent: String = agent.take(AGENT_CHARS).collect();
        Ok(Self {
            address: app.settings().trusted_proxies.caller(parts),
            device: browser::device(app, &parts.headers),
            agent: if plain::is_plain(&agent) { agent } else { String::new() },
            session: browser::session(app, &parts.headers),
        })
    }
}

impl FromRequestParts<RouteState> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, door: &RouteState) -> Result<Self, Problem> {
        Self::of(&door.app, parts)
    }
}

/// A person who is signed in. What changes something carries the session's token, as everywhere.
pub struct Signed(pub Arc<SignedIn>);

impl FromRequestParts<RouteState> for Signed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, door: &RouteState) -> Result<Self, Problem> {
        edge::auth::signed_in(&door.app, parts).await.map(Self)
    }
}

/// The same for what wants a second factor of the last ten minutes.
pub struct SteppedUp(pub Arc<SignedIn>);

impl FromRequestParts<RouteState> for SteppedUp {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, door: &RouteState) -> Result<Self, Problem> {
        let signed_in = edge::auth::signed_in(&door.app, parts).await?;
        edge::auth::stepped_up(&door.app, &signed_in)?;
        Ok(Self(signed_in))
    }
}

/// The desk of a route.
pub type AtDesk = axum::Extension<Desk>;
