//! Who follows the address of a file. A browser that does sends nothing but its cookie, so these routes ask for no scope
//! themselves; and to everybody whom the address was not made for there is nothing.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::context::{Actor, Origin};
use edge::auth::calling;
use edge::policy::RouteState;
use edge::problem::{ErrorCode, Problem};
use kernel::{RequestId, Tenant};
use std::net::IpAddr;

/// Who follows the address, in which request.
pub struct Follower {
    by: Result<Actor, Problem>,
    request: RequestId,
    address: Option<IpAddr>,
}

impl FromRequestParts<RouteState> for Follower {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, door: &RouteState) -> Result<Self, Problem> {
        let request = parts.extensions.get::<RequestId>().copied();
        let request = request.ok_or_else(|| Problem::internal("the request has no id"))?;
        let address = door.app.settings().trusted_proxies.caller(parts);
        Ok(Self { by: calling(&door.app, parts).await, request, address })
    }
}

impl Follower {
    /// Who it is.
    pub fn by(&self) -> Result<Actor, Problem> {
        self.by.clone().map_err(nothing_for)
    }

    /// What he does there in one book.
    pub fn origin(&self, tenant: Tenant, by: Actor) -> Origin {
        Origin { tenant, request: self.request, actor: Some(by), address: self.address }
    }
}

/// What stands where an address leads nowhere.
pub fn nothing() -> Problem {
    Problem::not_found("file")
}

/// Whoever may not come in is told nothing; whoever asks too often, or when we are not well, is told that.
fn nothing_for(problem: Problem) -> Problem {
    match problem.code {
        ErrorCode::RateLimited | ErrorCode::Overloaded | ErrorCode::Internal => problem,
        _ => nothing(),
    }
}
