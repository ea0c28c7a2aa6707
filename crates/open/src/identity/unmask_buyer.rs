//! Show what the merchant calls a buyer.

use domain::identity::unmask_buyer::UnmaskBuyer;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::problem::Problem;
use edge::wire::{self, ReasonText, Wire};
use kernel::BuyerId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::{Place, VaultError};

/// Why somebody must see it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unmask {
    /// The reason; it is recorded.
    pub reason: ReasonText,
}

/// A buyer with what the merchant calls him. No `Debug`: that is personal data.
#[derive(Serialize, ToSchema)]
pub struct UnmaskedBuyer {
    /// His id.
    pub id: wire::BuyerId,
    /// The merchant's own name for him; null where it is damaged.
    pub external_id: Option<String>,
}

/// Show what the merchant calls a buyer. That it was shown is recorded in the journal first, with the reason.
#[utoipa::path(
    post, path = "/v1/buyers/{id}/unmask", tag = "buyers",
    params(("id" = inline(wire::BuyerId), Path)),
    request_body = Unmask, responses((status = 200, body = UnmaskedBuyer))
)]
pub async fn unmask_buyer(
    caller: Caller,
    At(id): At<BuyerId>,
    ask: Ask<Unmask>,
) -> Answered<UnmaskedBuyer> {
    caller.run(UnmaskBuyer { buyer: id, reason: ask.body.reason.0 }).await?;
    let found = caller.reader().buyer(caller.tenant(), id).await?;
    let buyer = found.ok_or_else(|| Problem::not_found("buyer"))?;
    let vault = caller.vault_for([&buyer.sealed[..]]).await;
    let place =
        Place { tenant: caller.tenant(), table: "buyers", row: &buyer.tag, column: "sealed" };
    let external_id = match vault.unseal(&place, &buyer.sealed) {
        Ok(clear) => String::from_utf8(clear.to_vec()).ok(),
        Err(error @ VaultError::UnknownKey(_)) => return Err(error.into()),
        Err(error) => {
            tracing::error!(buyer.id = %id, %error, "a buyer's external id cannot be opened");
            None
        }
    };
    Ok(Answer::ok(UnmaskedBuyer { id: Wire(id), external_id }))
}
