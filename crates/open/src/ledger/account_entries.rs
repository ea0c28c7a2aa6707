//! List the entries of an account.

use super::views::AccountEntry;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{At, Query};
use edge::pagination::{List, Page};
use edge::problem::Problem;
use edge::wire;
use kernel::{AccountId, TransferId};

/// List the entries of a wallet or of a stock account, newest first.
///
/// Other accounts only gather sums: what moved through them is in the transfers and in the journal.
#[utoipa::path(
    get, path = "/v1/accounts/{id}/entries", tag = "ledger",
    params(("id" = inline(wire::AccountId), Path), List),
    responses((status = 200, body = Page<AccountEntry>))
)]
pub async fn account_entries(
    caller: Caller,
    At(id): At<AccountId>,
    Query(list): Query<List>,
) -> Answered<Page<AccountEntry>> {
    let tenant = caller.tenant();
    let account = caller.reader().account(tenant, id).await?;
    let account = account.ok_or_else(|| Problem::not_found("account"))?;
    if !account.key.kind.bounded() {
        let detail = "only wallets and stock have entries; read the transfers or the journal";
        return Err(Problem::invalid("id", detail));
    }
    let rows = caller.reader().entries(tenant, id, list.page(TransferId)).await?;
    let show = |transfer: &_| Ok(AccountEntry::of(transfer, id));
    Ok(Answer::ok(list.show(rows, |transfer| transfer.id.0, show)?))
}
