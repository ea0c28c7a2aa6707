//! List accounts.

use super::views::Account;
use crate::answer::{Answer, Answered};
use crate::auth::Caller;
use crate::extract::Query;
use crate::pages::{List, Page};
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
