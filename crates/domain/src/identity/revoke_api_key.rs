//! Revoke a key of the open API: from the answer on it opens nothing.

use crate::fact::identity::ApiKeyRevoked;
use crate::{Context, Fact, Needs, Outcome, Refusal, World};
use kernel::{ApiKeyId, MerchantId};

/// Ends a key of a merchant.
#[derive(Debug, Clone)]
pub struct RevokeApiKey {
    /// Whose key it must be.
    pub merchant: MerchantId,
    /// Which key.
    pub key: ApiKeyId,
}

impl RevokeApiKey {
    /// The key.
    pub fn needs(&self, needs: &mut Needs) {
        needs.api_keys.insert(self.key);
    }

    /// Order of checks: the key exists. Revoking twice changes nothing.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        let found = world.api_keys.get(&self.key).filter(|k| k.tenant.merchant() == self.merchant);
        let mut key = found.ok_or(Refusal::NotFound("key"))?.clone();
        if key.revoked_at.is_none() {
            key.revoked_at = Some(ctx.now);
            world.api_keys.insert(self.key, key.clone());
            world.record(ctx, self.key.0, Fact::ApiKeyRevoked(ApiKeyRevoked { key: self.key }));
        }
        Ok(Outcome::ApiKey(Box::new(key)))
    }
}
