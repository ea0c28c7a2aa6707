//! The staff's page: pair, unlock, look a voucher up, redeem it, and what was redeemed today.

use super::voucher::{Left, Taken, TicketState};
use crate::{Frame, Page};
use askama::Template;
use kernel::Timestamp;

/// What the page shows.
#[derive(Debug, Clone)]
pub enum View {
    /// The device is unknown: its code is asked for.
    Pair {
        /// Where the form posts.
        action: String,
        /// What was typed, or came with the link.
        code: String,
    },
    /// The PIN is asked for.
    Unlock {
        /// Where the form posts.
        action: String,
        /// Whether the store has a PIN.
        has_pin: bool,
    },
    /// Too many PINs were wrong.
    Blocked,
    /// A voucher's code is asked for.
    Ready {
        /// Where the form posts.
        action: String,
        /// What was typed.
        code: String,
        /// The script that reads QR codes where the browser cannot.
        scanner: String,
    },
    /// A voucher was found: how much is asked for.
    Found(Found),
    /// They were redeemed, or one was taken back.
    Done(Vec<Done>),
    /// What was redeemed today.
    Today {
        /// Newest first.
        rows: Vec<TodayRow>,
        /// A line a SKU: its name, and how much.
        sums: Vec<(String, Taken)>,
    },
}

/// What went wrong at the till.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The pairing code opens nothing.
    PairingCode,
    /// The PIN is wrong; so many tries are left.
    Pin(u32),
    /// Too many codes were wrong.
    Wait,
    /// There is no such voucher.
    Unknown,
    /// What was typed is no amount.
    Amount,
    /// Less is left.
    UsedUp,
    /// Its time is over.
    Expired,
    /// Another store, other hours, or a bill that is too small.
    NotHere,
    /// Its state does not allow it.
    State,
    /// It is in the list before.
    Twice,
    /// No more are redeemed together.
    Many,
}

impl Trouble {
    pub(crate) fn text(self, frame: &Frame) -> String {
        let w = frame.w();
        match self {
            Self::PairingCode => w.till_pair_wrong.to_owned(),
            Self::Pin(left) => (w.tries_left)(&left.to_string()),
            Self::Wait => w.till_wait.to_owned(),
            Self::Unknown => w.till_unknown.to_owned(),
            Self::Amount => w.till_bad_amount.to_owned(),
            Self::UsedUp => w.till_used_up.to_owned(),
            Self::Expired => w.till_expired.to_owned(),
            Self::NotHere => w.till_not_here.to_owned(),
            Self::State => w.till_state.to_owned(),
            Self::Twice => w.till_twice.to_owned(),
            Self::Many => w.till_many.to_owned(),
        }
    }
}

/// Vouchers that were chosen to be redeemed together with the next one.
#[derive(Debug, Clone, Default)]
pub struct Basket {
    /// What forms carry from page to page.
    pub with: String,
    /// A line a voucher: its name, and how much.
    pub rows: Vec<(String, String)>,
}

/// A voucher that can be redeemed.
#[derive(Debug, Clone)]
pub struct Found {
    /// Where the form posts.
    pub action: String,
    /// Where it posts to choose another one beside this.
    pub more: String,
    /// What was typed.
    pub code: String,
    /// Names the act, so that pressing twice is one.
    pub key: String,
    /// Product and SKU.
    pub name: String,
    /// What is left.
    pub left: Left,
    /// Where it stands.
    pub state: TicketState,
    /// Whether the bill is asked for.
    pub asks_bill: bool,
    /// What was typed before, where something was wrong.
    pub taken: String,
}

/// A redemption.
#[derive(Debug, Clone)]
pub struct Done {
    /// Product and SKU.
    pub name: String,
    /// How much.
    pub taken: Taken,
    /// What is left.
    pub left: Left,
    /// When.
    pub at: Timestamp,
    /// Where it is taken back; none once it was.
    pub reverse: Option<String>,
}

/// A redemption of today.
#[derive(Debug, Clone)]
pub struct TodayRow {
    /// Product and SKU.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// How much.
    pub taken: Taken,
    /// At which device, or by whom.
    pub by: String,
    /// Whether it was taken back.
    pub reversed: bool,
}

/// The staff's page.
#[derive(Debug, Clone, Template)]
#[template(path = "till.html")]
pub struct TillPage {
    /// What surrounds it.
    pub frame: Frame,
    /// The staff's address.
    pub home: String,
    /// Store and device; empty before they are known.
    pub place: String,
    /// What went wrong.
    pub problem: Option<Trouble>,
    /// The voucher that was taken out of the list for it; empty where the problem is another's.
    pub dropped: String,
    /// What was chosen before.
    pub basket: Basket,
    /// What is shown.
    pub view: View,
}

impl TillPage {
    /// Whether nothing of what is shown was taken back.
    fn is_redeemed(&self) -> bool {
        matches!(&self.view, View::Done(all) if all.iter().all(|done| done.reverse.is_some()))
    }

    fn is_open(&self) -> bool {
        !matches!(self.view, View::Pair { .. } | View::Unlock { .. } | View::Blocked)
    }
}

impl Page for TillPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.w().till_title.to_owned()
    }
}
