//! Read a merchant.

use super::merchant;
use super::views::Merchant;
use crate::answer::{Answer, Answered};
use crate::auth::Caller;
use crate::extract::At;
use crate::wire;
use kernel::MerchantId;

/// Read a merchant.
#[utoipa::path(
    get, path = "/v1/merchants/{id}", tag = "merchants",
    params(("id" = inline(wire::MerchantId), Path)), responses((status = 200, body = Merchant))
)]
pub async fn get_merchant(caller: Caller, At(id): At<MerchantId>) -> Answered<Merchant> {
    Ok(Answer::ok(Merchant::of(&merchant(&caller, id).await?)))
}
