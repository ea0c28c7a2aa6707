//! Waiting is a state with words: what happens, how long it takes, what happens if it fails.
//!
//! The page asks by itself, with a script every two seconds, without one by reloading every five.

use crate::{Frame, Page};
use askama::Template;

/// What is being waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitingFor {
    /// A channel's word on a payment.
    Payment,
    /// A supplier's credit.
    TopUp,
    /// Money on its way back.
    Refund,
}

/// The page that updates by itself.
#[derive(Debug, Clone, Template)]
#[template(path = "waiting.html")]
pub struct WaitingPage {
    /// What surrounds it.
    pub frame: Frame,
    /// What for.
    pub waiting_for: WaitingFor,
    /// Short number of the order.
    pub order_number: String,
    /// How long it usually takes.
    pub seconds_usual: u32,
    /// Answers the state as one word of plain text.
    pub poll_path: String,
    /// The word that means "still waiting": any other one reloads the page.
    pub poll_word: String,
    /// This page, for a reload.
    pub again: String,
}

impl WaitingPage {
    /// Headline, what happens, and what if it fails.
    fn texts(&self) -> [&'static str; 3] {
        let w = self.frame.w();
        match self.waiting_for {
            WaitingFor::Payment => [w.waiting_payment, w.waiting_payment_text, w.if_fails_payment],
            WaitingFor::TopUp => [w.waiting_top_up, w.waiting_top_up_text, w.if_fails_top_up],
            WaitingFor::Refund => [w.waiting_refund, w.waiting_refund_text, w.if_fails_refund],
        }
    }
}

impl Page for WaitingPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn title(&self) -> String {
        self.texts()[0].to_owned()
    }
}
