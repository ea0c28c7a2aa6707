//! The cashier: the amount, until when, and the ways to pay it.

use super::money::Movement;
use crate::{Frame, Lang, Page};
use askama::Template;
use kernel::{Money, Timestamp};

/// A way to pay.
#[derive(Debug, Clone)]
pub struct Method {
    /// What the form sends.
    pub code: String,
    /// As the buyer knows it.
    pub name: String,
    /// A balance or a condition; may be empty.
    pub note: String,
}

/// The ways that are built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The test channel.
    Test,
    /// The buyer's balance in the shop.
    Wallet,
    /// The wallet again, for an order that costs nothing.
    Free,
    /// WeChat Pay, by a code that the phone scans.
    WechatScan,
    /// WeChat Pay, in WeChat.
    Wechat,
    /// Alipay, by a code that the phone scans.
    AlipayScan,
    /// Alipay's own page.
    Alipay,
    /// Cards and more, on Stripe's page.
    Stripe,
    /// A bank transfer, which the merchant confirms.
    Transfer,
}

impl Way {
    /// As the buyer knows it.
    pub fn name(self, lang: Lang) -> &'static str {
        let w = lang.words();
        match self {
            Self::Test => w.way_test,
            Self::Wallet => w.way_wallet,
            Self::Free => w.way_free,
            Self::WechatScan | Self::Wechat => w.way_wechat,
            Self::AlipayScan | Self::Alipay => w.way_alipay,
            Self::Stripe => w.way_stripe,
            Self::Transfer => w.way_transfer,
        }
    }

    /// The choice on the cashier; `code` is what the form sends.
    pub fn method(self, code: &str, lang: Lang) -> Method {
        let w = lang.words();
        let note = match self {
            Self::Test => w.way_test_note,
            Self::Wallet => w.way_wallet_note,
            Self::Free => w.way_free_note,
            Self::WechatScan => w.way_wechat_scan_note,
            Self::AlipayScan => w.way_alipay_scan_note,
            Self::Wechat | Self::Alipay => w.way_leave_note,
            Self::Stripe => w.way_stripe_note,
            Self::Transfer => w.way_transfer_note,
        };
        Method { code: code.to_owned(), name: self.name(lang).to_owned(), note: note.to_owned() }
    }
}

/// What says that a transfer came, while the page stands open.
#[derive(Debug, Clone)]
pub struct Poll {
    /// Answers the state as one word of plain text.
    pub path: String,
    /// The word that means "still waiting": any other one leads on.
    pub word: String,
    /// Where it leads on.
    pub next: String,
}

/// The page on which the way to pay is chosen.
#[derive(Debug, Clone, Template)]
#[template(path = "cashier.html")]
pub struct CashierPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Short number of the order.
    pub order_number: String,
    /// What opens the page beside the number.
    pub secret: String,
    /// What was ordered, in one line.
    pub summary: String,
    /// To pay.
    pub amount: Money,
    /// When the hold on the stock ends.
    pub expires_at: Timestamp,
    /// At least one.
    pub methods: Vec<Method>,
    /// Where the form is posted, with `method`.
    pub action: String,
    /// Where giving up is posted.
    pub cancel_action: String,
    /// Where the money is transferred to, when the buyer chose that.
    pub transfer: Option<String>,
    /// What tells that it came, as long as it is waited for.
    pub poll: Option<Poll>,
    /// How the last attempt failed, money first.
    pub problem: Option<String>,
    /// Whether all its pieces are kept until then.
    pub is_held: bool,
    /// What arrived for it and went back.
    pub money: Vec<Movement>,
}

impl Page for CashierPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.w().cashier.to_owned()
    }
}
