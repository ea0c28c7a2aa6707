//! What a rule may not find out by itself: the time, fresh ids, and who asks.

use kernel::{ApiKeyId, Id16, RequestId, Tenant, Timestamp};
use std::net::IpAddr;

/// Time and chance for one command.
pub struct Context<'a> {
    /// The time of the batch.
    pub now: Timestamp,
    /// Draws a fresh time-ordered id.
    pub draw: &'a mut dyn FnMut() -> Id16,
    /// Who asks, for the journal.
    pub origin: Origin,
}

/// Who asked for a change and in which request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The merchant in the mode of his key.
    pub tenant: Tenant,
    /// The request, so that logs and journal meet.
    pub request: RequestId,
    /// The key that was used; none for timers and jobs.
    pub actor: Option<ApiKeyId>,
    /// The address that the actor called from; none without an actor, so that no buyer's is kept.
    pub address: Option<IpAddr>,
}
