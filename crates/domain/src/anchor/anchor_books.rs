//! Move the anchors of books on to where their chains were linked.

use super::Anchor;
use crate::outcome::Answer;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::Tenant;

/// The anchors of some books.
#[derive(Debug, Clone)]
pub struct AnchorBooks {
    /// Of each book: where its anchor must be, and where it goes.
    pub moves: Vec<(Tenant, i64, Anchor)>,
}

/// How many anchors moved. Those that another process moved meanwhile stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchored(pub usize);

impl Answer for Anchored {}

impl Verb for AnchorBooks {
    type Answer = Anchored;

    /// The anchors, and the row about all books.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.anchor.all = true;
        needs.anchor.anchors.extend(self.moves.iter().map(|(tenant, ..)| *tenant));
    }

    /// Always succeeds. The hour to the first checkpoint begins with the first anchor.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let (mut moved, mut new) = (0, 0);
        for (tenant, from, to) in self.moves {
            let anchors = &mut world.anchor.anchors;
            match anchors.get(&tenant).map(|anchor| anchor.seq) {
                Some(seq) if seq == from => *anchors.change(&tenant).ok_or(Refusal::Stale)? = to,
                None if from == 0 => {
                    anchors.insert(tenant, to);
                    new += 1;
                }
                _ => continue,
            }
            moved += 1;
        }
        let begins = world.anchor.all.get(&()).is_some_and(|all| all.at == 0);
        if (begins || new > 0)
            && let Some(all) = world.anchor.all.change(&())
        {
            all.books += new;
            all.at = if begins { ctx.now.0 } else { all.at };
        }
        Ok(Anchored(moved))
    }
}
