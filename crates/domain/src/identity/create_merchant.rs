//! Create a merchant: one book for live, one for test. The operator's command.

use super::TenantRow;
use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::identity::fact::MerchantCreated;
use crate::outcome::Answer;
use crate::{Context, Nature, Refusal, Verb, World};
use kernel::{MerchantId, Mode, Tenant, limits};

/// Makes a merchant.
#[derive(Debug, Clone)]
pub struct CreateMerchant {
    /// Its name.
    pub name: String,
    /// IANA zone; the edge has checked that it exists.
    pub zone: String,
}

impl Verb for CreateMerchant {
    const NATURE: Nature = Nature::Configuration;
    type Answer = MerchantId;

    /// Order of checks: name.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        if self.name.is_empty() || self.name.chars().count() > limits::NAME_CHARS_MAX {
            return Err(Refusal::invalid("name", "send a name of 1 to 200 characters"));
        }

        let drawn = MerchantId((ctx.draw)());
        let merchant = Tenant::new(drawn, Mode::Live).merchant();
        for mode in [Mode::Live, Mode::Test] {
            world.identity.new_tenants.push(TenantRow {
                tenant: Tenant::new(merchant, mode),
                name: self.name.clone(),
                zone: self.zone.clone(),
                version: 0,
                created_at: ctx.now,
            });
        }
        let fact = MerchantCreated { merchant, name: self.name, zone: self.zone };
        world.record(ctx, merchant.0, fact);
        Ok(merchant)
    }
}

impl Answer for MerchantId {
    fn reference(&self) -> Option<OutcomeRef> {
        Some(OutcomeRef::to(OutcomeKind::Merchant, self.0))
    }
}
