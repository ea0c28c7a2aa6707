//! Who stands at the desk: from where, with which browser, in which session.

use crate::attempts::Attempt;
use crate::desk::Desk;
use axum::extract::FromRequestParts;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use domain::context::{Actor, Origin};
use domain::identity::operator;
use domain::people::Person;
use edge::App;
use edge::auth::browser;
use edge::auth::sessions::{SignedIn, token_hash};
use edge::policy::RouteState;
use edge::problem::Problem;
use kernel::{Id16, PersonId, plain};
use std::net::IpAddr;
use std::ops::Deref;
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

    /// What the visitor does stands in the operator's book, under the name of whoever he turned out to be.
    pub fn origin(&self, app: &App, person: Option<PersonId>) -> Origin {
        let actor = person.map(Actor::Person);
        Origin { actor, address: self.address, ..app.engine().internal(operator()) }
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

/// A person who is signed in, and from where he asks.
pub struct Present {
    signed_in: Arc<SignedIn>,
    address: Option<IpAddr>,
}

impl Present {
    async fn of(app: &App, parts: &Parts) -> Result<Self, Problem> {
        let signed_in = edge::auth::signed_in(app, parts).await?;
        Ok(Self { signed_in, address: app.settings().trusted_proxies.caller(parts) })
    }

    /// What a person does to himself stands in the operator's book under his name.
    pub fn origin(&self, app: &App) -> Origin {
        let actor = Some(Actor::Person(self.signed_in.person));
        Origin { actor, address: self.address, ..app.engine().internal(operator()) }
    }
}

impl Deref for Present {
    type Target = SignedIn;

    fn deref(&self) -> &SignedIn {
        &self.signed_in
    }
}

/// A person who is signed in. What changes something carries the session's token, as everywhere.
pub struct Signed(pub Present);

impl FromRequestParts<RouteState> for Signed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, door: &RouteState) -> Result<Self, Problem> {
        Present::of(&door.app, parts).await.map(Self)
    }
}

/// The same for what wants a second factor of the last ten minutes.
pub struct SteppedUp(pub Present);

impl FromRequestParts<RouteState> for SteppedUp {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, door: &RouteState) -> Result<Self, Problem> {
        let present = Present::of(&door.app, parts).await?;
        edge::auth::stepped_up(&door.app, &present)?;
        Ok(Self(present))
    }
}

/// The desk of a route.
pub type AtDesk = axum::Extension<Desk>;
