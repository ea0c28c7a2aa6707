//! On the way to a payment channel: a code to scan, a page to go to, or WeChat's own window.
//!
//! It says by itself when the payment's state has changed. Without JavaScript there is a link for everything, but within
//! WeChat, whose window opens by script alone.

use super::cashier::Way;
use crate::qr::Qr;
use crate::{Frame, Page};
use askama::Template;
use kernel::{Money, Timestamp};

/// What the channel offered.
#[derive(Debug, Clone)]
pub enum Step {
    /// A code that a phone scans.
    Scan(Qr),
    /// A page of the channel.
    Leave(String),
    /// What WeChat's bridge takes, as JSON.
    Bridge(String),
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "channel_pay.html")]
pub struct ChannelPayPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Short number of the order.
    pub order_number: String,
    /// What was ordered, in one line.
    pub summary: String,
    /// To pay.
    pub amount: Money,
    /// Until when.
    pub expires_at: Timestamp,
    /// The way that was chosen.
    pub way: Way,
    /// What is to be done.
    pub step: Step,
    /// Answers the state as one word of plain text.
    pub poll_path: String,
    /// The word that means "still waiting": any other one leads on.
    pub poll_word: String,
    /// Where it leads on, and where "I have paid" leads.
    pub next_path: String,
    /// In test mode, what stands in for WeChat's window in a browser that only says that it is WeChat.
    pub bridge_script: Option<String>,
    /// In test mode, where a person pays who cannot scan the code.
    pub sandbox_path: Option<String>,
    /// Back to the choice.
    pub choose_path: String,
}

impl ChannelPayPage {
    fn name(&self) -> &'static str {
        self.way.name(self.frame.lang)
    }

    fn scan_text(&self) -> String {
        (self.frame.w().scan_with)(self.name())
    }

    fn leave_text(&self) -> String {
        (self.frame.w().go_to_channel)(self.name())
    }
}

impl Page for ChannelPayPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn title(&self) -> String {
        self.name().to_owned()
    }
}
