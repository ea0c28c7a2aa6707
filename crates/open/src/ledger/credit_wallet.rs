//! Credit a wallet.

use super::views::WalletCredit;
use crate::identity::buyer::NamedBuyer;
use domain::{Reply, ledger::credit_wallet::CreditWallet};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::problem::Problem;
use edge::wire::Money;
use kernel::TransferId;
use serde::Deserialize;
use utoipa::ToSchema;

/// Money for a wallet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWalletCredit {
    /// Whose wallet. A buyer who is new is made.
    pub buyer: NamedBuyer,
    /// What to add, more than nothing.
    pub amount: Money,
}

/// Credit a buyer's wallet; makes the buyer and the wallet when they are new.
#[utoipa::path(
    post, path = "/v1/wallet-credits", tag = "wallets",
    request_body = NewWalletCredit, responses((status = 201, body = WalletCredit))
)]
pub async fn credit_wallet(caller: Caller, ask: Ask<NewWalletCredit>) -> Answered<WalletCredit> {
    let (buyer, amount) = (ask.body.buyer.reference(&caller)?, ask.body.amount.into());
    let command = CreditWallet { buyer, amount };
    let (transfer, replayed) = match caller.submit(ask.once, command).await? {
        Reply::New(credited) => (credited.transfer, false),
        Reply::Replayed(before) => {
            let id = TransferId(before.subject);
            let found = caller.reader().transfer(caller.tenant(), id).await?;
            (found.ok_or_else(|| Problem::internal("a transfer is gone"))?, true)
        }
    };
    Ok(Answer::created(WalletCredit::of(&transfer)?).replayed(replayed))
}
