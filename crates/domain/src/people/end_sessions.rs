//! End sessions: from then on their tokens open nothing.

use super::fact::SessionsEnded;
use super::require;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::PersonId;

/// A wish to end sessions of one person.
#[derive(Debug, Clone)]
pub struct EndSessions {
    /// Whose.
    pub person: PersonId,
    /// Which.
    pub which: Which,
}

/// Which sessions end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// That of a hash.
    One(String),
    /// All but that of a hash.
    Others(String),
    /// All, and every browser is new again.
    All,
}

impl Verb for EndSessions {
    /// How many ended.
    type Answer = usize;

    /// The person.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.people.people.insert(self.person);
    }

    /// Order of checks: he is there. Ending what has ended changes nothing.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let person = require(world, self.person)?;
        let before = person.profile.sessions.len();
        match &self.which {
            Which::One(hash) => person.profile.sessions.retain(|session| session.hash != *hash),
            Which::Others(hash) => person.profile.sessions.retain(|session| session.hash == *hash),
            Which::All => {
                person.profile.sessions.clear();
                person.profile.devices.clear();
            }
        }
        let ended = before - person.profile.sessions.len();
        if ended > 0 {
            let fact = SessionsEnded { person: self.person, sessions: ended as i64 };
            world.record(ctx, self.person.0, fact);
        }
        Ok(ended)
    }
}

impl crate::outcome::Answer for usize {}
