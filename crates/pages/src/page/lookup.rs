//! Find an order again: its number and its secret are asked for, and one answer is given to everything that opens nothing.

use crate::{Frame, Page};
use askama::Template;

/// Why no order is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Number and secret open nothing; which of them is wrong is not said.
    Unknown,
    /// Too many were tried.
    Wait,
}

impl Trouble {
    fn text(self, frame: &Frame) -> &'static str {
        match self {
            Self::Unknown => frame.w().lookup_unknown,
            Self::Wait => frame.w().lookup_wait,
        }
    }
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "lookup.html")]
pub struct LookupPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Where the form is posted.
    pub action: String,
    /// Says that the form is one of ours.
    pub token: String,
    /// The number that was typed. The secret is typed anew.
    pub number: String,
    /// Why nothing was opened.
    pub problem: Option<Trouble>,
}

impl Page for LookupPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.w().lookup_title.to_owned()
    }
}
