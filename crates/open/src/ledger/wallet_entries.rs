//! List the entries of a wallet.

use super::views::WalletEntry;
use crate::identity::buyer::NamedBuyer;
use domain::ledger::AccountKey;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::pagination::{Cursor, Limit, List, Page};
use edge::wire::Currency;
use kernel::TransferId;
use serde::Deserialize;
use utoipa::ToSchema;

/// Which entries of which wallet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WalletEntriesLookup {
    /// Whose wallet.
    pub buyer: NamedBuyer,
    /// The currency; `CNY` when absent.
    pub currency: Option<Currency>,
    /// Items of the page.
    #[serde(default)]
    pub limit: Limit,
    /// `next` of the page before.
    pub after: Option<Cursor>,
}

/// List what came into a wallet and went out of it, newest first.
#[utoipa::path(
    post, path = "/v1/wallets/entries", tag = "wallets",
    request_body = WalletEntriesLookup, responses((status = 200, body = Page<WalletEntry>))
)]
pub async fn wallet_entries(
    caller: Caller,
    ask: Ask<WalletEntriesLookup>,
) -> Answered<Page<WalletEntry>> {
    let WalletEntriesLookup { buyer, currency, limit, after } = ask.body;
    let (list, tenant) = (List { limit, after }, caller.tenant());
    let currency = currency.map_or(kernel::Currency::Cny, |currency| currency.0);
    let buyer = buyer.find(&caller).await?.id;
    let wallet = AccountKey::wallet(tenant, buyer, currency).id();
    let rows = caller.reader().entries(tenant, wallet, list.page(TransferId)).await?;
    let show = |transfer: &_| WalletEntry::of(transfer, wallet);
    Ok(Answer::ok(list.show(rows, |transfer| transfer.id.0, show)?))
}
