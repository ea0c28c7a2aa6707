//! Note that a session is in use, so that it does not end as one that nobody uses.

use super::{REFUSED, require};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::PersonId;

/// A session that is in use.
#[derive(Debug, Clone)]
pub struct TouchSession {
    /// Whose.
    pub person: PersonId,
    /// Hash of its token.
    pub session: String,
}

impl Verb for TouchSession {
    type Answer = ();

    /// The person.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.people.people.insert(self.person);
    }

    /// Order of checks: he is there, the session lives.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let person = require(world, self.person)?;
        person.session(&self.session, ctx.now).ok_or(REFUSED)?;
        for session in &mut person.profile.sessions {
            if session.hash == self.session {
                session.seen_at = ctx.now.max(session.seen_at);
            }
        }
        Ok(())
    }
}
