//! Take a person in: he gets a link with which he chooses password and second factor. Whoever has them already needs none.

use super::fact::{PersonChange, PersonChanged};
use super::{Link, Person};
use crate::outcome::Answer;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::limits::PERSON_PLACES_MAX;
use kernel::{Id16, MerchantId, PersonId};

/// A wish to take a person in.
#[derive(Debug, Clone)]
pub struct Invite {
    /// The id of a new person, for whom the contact is sealed.
    pub id: PersonId,
    /// Tag of his mail address.
    pub email: Id16,
    /// The contact of a new person, sealed.
    pub sealed: Vec<u8>,
    /// Where he is taken in.
    pub place: MerchantId,
    /// The link that a person without a password gets.
    pub link: Link,
}

/// Who was taken in.
#[derive(Debug, Clone)]
pub struct Invited {
    /// Who.
    pub person: Box<Person>,
    /// Whether the link opens: he has no password yet.
    pub needs_link: bool,
}

impl Answer for Invited {}

impl Verb for Invite {
    type Answer = Invited;

    /// Who has the address; he, or the new one.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.seal.oldest = true;
        needs.people.emails.insert(self.email);
        if at.world.people.emails.knows(&self.email) {
            let known = at.world.people.emails.get(&self.email);
            needs.people.people.insert(known.copied().unwrap_or(self.id));
        }
    }

    /// Order of checks: the seal may be stored, he has room for one more place.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        world.seal.may_store(&self.sealed)?;
        let known = world.people.emails.get(&self.email).copied();
        let id = known.unwrap_or(self.id);
        let mut person = match world.people.people.get(&id) {
            Some(person) => person.clone(),
            None => {
                Person { email: Some(self.email), sealed: self.sealed, ..Person::new(id, ctx.now) }
            }
        };
        let profile = &mut person.profile;
        if !profile.places.contains(&self.place) {
            if profile.places.len() >= PERSON_PLACES_MAX {
                let limit = PERSON_PLACES_MAX as i64;
                return Err(Refusal::LimitExceeded { field: "email".to_owned(), limit });
            }
            profile.places.push(self.place);
        }
        let needs_link = profile.password.is_none();
        if needs_link {
            profile.link = Some(self.link);
        }
        if known.is_none() {
            world.people.emails.insert(self.email, id);
        }
        world.people.people.insert(id, person.clone());
        let what = PersonChange::Invited;
        world.record(ctx, id.0, PersonChanged { person: id, what });
        Ok(Invited { person: Box::new(person), needs_link })
    }
}
