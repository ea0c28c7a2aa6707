//! Create a key of the open API. The secret was drawn at the edge and is known here only as a hash.

use super::{ApiKey, Scope};
use crate::approval::act::Act;
use crate::approval::{self, policy};
use crate::identity::fact::ApiKeyCreated;
use crate::people::rights::{Limit, Rights};
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{ApiKeyId, Tenant, Timestamp, limits};

/// Makes a key for a tenant.
#[derive(Debug, Clone)]
pub struct CreateApiKey {
    /// Whose key, in which mode.
    pub tenant: Tenant,
    /// What it is called.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// SHA-256 of the secret.
    pub hash: [u8; 32],
    /// Requests a minute at most; none for no limit.
    pub requests_per_minute: Option<u32>,
    /// When it ends; none for never.
    pub expires_at: Option<Timestamp>,
    /// What the person may do who makes it for himself and his own; none where nobody gives what is his.
    pub by: Option<Rights>,
}

impl Verb for CreateApiKey {
    const NATURE: Nature = Nature::Configuration;
    type Answer = Box<ApiKey>;

    /// The tenant's configuration.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.tenant(self.tenant);
    }

    /// Order of checks: tenant, name, scopes, limit, end, a second person.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        if self.tenant != super::operator() && world.config.tenant(self.tenant).is_none() {
            return Err(Refusal::NotFound("merchant"));
        }
        if self.name.is_empty() || self.name.chars().count() > limits::NAME_CHARS_MAX {
            return Err(Refusal::invalid("name", "send a name of 1 to 200 characters"));
        }
        if self.scopes.is_empty() {
            return Err(Refusal::invalid("scopes", "name at least one scope"));
        }
        if let Some(at) = self.scopes.iter().position(|scope| scope.is_of_people()) {
            return Err(Refusal::invalid(format!("scopes[{at}]"), "only people have this scope"));
        }
        if let Some(by) = &self.by {
            let gives = self.scopes.iter().copied();
            by.cover(&Rights::new(&[self.tenant.mode()], gives, Limit::Unlimited))?;
        }
        let limits = 1..=limits::REQUESTS_PER_MINUTE_MAX;
        if self.requests_per_minute.is_some_and(|limit| !limits.contains(&limit)) {
            let cure = "send 1 to 1000000, or leave it out for no limit";
            return Err(Refusal::invalid("requests_per_minute", cure));
        }
        if self.expires_at.is_some_and(|end| end <= ctx.now) {
            return Err(Refusal::invalid("expires_at", "send a time that is to come"));
        }
        if policy::of(world, ctx.origin.tenant).holds_any_of(&self.scopes) {
            approval::ask_second(world, ctx, Act::ApiKey, None)?;
        }

        let key = ApiKey {
            id: ApiKeyId((ctx.draw)()),
            tenant: self.tenant,
            hash: self.hash,
            name: self.name,
            scopes: self.scopes,
            requests_per_minute: self.requests_per_minute,
            created_at: ctx.now,
            revoked_at: None,
            expires_at: self.expires_at,
        };
        world.record(
            ctx,
            key.id.0,
            ApiKeyCreated {
                key: key.id,
                merchant: key.tenant.merchant(),
                mode: key.tenant.mode(),
                name: key.name.clone(),
                scopes: key.scopes.clone(),
                requests_per_minute: key.requests_per_minute,
                expires_at: key.expires_at,
            },
        );
        world.identity.api_keys.insert((key.tenant, key.id), key.clone());
        Ok(Box::new(key))
    }
}
