//! Prove the second factor again: it counts for ten minutes, for dangerous acts.

use super::fact::{PersonChange, PersonChanged, SessionSteppedUp};
use super::sign_in::{Proof, prove};
use super::{Person, REFUSED, require};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::PersonId;

/// A second factor in a session.
#[derive(Debug, Clone)]
pub struct StepUp {
    /// Who.
    pub person: PersonId,
    /// Hash of the session's token.
    pub session: String,
    /// The second factor.
    pub proof: Proof,
    /// From which address.
    pub address: String,
}

impl Verb for StepUp {
    type Answer = Box<Person>;

    /// The person.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.people.people.insert(self.person);
    }

    /// Order of checks: he is there, the session lives, the second factor counts.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let person = require(world, self.person)?;
        person.session(&self.session, ctx.now).ok_or(REFUSED)?;
        let used = prove(person, &self.proof)?;
        for session in &mut person.profile.sessions {
            if session.hash == self.session {
                session.factor_at = Some(ctx.now);
                session.seen_at = ctx.now;
            }
        }
        let person = person.clone();
        if used {
            let what = PersonChange::RecoveryCodeUsed;
            world.record(ctx, person.id.0, PersonChanged { person: person.id, what });
        }
        let fact = SessionSteppedUp { person: person.id, address: self.address };
        world.record(ctx, person.id.0, fact);
        Ok(Box::new(person))
    }
}
