//! Revoke a key.

use super::views::ApiKey;
use domain::identity::revoke_api_key::RevokeApiKey;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::wire;
use kernel::{ApiKeyId, MerchantId};

/// Revoke a key: from the answer on it opens nothing here, and within seconds nothing anywhere.
#[utoipa::path(
    delete, path = "/v1/merchants/{id}/keys/{key}", tag = "merchants",
    params(("id" = inline(wire::MerchantId), Path), ("key" = inline(wire::ApiKeyId), Path)),
    responses((status = 200, body = ApiKey))
)]
pub async fn revoke_api_key(
    caller: Caller,
    At((merchant, key)): At<(MerchantId, ApiKeyId)>,
) -> Answered<ApiKey> {
    super::merchant(&caller, merchant).await?;
    let command = RevokeApiKey { merchant, key };
    let key = caller.run(command).await?;
    caller.keys().forget(&key.hash);
    Ok(Answer::ok(ApiKey::of(&key)))
}
