//! Make a key of one's own merchant.

use super::create_api_key::scopes_of;
use super::views::ApiKey;
use domain::identity::create_api_key::CreateApiKey;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::wire::{self, Name};
use kernel::Mode;
use serde::Deserialize;
use utoipa::ToSchema;

/// A key that is to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOwnKey {
    /// What it is called.
    pub name: Name,
    /// What it may do; nobody gives a scope that he lacks.
    pub scopes: Vec<wire::Scope>,
    /// Requests a minute at most; none for no limit.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub requests_per_minute: Option<u32>,
    /// When it ends; never, when absent.
    pub expires_at: Option<wire::Time>,
}

/// Make a key of one's own merchant, in the mode in which one acts. The secret is in this answer and nowhere else. A key through
/// which acts go that want a second person wants one itself; who asked for it takes the secret afterwards, once.
#[utoipa::path(
    post, path = "/v1/keys", tag = "keys",
    request_body = NewOwnKey, responses((status = 201, body = ApiKey))
)]
pub async fn create_own_key(caller: Caller, ask: Ask<NewOwnKey>) -> Answered<ApiKey> {
    let scopes = scopes_of(&ask.body.scopes)?;
    let tenant = caller.tenant();
    let secret = vault::new_secret(match tenant.mode() {
        Mode::Live => "sk_live_",
        Mode::Test => "sk_test_",
    });
    let command = CreateApiKey {
        tenant,
        name: ask.body.name.0,
        scopes,
        hash: vault::key_hash(&secret),
        requests_per_minute: ask.body.requests_per_minute,
        expires_at: ask.body.expires_at.map(|end| end.0),
        by: caller.rights(),
    };
    let key = caller.run(command).await?;
    Ok(Answer::created(ApiKey { secret: Some(secret), ..ApiKey::of(&key) }))
}
