//! Read a merchant.

use super::views::Merchant;
use super::{merchant, shown};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::wire;
use kernel::MerchantId;

/// Read a merchant.
#[utoipa::path(
    get, path = "/v1/merchants/{id}", tag = "merchants",
    params(("id" = inline(wire::MerchantId), Path)), responses((status = 200, body = Merchant))
)]
pub async fn get_merchant(caller: Caller, At(id): At<MerchantId>) -> Answered<Merchant> {
    let row = merchant(&caller, id).await?;
    Ok(Answer::ok(shown(&caller, &row).await?))
}
