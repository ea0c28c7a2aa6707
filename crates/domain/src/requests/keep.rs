//! Keep requests that were answered, and let go of those that were kept long enough.

use super::LoggedRequest;
use crate::outcome::Answer;
use crate::{Context, Refusal, Verb, World};
use kernel::id::first_at;
use kernel::limits::REQUESTS_KEPT_DAYS;

/// Keeps requests of a book; none lets go only.
#[derive(Debug, Clone)]
pub struct KeepRequests(pub Vec<LoggedRequest>);

/// They are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptRequests;

impl Answer for KeptRequests {}

impl Verb for KeepRequests {
    type Answer = KeptRequests;

    /// Never refuses.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        world.requests.kept.extend(self.0.into_iter().map(|one| (tenant, one)));
        world.requests.gone = Some(first_at(ctx.now.plus_days(-REQUESTS_KEPT_DAYS)));
        Ok(KeptRequests)
    }
}
