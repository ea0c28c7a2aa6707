//! Refunds and asking about them.

use super::client::{Client, Trouble};
use super::trade::money;
use crate::pay::answer::{Outcome, RefundSeen, RefundStanding, Why};
use crate::pay::ask::{RefundIntent, RefundQuestion};
use crate::pay::wire::yuan;
use serde_json::{Value, json};

/// Characters of a reason at most.
const REASON_CHARS_MAX: usize = 256;

impl Client<'_, '_> {
    /// Sends money back. The same number never does it twice; what such a repetition answers is asked for again.
    pub async fn refund(&mut self, intent: &RefundIntent) -> Outcome<RefundSeen> {
        let number = intent.payment.to_string();
        let mut content = json!({
            "out_trade_no": number,
            "refund_amount": yuan::write(intent.amount.amount),
            "out_request_no": intent.refund.to_string(),
        });
        let reason: String = intent.reason.chars().take(REASON_CHARS_MAX).collect();
        if !reason.is_empty() {
            content["refund_reason"] = reason.into();
        }
        match self.call("alipay.trade.refund", &content, "").await {
            Ok(answer) if answer["out_trade_no"].as_str() != Some(&number) => {
                Outcome::Unknown(Why::new("other_account", "the answer is of another payment"))
            }
            Ok(answer) if answer["fund_change"] == "Y" => {
                Outcome::Succeeded(RefundSeen::without_number(RefundStanding::Done))
            }
            // It moved nothing now: it was done before, or is under way, and only the question tells which.
            Ok(_) => {
                self.refund_query(&intent.question()).await.and_then(RefundSeen::unless_failed)
            }
            Err(Trouble::Refused(why)) if why.code == "ACQ.SELLER_BALANCE_NOT_ENOUGH" => {
                Outcome::Succeeded(RefundSeen::without_number(RefundStanding::Abnormal(why)))
            }
            Err(trouble) => trouble.strict(),
        }
    }

    /// Where a refund stands. Alipay names no status for a refund that it did not make.
    pub async fn refund_query(&mut self, question: &RefundQuestion) -> Outcome<RefundSeen> {
        let content = json!({
            "out_trade_no": question.payment.to_string(),
            "out_request_no": question.refund.to_string(),
        });
        let not_begun = || RefundSeen::without_number(RefundStanding::NotBegun);
        match self.call("alipay.trade.fastpay.refund.query", &content, "").await {
            Ok(answer) => match answer["refund_status"].as_str().unwrap_or_default() {
                "" => Outcome::Succeeded(not_begun()),
                _ if !is_of(&answer, question) => {
                    Outcome::Unknown(Why::new("other_account", "the answer is of another refund"))
                }
                "REFUND_SUCCESS" => Outcome::Succeeded(RefundSeen {
                    standing: RefundStanding::Done,
                    number: None,
                    amount: answer["refund_amount"].as_str().and_then(money),
                }),
                "REFUND_PROCESSING" => {
                    Outcome::Succeeded(RefundSeen::without_number(RefundStanding::Processing))
                }
                other => Outcome::Unknown(Why::new(other, "a status that is not known")),
            },
            Err(trouble) if trouble.is_missing() => Outcome::Succeeded(not_begun()),
            Err(trouble) => trouble.strict(),
        }
    }
}

fn is_of(answer: &Value, question: &RefundQuestion) -> bool {
    let same = |name: &str, wanted: String| answer[name].as_str() == Some(&wanted);
    same("out_trade_no", question.payment.to_string())
        && same("out_request_no", question.refund.to_string())
}
