//! Show what a merchant calls a buyer. Recorded with the reason before anything is opened.

use crate::people::fact::BuyerUnmasked;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::BuyerId;

/// Records that somebody sees a buyer's external id.
#[derive(Debug, Clone)]
pub struct UnmaskBuyer {
    /// Whom.
    pub buyer: BuyerId,
    /// Why.
    pub reason: String,
}

impl Verb for UnmaskBuyer {
    type Answer = ();

    /// The buyer.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.identity.buyer_ids.insert((at.tenant, self.buyer));
    }

    /// Order of checks: the buyer exists.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let key = (ctx.origin.tenant, self.buyer);
        world.identity.buyer_ids.get(&key).ok_or(Refusal::NotFound("buyer"))?;
        let fact = BuyerUnmasked { buyer: self.buyer, reason: self.reason };
        world.record(ctx, self.buyer.0, fact);
        Ok(())
    }
}
