//! Asking about payments, closing them, and trying credentials.

use super::client::{Client, Trouble};
use super::trade::Trade;
use crate::pay::answer::{Closure, Outcome, Standing};
use crate::pay::ask::Question;
use crate::pay::notice::Refused;
use serde_json::{Value, json};

/// A number that no payment has, to try credentials with.
const NO_PAYMENT: &str = "tessera_credentials_check";

impl Client<'_, '_> {
    /// Where a payment stands.
    pub async fn query(&mut self, question: &Question) -> Outcome<Standing> {
        let number = question.payment.to_string();
        let path = self.path_of(&number);
        match self.get(&path).await {
            Ok(answer) => match self.standing(answer, &number) {
                Ok(standing) => Outcome::Succeeded(standing),
                Err(refused) => Outcome::Unknown(refused.into()),
            },
            Err(trouble) if trouble.is_missing() => Outcome::Succeeded(Standing::NotBegun),
            Err(trouble) => trouble.strict(),
        }
    }

    /// Closes a payment.
    pub async fn close(&mut self, question: &Question) -> Outcome<Closure> {
        let path = format!("/v3/pay/transactions/out-trade-no/{}/close", question.payment);
        match self.post(&path, &json!({ "mchid": self.account.mchid })).await {
            Ok(_) => Outcome::Succeeded(Closure::Closed),
            Err(trouble) if trouble.is_missing() => Outcome::Succeeded(Closure::NotBegun),
            Err(Trouble::Refused { why, .. }) => Outcome::Succeeded(match why.code.as_str() {
                "ORDER_CLOSED" | "ORDERCLOSED" => Closure::Closed,
                _ => Closure::AskAgain,
            }),
            Err(Trouble::Unknown(why)) if why.code == "ORDERPAID" => {
                Outcome::Succeeded(Closure::AskAgain)
            }
            Err(trouble) => trouble.strict(),
        }
    }

    /// Tries the credentials with a question whose good answer is "no such payment".
    ///
    /// In certificate mode the certificates come first, which also tries the APIv3 key.
    pub async fn check(&mut self) -> Outcome<()> {
        match self.refresh().await {
            Outcome::Succeeded(()) => {}
            other => return other,
        }
        match self.get(&self.path_of(NO_PAYMENT)).await {
            Ok(_) => Outcome::Succeeded(()),
            Err(trouble) if trouble.is_missing() => Outcome::Succeeded(()),
            Err(trouble) => trouble.lenient(),
        }
    }

    fn path_of(&self, number: &str) -> String {
        format!("/v3/pay/transactions/out-trade-no/{number}?mchid={}", self.account.mchid)
    }

    fn standing(&self, answer: Value, number: &str) -> Result<Standing, Refused> {
        let trade: Trade =
            serde_json::from_value(answer).map_err(|_| Refused::Unreadable("transaction"))?;
        trade.bind(self.account)?;
        if trade.out_trade_no != number {
            return Err(Refused::OtherAccount("out_trade_no"));
        }
        trade.standing()
    }
}
