//! List the keys of a merchant.

use super::merchant;
use super::views::ApiKey;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::pagination::Page;
use edge::wire;
use kernel::MerchantId;

/// List the keys of a merchant in both modes, revoked ones too, all on one page.
#[utoipa::path(
    get, path = "/v1/merchants/{id}/keys", tag = "merchants",
    params(("id" = inline(wire::MerchantId), Path)),
    responses((status = 200, body = Page<ApiKey>))
)]
pub async fn list_api_keys(caller: Caller, At(id): At<MerchantId>) -> Answered<Page<ApiKey>> {
    merchant(&caller, id).await?;
    let keys = caller.reader().api_keys(id).await?;
    Ok(Answer::ok(Page { data: keys.iter().map(ApiKey::of).collect(), next: None }))
}
