//! The test channel's own cashier. It looks like another company's page on purpose: nobody shall take it
//! for the shop, or for a real one.

use crate::{Frame, Page};
use askama::Template;
use kernel::Money;

/// What the tester makes the provider do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestAction {
    /// All of it, now.
    Pay,
    /// As if the bank refused.
    Fail,
    /// After the order expired.
    PayAfter,
    /// Two times.
    PayTwice,
    /// Less than asked.
    Underpay,
}

impl TestAction {
    /// Every action, in the order of the page.
    pub const ALL: [Self; 5] =
        [Self::Pay, Self::Fail, Self::PayAfter, Self::PayTwice, Self::Underpay];

    /// Reads what the form sends.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }

    /// What the form sends, the same word as in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Fail => "fail",
            Self::PayAfter => "pay_after",
            Self::PayTwice => "pay_twice",
            Self::Underpay => "underpay",
        }
    }

    /// Words on the button, what it does, and what was done.
    fn texts(self, frame: &Frame) -> [&'static str; 3] {
        let w = frame.w();
        match self {
            Self::Pay => [w.test_pay, w.test_pay_text, w.test_done_paid],
            Self::Fail => [w.test_refuse, w.test_refuse_text, w.test_done_refused],
            Self::PayAfter => [w.test_late, w.test_late_text, w.test_done_late],
            Self::PayTwice => [w.test_twice, w.test_twice_text, w.test_done_twice],
            Self::Underpay => [w.test_less, w.test_less_text, w.test_done_less],
        }
    }
}

/// The cashier.
#[derive(Debug, Clone, Template)]
#[template(path = "test_pay.html")]
pub struct TestPayPage {
    /// Language and nonce are used, and the shop's name.
    pub frame: Frame,
    /// The provider's number of the payment.
    pub payment: String,
    /// To pay.
    pub amount: Money,
    /// Where the buttons post, with `action`.
    pub action: String,
    /// What was done, when something was.
    pub done: Option<TestAction>,
    /// Back to the merchant.
    pub return_path: String,
}

impl Page for TestPayPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.w().test_title.to_owned()
    }
}
