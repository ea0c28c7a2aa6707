//! Records what was refused to people: whoever tries doors leaves a trace.

use super::browser;
use crate::app::App;
use crate::problem::ErrorCode;
use axum::extract::{MatchedPath, Request};
use domain::context::{Actor, Origin};
use domain::identity::operator;
use domain::people::fact::AccessRefused;
use domain::people::refuse_access::RefuseAccess;
use kernel::{PersonId, Tenant};
use parking_lot::Mutex;
use std::net::IpAddr;
use std::sync::Arc;

/// Who came with a session, as far as the request got. Left by whoever finds out for whoever records.
#[derive(Clone, Default)]
pub struct Came(Arc<Mutex<Seen>>);

#[derive(Clone, Copy, Default)]
struct Seen {
    person: Option<PersonId>,
    book: Option<Tenant>,
    address: Option<IpAddr>,
}

impl Came {
    /// From this address.
    pub fn from(&self, address: Option<IpAddr>) {
        self.0.lock().address = address;
    }

    /// It is this person.
    pub fn is(&self, person: PersonId) {
        self.0.lock().person = Some(person);
    }

    /// He belongs to the merchant of this book.
    pub fn belongs(&self, book: Tenant) {
        self.0.lock().book = Some(book);
    }
}

/// A request that came with a session's cookie.
pub struct Watched {
    came: Came,
    route: String,
}

impl Watched {
    /// Of a request; none where it has no such cookie, as programs and buyers have none.
    pub fn of(app: &App, request: &mut Request) -> Option<Self> {
        browser::session(app, request.headers())?;
        let path = request.extensions().get::<MatchedPath>().map_or("?", MatchedPath::as_str);
        let (came, route) = (Came::default(), format!("{} {path}", request.method()));
        request.extensions_mut().insert(came.clone());
        Some(Self { came, route })
    }

    /// Records the answer where it refuses: each door of a person one fact a minute, with their number.
    pub async fn record(self, app: &App, code: ErrorCode) {
        if !matches!(code.status().as_u16(), 401 | 403) {
            return;
        }
        let (seen, now) = (*self.came.0.lock(), app.engine().now());
        // What was tried at the desk is counted there.
        if seen.person.is_none() && self.route.contains(" /console/") {
            return;
        }
        let (person, route) = (seen.person, self.route);
        // Sessions that are over are told of together: a page that was left open asks on every route.
        let door = Door { person, route: person.map(|_| route.clone()), code };
        let Some(count) = app.refused().count(door, now) else { return };
        let fact = AccessRefused { person, route, code: code.name().to_owned(), count };
        let origin = Origin {
            actor: person.map(Actor::Person),
            address: seen.address,
            ..app.engine().internal(seen.book.unwrap_or_else(operator))
        };
        if let Err(error) = app.engine().run(origin, RefuseAccess(fact)).await {
            tracing::warn!(%error, "a refusal was not recorded");
        }
    }
}

/// What was tried by whom, and why it was refused.
#[derive(PartialEq, Eq, Hash)]
pub struct Door {
    person: Option<PersonId>,
    route: Option<String>,
    code: ErrorCode,
}
