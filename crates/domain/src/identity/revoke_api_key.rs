//! Revoke a key of the open API: from the answer on it opens nothing.

use super::ApiKey;
use crate::identity::fact::ApiKeyRevoked;
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{ApiKeyId, MerchantId};

/// Ends a key of a merchant.
#[derive(Debug, Clone)]
pub struct RevokeApiKey {
    /// Whose key it must be.
    pub merchant: MerchantId,
    /// Which key.
    pub key: ApiKeyId,
}

impl Verb for RevokeApiKey {
    const NATURE: Nature = Nature::Configuration;
    type Answer = Box<ApiKey>;

    /// The key.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.identity.api_keys.insert(self.key);
    }

    /// Order of checks: the key exists. Revoking twice changes nothing.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let found =
            world.identity.api_keys.get(&self.key).filter(|k| k.tenant.merchant() == self.merchant);
        let mut key = found.ok_or(Refusal::NotFound("key"))?.clone();
        if key.revoked_at.is_none() {
            key.revoked_at = Some(ctx.now);
            world.identity.api_keys.insert(self.key, key.clone());
            world.record(ctx, self.key.0, ApiKeyRevoked { key: self.key });
        }
        Ok(Box::new(key))
    }
}
