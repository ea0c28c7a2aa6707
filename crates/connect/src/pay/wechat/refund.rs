//! Refunds and asking about them.

use super::client::{Client, Trouble};
use super::trade::RefundTrade;
use crate::pay::answer::{Outcome, RefundSeen, RefundStanding};
use crate::pay::ask::{RefundIntent, RefundQuestion};
use crate::pay::notice::Refused;
use kernel::RefundId;
use serde_json::{Value, json};

/// Characters of a reason at most; WeChat Pay counts 80 bytes.
const REASON_BYTES_MAX: usize = 80;

impl Client<'_, '_> {
    /// Sends money back. The same number never does it twice.
    pub async fn refund(&mut self, intent: &RefundIntent) -> Outcome<RefundSeen> {
        let mut body = json!({
            "transaction_id": intent.transaction,
            "out_refund_no": intent.refund.to_string(),
            "notify_url": intent.notice_url,
            "amount": {
                "refund": intent.amount.amount,
                "total": intent.total.amount,
                "currency": intent.amount.currency.code(),
            },
        });
        let reason = &intent.reason[..intent.reason.floor_char_boundary(REASON_BYTES_MAX)];
        if !reason.is_empty() {
            body["reason"] = reason.into();
        }
        let answer = self.post("/v3/refund/domestic/refunds", &body).await;
        seen(answer, intent.refund).and_then(RefundSeen::unless_failed)
    }

    /// Where a refund stands.
    pub async fn refund_query(&mut self, question: &RefundQuestion) -> Outcome<RefundSeen> {
        let path = format!("/v3/refund/domestic/refunds/{}", question.refund);
        match self.get(&path).await {
            Err(trouble) if trouble.is_missing() => {
                Outcome::Succeeded(RefundSeen::without_number(RefundStanding::NotBegun))
            }
            answer => seen(answer, question.refund),
        }
    }
}

fn seen(answer: Result<Value, Trouble>, refund: RefundId) -> Outcome<RefundSeen> {
    let answer = match answer {
        Ok(answer) => answer,
        Err(Trouble::Refused { why, .. }) if why.code == "NOT_ENOUGH" => {
            return Outcome::Succeeded(RefundSeen::without_number(RefundStanding::Abnormal(why)));
        }
        Err(trouble) => return trouble.strict(),
    };
    let read = || {
        let trade: RefundTrade =
            serde_json::from_value(answer).map_err(|_| Refused::Unreadable("refund"))?;
        if trade.out_refund_no != refund.to_string() {
            return Err(Refused::OtherAccount("out_refund_no"));
        }
        trade.seen()
    };
    match read() {
        Ok(seen) => Outcome::Succeeded(seen),
        Err(refused) => Outcome::Unknown(refused.into()),
    }
}
