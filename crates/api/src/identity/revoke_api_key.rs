//! Revoke a key.

use super::views::ApiKey;
use crate::answer::{Answer, Answered};
use crate::auth::Caller;
use crate::extract::At;
use crate::problem::Problem;
use crate::wire;
use domain::{Command, Outcome, identity::revoke_api_key::RevokeApiKey};
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
    let command = Command::RevokeApiKey(RevokeApiKey { merchant, key });
    match caller.submit(None, command).await? {
        Outcome::ApiKey(key) => {
            caller.keys().forget(&key.hash);
            Ok(Answer::ok(ApiKey::of(&key)))
        }
        _ => Err(Problem::unexpected()),
    }
}
