//! Use a link: choose password and second factor. It is used once, and all sessions from before end.

use super::fact::{PersonChange, PersonChanged};
use super::{FIRST, Person, REFUSED};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{Id16, MerchantId, PersonId};

/// A link with what was chosen. Password and code were compared and hashed at the edge.
#[derive(Debug, Clone)]
pub struct UseLink {
    /// Whose link.
    pub person: PersonId,
    /// Hash of its token.
    pub link: String,
    /// Tag of his mail address, which whoever sets an instance up tells with it.
    pub email: Option<Id16>,
    /// His contact with the new second factor, sealed.
    pub sealed: Vec<u8>,
    /// The password's hash.
    pub password: String,
    /// The step of the code that he proved the second factor with.
    pub step: i64,
    /// Hashes of his recovery codes.
    pub recovery: Vec<String>,
}

impl Verb for UseLink {
    type Answer = Box<Person>;

    /// The person, and who has the address.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.seal.oldest = true;
        needs.people.people.insert(self.person);
        needs.people.emails.extend(self.email);
    }

    /// Order of checks: the link is his and not over, the address is free, the seal may be stored.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let found = world.people.people.get(&self.person).ok_or(REFUSED)?;
        let link = found.profile.link.as_ref().filter(|link| link.hash == self.link);
        link.filter(|link| ctx.now < link.until).ok_or(REFUSED)?;
        let taken = self.email.and_then(|email| world.people.emails.get(&email));
        if taken.is_some_and(|owner| *owner != self.person) {
            return Err(Refusal::Taken { field: "email" });
        }
        world.seal.may_store(&self.sealed)?;

        let mut person = found.clone();
        if let Some(email) = self.email.filter(|_| person.email.is_none()) {
            person.email = Some(email);
            world.people.emails.insert(email, self.person);
        }
        person.sealed = self.sealed;
        let profile = &mut person.profile;
        if self.person == FIRST && profile.places.is_empty() {
            profile.places.push(MerchantId([0; 16]));
        }
        (profile.password, profile.password_at) = (Some(self.password), ctx.now);
        (profile.has_factor, profile.last_step) = (true, self.step);
        profile.recovery = self.recovery;
        profile.link = None;
        profile.sessions.clear();
        profile.passkeys.clear();
        world.people.people.insert(self.person, person.clone());
        let what = PersonChange::LinkUsed;
        world.record(ctx, self.person.0, PersonChanged { person: self.person, what });
        Ok(Box::new(person))
    }
}
