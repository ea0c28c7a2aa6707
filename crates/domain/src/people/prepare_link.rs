//! Make a link that sets an instance up, or lets a person in again who was locked out. Whoever runs the program asks for it.

use super::fact::{PersonChange, PersonChanged};
use super::{FIRST, Link, LinkKind, Person};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::PersonId;

/// A wish for a link. Another one before it opens nothing any more.
#[derive(Debug, Clone)]
pub struct PrepareLink {
    /// For whom; [`FIRST`] to set an instance up.
    pub person: PersonId,
    /// The contact of the first, who has told nothing yet, sealed.
    pub sealed: Vec<u8>,
    /// The link.
    pub link: Link,
}

impl Verb for PrepareLink {
    type Answer = ();

    /// The person.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.people.people.insert(self.person);
        needs.seal.oldest |= self.person == FIRST;
    }

    /// Order of checks: he is there, or is the first and the seal may be stored.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let mut person = match world.people.people.get(&self.person) {
            Some(person) => person.clone(),
            None if self.person == FIRST => {
                world.seal.may_store(&self.sealed)?;
                Person { sealed: self.sealed, ..Person::new(FIRST, ctx.now) }
            }
            None => return Err(Refusal::NotFound("person")),
        };
        let what = match self.link.kind {
            LinkKind::SetUp => PersonChange::SetUpOffered,
            LinkKind::Invitation => PersonChange::Invited,
            LinkKind::Recovery => PersonChange::RecoveryOffered,
        };
        person.profile.link = Some(self.link);
        world.people.people.insert(self.person, person);
        world.record(ctx, self.person.0, PersonChanged { person: self.person, what });
        Ok(())
    }
}
