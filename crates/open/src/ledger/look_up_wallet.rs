//! Read a wallet.

use super::views::Wallet;
use crate::identity::buyer::NamedBuyer;
use domain::ledger::AccountKey;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::wire::Currency;
use serde::Deserialize;
use utoipa::ToSchema;

/// Which wallet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WalletLookup {
    /// Whose wallet.
    pub buyer: NamedBuyer,
    /// The currency; `CNY` when absent.
    pub currency: Option<Currency>,
}

/// Read what a buyer's wallet holds. A POST, so that the buyer's name is in no log of paths.
#[utoipa::path(
    post, path = "/v1/wallets/lookup", tag = "wallets",
    request_body = WalletLookup, responses((status = 200, body = Wallet))
)]
pub async fn look_up_wallet(caller: Caller, ask: Ask<WalletLookup>) -> Answered<Wallet> {
    let currency = ask.body.currency.map_or(kernel::Currency::Cny, |currency| currency.0);
    let buyer = ask.body.buyer.find(&caller).await?.id;
    let wallet = AccountKey::wallet(caller.tenant(), buyer, currency);
    let account = caller.reader().account(caller.tenant(), wallet.id()).await?;
    Ok(Answer::ok(Wallet::of(buyer, currency, account)?))
}
