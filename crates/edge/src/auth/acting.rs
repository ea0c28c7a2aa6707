//! Reading in somebody's name: work that he asked for goes through the routes as he does, with what he may do at that time.
//!
//! It goes with a request as an extension, which nobody outside of the process can send.

use super::{Caller, Who, person, place, with_key};
use crate::app::App;
use crate::problem::Problem;
use axum::http::header;
use axum::http::request::Parts;
use domain::context::Actor;
use domain::identity::Scope;
use kernel::{Mode, Tenant};
use std::sync::Arc;

/// Who reads, and what he may do now.
pub struct Acting {
    tenant: Tenant,
    who: Who,
}

impl Acting {
    /// A key or a person as they stand now; none of a key that opens nothing, or of a person without a place there.
    pub async fn of(app: &App, tenant: Tenant, actor: Actor) -> Result<Option<Arc<Self>>, Problem> {
        let who = match actor {
            Actor::Key(id) => {
                let key = app.engine().reader().api_key(tenant, id).await?;
                let now = app.engine().now();
                let lives = key.filter(|key| {
                    key.revoked_at.is_none() && key.expires_at.is_none_or(|end| now < end)
                });
                lives.map(|key| Who::Key(Arc::new(key)))
            }
            // Devices have pages of their own, and ask for nothing that is done later.
            Actor::Device(_) => None,
            Actor::Person(person) => place::now(app, tenant.merchant(), person).await?.map(|at| {
                let standing = at.standing(person);
                Who::Person { standing, rights: at.rights }
            }),
        };
        Ok(who.map(|who| Arc::new(Self { tenant, who })))
    }

    /// Refuses what he may not do.
    pub fn may(&self, scope: Scope) -> Result<(), Problem> {
        self.who.may(self.tenant, scope)
    }

    /// The book that is read.
    pub fn tenant(&self) -> Tenant {
        self.tenant
    }

    /// The same person or key in the live book, where what both modes share stands.
    pub fn in_live_book(&self) -> Arc<Self> {
        let tenant = Tenant::new(self.tenant.merchant(), Mode::Live);
        Arc::new(Self { tenant, who: self.who.clone() })
    }

    pub(super) fn who(&self) -> Who {
        self.who.clone()
    }
}

impl Caller {
    /// To read something else in the caller's name.
    pub fn acting(&self) -> Arc<Acting> {
        Arc::new(Acting { tenant: self.tenant, who: self.who.clone() })
    }
}

/// Who sends a request that may carry nothing but a browser's cookie: a key by its header, else a person.
pub async fn calling(app: &App, parts: &Parts) -> Result<Actor, Problem> {
    if parts.headers.contains_key(header::AUTHORIZATION) {
        return with_key(app, parts).await.map(|key| Actor::Key(key.id));
    }
    person::signed_in(app, parts).await.map(|signed_in| Actor::Person(signed_in.person))
}
