//! Revoke a key of one's own merchant.

use super::views::ApiKey;
use domain::identity::revoke_api_key::RevokeApiKey;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::problem::Problem;
use edge::wire;
use kernel::ApiKeyId;

/// Revoke a key of one's own merchant: from the answer on it opens nothing here, and within seconds nothing anywhere.
#[utoipa::path(
    delete, path = "/v1/keys/{id}", tag = "keys",
    params(("id" = inline(wire::ApiKeyId), Path)), responses((status = 200, body = ApiKey))
)]
pub async fn revoke_own_key(caller: Caller, At(key): At<ApiKeyId>) -> Answered<ApiKey> {
    let tenant = caller.tenant();
    let keys = caller.reader().api_keys(tenant.merchant()).await?;
    if !keys.iter().any(|known| known.id == key && known.tenant == tenant) {
        return Err(Problem::not_found("key"));
    }
    let key = caller.run(RevokeApiKey { merchant: tenant.merchant(), key }).await?;
    caller.keys().forget(&key.hash);
    Ok(Answer::ok(ApiKey::of(&key)))
}
