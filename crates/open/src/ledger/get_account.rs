//! Read an account.

use super::views::Account;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::problem::Problem;
use edge::wire;
use kernel::AccountId;

/// Read an account.
#[utoipa::path(
    get, path = "/v1/accounts/{id}", tag = "ledger",
    params(("id" = inline(wire::AccountId), Path)), responses((status = 200, body = Account))
)]
pub async fn get_account(caller: Caller, At(id): At<AccountId>) -> Answered<Account> {
    let found = caller.reader().account(caller.tenant(), id).await?;
    Ok(Answer::ok(Account::of(&found.ok_or_else(|| Problem::not_found("account"))?)))
}
