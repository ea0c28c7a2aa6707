//! Change by what a person proves who he is. What he had was compared at the edge, which says what it compared.

use super::fact::{PersonChange, PersonChanged};
use super::{Passkey, Person, require};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::PersonId;
use kernel::limits::PASSKEYS_MAX;

/// A wish to change something of a person.
#[derive(Debug, Clone)]
pub struct ChangePerson {
    /// Who.
    pub person: PersonId,
    /// Hash of the session in which he asks; all others end with another password or second factor.
    pub session: Option<String>,
    /// What.
    pub change: Change,
}

/// What changes.
#[derive(Debug, Clone)]
pub enum Change {
    /// Another password.
    Password {
        /// The hash of the one that was compared; none where nothing is asked, by whoever runs the program.
        was: Option<String>,
        /// The hash of the new one.
        new: String,
    },
    /// Another second factor.
    Factor {
        /// The sealed contact that was read.
        was: Vec<u8>,
        /// The contact with the new factor, sealed.
        sealed: Vec<u8>,
        /// The step of the code that he proved it with.
        step: i64,
    },
    /// Other recovery codes, by their hashes.
    Recovery(Vec<String>),
    /// One more passkey.
    AddPasskey(Passkey),
    /// A passkey goes away, by its credential.
    RemovePasskey(String),
}

impl Verb for ChangePerson {
    type Answer = Box<Person>;

    /// The person.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.people.people.insert(self.person);
        needs.seal.oldest |= matches!(self.change, Change::Factor { .. });
    }

    /// Order of checks: he is there, what was compared still stands, what is new may be stored.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        if let Change::Factor { sealed, .. } = &self.change {
            world.seal.may_store(sealed)?;
        }
        let person = require(world, self.person)?;
        let what = check(person, &self.change)?;
        let profile = &mut person.profile;
        let proves_anew = matches!(what, PersonChange::Password | PersonChange::Factor);
        match self.change {
            Change::Password { new, .. } => {
                (profile.password, profile.password_at) = (Some(new), ctx.now);
            }
            Change::Factor { sealed, step, .. } => {
                person.sealed = sealed;
                (profile.has_factor, profile.last_step) = (true, step);
            }
            Change::Recovery(hashes) => profile.recovery = hashes,
            Change::AddPasskey(passkey) => profile.passkeys.push(passkey),
            Change::RemovePasskey(id) => profile.passkeys.retain(|passkey| passkey.id != id),
        }
        if proves_anew {
            let own = self.session.as_deref();
            profile.sessions.retain(|session| Some(&*session.hash) == own);
        }
        let person = person.clone();
        world.record(ctx, person.id.0, PersonChanged { person: person.id, what });
        Ok(Box::new(person))
    }
}

/// Whether what was compared still stands.
fn check(person: &Person, change: &Change) -> Result<PersonChange, Refusal> {
    let profile = &person.profile;
    match change {
        Change::Password { was, .. } if was.is_some() && *was != profile.password => {
            Err(Refusal::Stale)
        }
        Change::Factor { was, .. } if *was != person.sealed => Err(Refusal::Stale),
        Change::AddPasskey(new) if profile.passkeys.iter().any(|known| known.id == new.id) => {
            Err(Refusal::Taken { field: "passkey" })
        }
        Change::AddPasskey(_) if profile.passkeys.len() >= PASSKEYS_MAX => {
            let limit = PASSKEYS_MAX as i64;
            Err(Refusal::LimitExceeded { field: "passkey".to_owned(), limit })
        }
        Change::RemovePasskey(id) if !profile.passkeys.iter().any(|known| known.id == *id) => {
            Err(Refusal::NotFound("passkey"))
        }
        Change::Password { .. } => Ok(PersonChange::Password),
        Change::Factor { .. } => Ok(PersonChange::Factor),
        Change::Recovery(_) => Ok(PersonChange::RecoveryCodes),
        Change::AddPasskey(_) => Ok(PersonChange::PasskeyAdded),
        Change::RemovePasskey(_) => Ok(PersonChange::PasskeyRemoved),
    }
}
