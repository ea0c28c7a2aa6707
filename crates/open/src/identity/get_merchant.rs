//! Read a merchant.

use super::merchant;
use super::views::Merchant;
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
    Ok(Answer::ok(Merchant::of(&merchant(&caller, id).await?)))
}
