//! Record that a person of the operator enters a merchant by his grant. Comes before anything is shown.

use super::fact::OperatorEntered;
use crate::{Context, Refusal, Verb, World};
use kernel::PersonId;

/// A person of the operator at a merchant's door.
#[derive(Debug, Clone)]
pub struct EnterMerchant {
    /// Who.
    pub person: PersonId,
    /// From which address.
    pub address: String,
}

impl Verb for EnterMerchant {
    type Answer = ();

    /// Always succeeds: the edge has read the grant.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let fact = OperatorEntered { person: self.person, address: self.address };
        world.record(ctx, self.person.0, fact);
        Ok(())
    }
}
