//! Asking about payments, closing them, and trying credentials.

use super::client::Client;
use super::trade::Trade;
use crate::pay::answer::{Closure, Outcome, Standing};
use crate::pay::ask::Question;
use crate::pay::notice::Refused;
use serde_json::{Value, json};

const QUERY: &str = "alipay.trade.query";
/// A number that no payment has, to try credentials with.
const NO_PAYMENT: &str = "tessera_credentials_check";

impl Client<'_, '_> {
    /// Where a payment stands.
    pub async fn query(&mut self, question: &Question) -> Outcome<Standing> {
        let number = question.payment.to_string();
        match self.call(QUERY, &json!({ "out_trade_no": number }), "").await {
            Ok(answer) => match standing(&answer, &number) {
                Ok(standing) => Outcome::Succeeded(standing),
                Err(refused) => Outcome::Unknown(refused.into()),
            },
            Err(trouble) if trouble.is_missing() => Outcome::Succeeded(Standing::NotBegun),
            Err(trouble) => trouble.strict(),
        }
    }

    /// Closes a payment. A trade that nobody scanned cannot be closed; its code ends by the expiry that was sent.
    pub async fn close(&mut self, question: &Question) -> Outcome<Closure> {
        let content = json!({ "out_trade_no": question.payment.to_string() });
        match self.call("alipay.trade.close", &content, "").await {
            Ok(_) => Outcome::Succeeded(Closure::Closed),
            Err(trouble) if trouble.is_missing() => Outcome::Succeeded(Closure::NotBegun),
            Err(trouble) if trouble.is_refusal("ACQ.TRADE_STATUS_ERROR") => {
                Outcome::Succeeded(Closure::AskAgain)
            }
            Err(trouble) => trouble.strict(),
        }
    }

    /// Tries the credentials with a question whose good answer is "no such trade".
    pub async fn check(&mut self) -> Outcome<()> {
        match self.call(QUERY, &json!({ "out_trade_no": NO_PAYMENT }), "").await {
            Ok(_) => Outcome::Succeeded(()),
            Err(trouble) if trouble.is_missing() => Outcome::Succeeded(()),
            Err(trouble) => trouble.lenient(),
        }
    }
}

fn standing(answer: &Value, number: &str) -> Result<Standing, Refused> {
    let text = |name: &str| answer[name].as_str().unwrap_or_default();
    if text("out_trade_no") != number {
        return Err(Refused::OtherAccount("out_trade_no"));
    }
    let trade = Trade {
        status: text("trade_status"),
        number: text("trade_no"),
        total: text("total_amount"),
        paid_at: text("send_pay_date"),
        returned: false,
    };
    trade.standing()
}
