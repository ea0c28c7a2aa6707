//! What WeChat Pay says of a transaction, in answers and in notices alike.

use super::account::WechatAccount;
use crate::pay::answer::{Paid, RefundSeen, RefundStanding, Standing, Why};
use crate::pay::notice::Refused;
use kernel::{Currency, Money, Timestamp};
use serde::Deserialize;

/// A transaction.
#[derive(Deserialize)]
pub(super) struct Trade {
    appid: String,
    mchid: String,
    pub out_trade_no: String,
    #[serde(default)]
    transaction_id: Option<String>,
    trade_state: String,
    #[serde(default)]
    trade_state_desc: Option<String>,
    #[serde(default)]
    success_time: Option<String>,
    #[serde(default)]
    pub attach: Option<String>,
    #[serde(default)]
    amount: Option<Amount>,
}

#[derive(Deserialize)]
struct Amount {
    total: i64,
    #[serde(default)]
    currency: Option<String>,
}

impl Trade {
    /// Refuses a transaction of another account.
    pub fn bind(&self, account: &WechatAccount) -> Result<(), Refused> {
        if self.mchid != account.mchid {
            return Err(Refused::OtherAccount("mchid"));
        }
        (self.appid == account.appid).then_some(()).ok_or(Refused::OtherAccount("appid"))
    }

    /// Where it stands.
    pub fn standing(&self) -> Result<Standing, Refused> {
        Ok(match self.trade_state.as_str() {
            "SUCCESS" => Standing::Paid(self.paid(false)?),
            "REFUND" => Standing::Paid(self.paid(true)?),
            "NOTPAY" | "USERPAYING" | "ACCEPT" => Standing::Open,
            "CLOSED" | "REVOKED" => Standing::Closed,
            "PAYERROR" => {
                let message = self.trade_state_desc.as_deref().unwrap_or_default();
                Standing::Failed(Why::new("PAYERROR", message))
            }
            _ => return Err(Refused::Unreadable("trade_state")),
        })
    }

    fn paid(&self, returned: bool) -> Result<Paid, Refused> {
        let amount = self.amount.as_ref().ok_or(Refused::Unreadable("amount"))?;
        let number = self.transaction_id.clone().filter(|id| is_number(id));
        Ok(Paid {
            number: number.ok_or(Refused::Unreadable("transaction_id"))?,
            amount: money(amount.total, amount.currency.as_deref())?,
            paid_at: self.success_time.as_deref().and_then(Timestamp::parse),
            returned,
        })
    }
}

/// A refund. Its notices call the status `refund_status`.
#[derive(Deserialize)]
pub(super) struct RefundTrade {
    #[serde(default)]
    pub mchid: Option<String>,
    #[serde(default)]
    pub out_trade_no: Option<String>,
    pub out_refund_no: String,
    #[serde(default)]
    refund_id: Option<String>,
    #[serde(alias = "refund_status")]
    status: String,
    #[serde(default)]
    amount: Option<RefundAmount>,
}

#[derive(Deserialize)]
struct RefundAmount {
    refund: i64,
    #[serde(default)]
    currency: Option<String>,
}

impl RefundTrade {
    /// Where it stands.
    pub fn seen(&self) -> Result<RefundSeen, Refused> {
        let standing = match self.status.as_str() {
            "SUCCESS" => RefundStanding::Done,
            "PROCESSING" => RefundStanding::Processing,
            "CLOSED" => RefundStanding::Failed(Why::new("CLOSED", "the channel closed the refund")),
            "ABNORMAL" => {
                let message = "the money could not be handed over: act at the channel";
                RefundStanding::Abnormal(Why::new("ABNORMAL", message))
            }
            _ => return Err(Refused::Unreadable("status")),
        };
        let amount = self.amount.as_ref();
        let amount = amount.map(|a| money(a.refund, a.currency.as_deref())).transpose()?;
        Ok(RefundSeen { standing, number: self.refund_id.clone(), amount })
    }
}

fn money(amount: i64, currency: Option<&str>) -> Result<Money, Refused> {
    let currency = match currency {
        None => Some(Currency::Cny),
        Some(code) => Currency::from_code(code),
    };
    let currency = currency.ok_or(Refused::Unreadable("currency"))?;
    (amount > 0).then_some(Money::new(amount, currency)).ok_or(Refused::Unreadable("amount"))
}

fn is_number(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
}
