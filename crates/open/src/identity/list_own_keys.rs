//! List the keys of one's own merchant.

use super::views::ApiKey;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::pagination::Page;

/// List the keys of one's own merchant in the mode in which one acts, revoked ones too, all on one page.
#[utoipa::path(
    get, path = "/v1/keys", tag = "keys", responses((status = 200, body = Page<ApiKey>))
)]
pub async fn list_own_keys(caller: Caller) -> Answered<Page<ApiKey>> {
    let tenant = caller.tenant();
    let keys = caller.reader().api_keys(tenant.merchant()).await?;
    let own = keys.iter().filter(|key| key.tenant == tenant);
    Ok(Answer::ok(Page { data: own.map(ApiKey::of).collect(), next: None }))
}
