//! List merchants.

use super::shown;
use super::views::Merchant;
use domain::identity::TenantRow;
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
    let mut with_terms = Vec::with_capacity(rows.len());
    for row in rows {
        let merchant = shown(&caller, &row).await?;
        with_terms.push((row, merchant));
    }
    let key = |(row, _): &(TenantRow, Merchant)| row.tenant.merchant().0;
    Ok(Answer::ok(list.show(with_terms, key, |(_, merchant)| Ok(merchant.clone()))?))
}
