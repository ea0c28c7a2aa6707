//! Find a buyer by the merchant's own name for him.

use super::buyer::NamedBuyer;
use super::views::Buyer;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::wire::ExternalBuyerId;
use serde::Deserialize;
use utoipa::ToSchema;

/// Whom to find.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BuyerLookup {
    /// The merchant's own name for him.
    pub external_id: ExternalBuyerId,
}

/// Find a buyer by the merchant's own name for him. A POST, so that the name is in no log of paths.
#[utoipa::path(
    post, path = "/v1/buyers/lookup", tag = "buyers",
    request_body = BuyerLookup, responses((status = 200, body = Buyer))
)]
pub async fn look_up_buyer(caller: Caller, ask: Ask<BuyerLookup>) -> Answered<Buyer> {
    let named = NamedBuyer { external_id: Some(ask.body.external_id), id: None };
    Ok(Answer::ok(Buyer::of(&named.find(&caller).await?)))
}
