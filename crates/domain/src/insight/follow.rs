//! Bring what the next facts of a book say. Whoever comes second brings nothing, so each fact counts once.

use super::told::Told;
use crate::outcome::Answer;
use crate::{At, Context, Needs, Refusal, Verb, World};

/// Follows a book's journal a little further.
#[derive(Debug, Clone)]
pub struct FollowJournal {
    /// The number up to which it was followed when the facts were read.
    pub after: i64,
    /// The number of the last fact that was read.
    pub through: i64,
    /// What the facts between say, with batches and answers looked up.
    pub told: Told,
}

/// Up to which number the book is followed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed(pub i64);

impl Answer for Followed {}

impl Verb for FollowJournal {
    type Answer = Followed;

    /// How far the book was followed.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.insight.followed.insert(at.tenant);
    }

    /// Always succeeds; changes nothing when somebody else was here.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let followed = &mut world.insight.followed;
        let before = followed.get(&tenant).copied();
        if before.unwrap_or(0) != self.after || self.through <= self.after {
            return Ok(Followed(before.unwrap_or(0)));
        }
        match followed.change(&tenant) {
            Some(seq) => *seq = self.through,
            None => followed.insert(tenant, self.through),
        }
        world.insight.told.push((tenant, self.told));
        Ok(Followed(self.through))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::{Origin, no_vouchers};
    use kernel::{RequestId, Timestamp};

    fn follow(world: &mut World, after: i64, through: i64) -> i64 {
        let origin = Origin {
            tenant: crate::identity::operator(),
            request: RequestId([0; 16]),
            actor: None,
            address: None,
        };
        let mut ctx = Context {
            now: Timestamp(0),
            draw: &mut || [0; 16],
            voucher_tag: &no_vouchers,
            origin,
            approved: false,
        };
        let verb = FollowJournal { after, through, told: Told::default() };
        verb.decide(world, &mut ctx).expect("it never refuses").0
    }

    #[test]
    fn each_fact_is_followed_once() {
        let mut world = World::default();
        world.insight.followed.loaded(crate::identity::operator(), None);
        assert_eq!(follow(&mut world, 0, 5), 5);
        assert_eq!(follow(&mut world, 0, 3), 5, "somebody was here before");
        assert_eq!(follow(&mut world, 5, 5), 5, "nothing new");
        assert_eq!(follow(&mut world, 5, 9), 9);
        assert_eq!(world.insight.told.len(), 2);
    }
}
