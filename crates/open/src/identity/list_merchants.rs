//! List merchants.

use super::views::Merchant;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{List, Page};
use kernel::MerchantId;

/// List merchants, newest first.
#[utoipa::path(
    get, path = "/v1/merchants", tag = "merchants",
    params(List), responses((status = 200, body = Page<Merchant>))
)]
pub async fn list_merchants(caller: Caller, Query(list): Query<List>) -> Answered<Page<Merchant>> {
    let rows = caller.reader().merchants(list.page(MerchantId)).await?;
    let key = |row: &domain::identity::TenantRow| row.tenant.merchant().0;
    Ok(Answer::ok(list.show(rows, key, |row| Ok(Merchant::of(row)))?))
}
