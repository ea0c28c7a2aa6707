//! Revoke a key of the open API: from the answer on it opens nothing.

use super::ApiKey;
use crate::identity::fact::ApiKeyRevoked;
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{ApiKeyId, MerchantId, Mode, Tenant};

/// Ends a key of a merchant.
#[derive(Debug, Clone)]
pub struct RevokeApiKey {
    /// Whose key it must be.
    pub merchant: MerchantId,
    /// Which key.
    pub key: ApiKeyId,
}

impl RevokeApiKey {
    /// Where the key may stand.
    fn places(&self) -> [(Tenant, ApiKeyId); 2] {
        [Mode::Live, Mode::Test].map(|mode| (Tenant::new(self.merchant, mode), self.key))
    }
}

impl Verb for RevokeApiKey {
    const NATURE: Nature = Nature::Configuration;
    type Answer = Box<ApiKey>;

    /// The key, which is of one of the merchant's modes.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.identity.api_keys.extend(self.places());
    }

    /// Order of checks: the key exists. Revoking twice changes nothing.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let found = self.places().into_iter().find_map(|at| world.identity.api_keys.get(&at));
        let mut key = found.ok_or(Refusal::NotFound("key"))?.clone();
        if key.revoked_at.is_none() {
            key.revoked_at = Some(ctx.now);
            world.identity.api_keys.insert((key.tenant, key.id), key.clone());
            world.record(ctx, self.key.0, ApiKeyRevoked { key: self.key });
        }
        Ok(Box::new(key))
    }
}
