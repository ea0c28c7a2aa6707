//! List accounts.

use super::views::Account;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{List, Page};
use kernel::AccountId;

/// List the accounts of the merchant's book.
#[utoipa::path(
    get, path = "/v1/accounts", tag = "ledger",
    params(List), responses((status = 200, body = Page<Account>))
)]
pub async fn list_accounts(caller: Caller, Query(list): Query<List>) -> Answered<Page<Account>> {
    let rows = caller.reader().accounts(caller.tenant(), list.page(AccountId)).await?;
    Ok(Answer::ok(list.show(rows, |row| row.key.id().0, |row| Ok(Account::of(row)))?))
}
