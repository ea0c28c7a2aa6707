//! A voucher as a ticket: what is left of it, where and when it is used, and the code by which it is.
//!
//! Nothing secret is on the page before the button was pressed, so a link preview shows no code.

use crate::price::Price;
use crate::{Frame, Lang, Page, Qr};
use askama::Template;
use kernel::{Money, Timestamp};

/// Uses that are drawn as perforations; of more their number is said alone.
const PUNCHES_MAX: u32 = 20;

/// What a voucher is worth, and what is left of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Uses.
    Uses {
        /// At the beginning.
        total: u32,
        /// Now.
        left: u32,
    },
    /// Money.
    Amount {
        /// At the beginning.
        total: Money,
        /// Now.
        left: Money,
    },
}

/// Where a voucher stands; what can be used comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the glossary explains the states")]
pub enum TicketState {
    Effective,
    NotYet,
    Used,
    Expired,
    Voided,
}

impl TicketState {
    pub(crate) fn word(self, frame: &Frame) -> &'static str {
        let w = frame.w();
        match self {
            Self::Effective => w.voucher_effective,
            Self::NotYet => w.voucher_not_yet,
            Self::Used => w.voucher_used,
            Self::Expired => w.voucher_expired,
            Self::Voided => w.voucher_voided,
        }
    }

    /// Whether it can be used, now or later.
    pub fn is_usable(self) -> bool {
        matches!(self, Self::Effective | Self::NotYet)
    }

    pub(crate) fn tone(self) -> &'static str {
        match self {
            Self::Effective => "ok",
            Self::NotYet => "warn",
            Self::Used | Self::Expired | Self::Voided => "calm",
        }
    }
}

impl Left {
    /// What it was worth at the beginning, in words.
    pub(crate) fn worth(&self, frame: &Frame) -> String {
        match self {
            Self::Uses { total, .. } => (frame.w().times)(&total.to_string()),
            Self::Amount { total, .. } => Price::of(total).to_string(),
        }
    }

    /// What is left in words.
    pub(crate) fn text(&self, frame: &Frame) -> String {
        match self {
            Self::Uses { left, .. } => (frame.w().times_left)(&left.to_string()),
            Self::Amount { left, .. } => {
                format!("{} {}", frame.w().voucher_left, Price::of(left))
            }
        }
    }
}

/// When a voucher is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// From this time on, where that is still to come.
    pub from: Option<Timestamp>,
    /// Its last moment.
    pub until: Option<Timestamp>,
    /// Days from the first use on, before there was one.
    pub days_after_first_use: Option<u16>,
}

/// A store.
#[derive(Debug, Clone)]
pub struct StoreLine {
    /// Its name.
    pub name: String,
    /// Where it is and how it is reached; empty shows nothing.
    pub about: String,
}

/// How much is taken of a voucher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Uses.
    Uses(u32),
    /// Money.
    Amount(Money),
}

impl Taken {
    /// In words.
    pub fn text(&self, frame: &Frame) -> String {
        match self {
            Self::Uses(uses) => (frame.w().times)(&uses.to_string()),
            Self::Amount(amount) => Price::of(amount).to_string(),
        }
    }
}

/// Hours of days of the week, 1 for Monday, in one line.
pub fn hours_line(lang: Lang, days: &[u8], from: &str, until: &str) -> String {
    let names = match lang {
        Lang::Zh => ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
        Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    };
    let joint = if lang == Lang::Zh { "、" } else { ", " };
    let named = days.iter().filter_map(|day| names.get(usize::from(*day).checked_sub(1)?));
    let named: Vec<&str> = named.copied().collect();
    format!("{} {from}–{until}", named.join(joint))
}

/// One use.
#[derive(Debug, Clone)]
pub struct Use {
    /// When.
    pub at: Timestamp,
    /// Where; empty where nobody said.
    pub store: String,
    /// How much.
    pub taken: Taken,
    /// Whether it was taken back.
    pub reversed: bool,
}

/// What is shown to be redeemed.
#[derive(Debug, Clone)]
pub enum Shown {
    /// Nothing yet: the button posts to this path.
    Hidden {
        /// Where the button posts.
        action: String,
    },
    /// Its code.
    Code {
        /// As it is written.
        text: String,
        /// Where the page asks whether something was taken.
        poll_path: String,
        /// What is answered there as long as nothing was.
        poll_word: String,
        /// The page without the code.
        next_path: String,
    },
    /// A token.
    Token {
        /// Eight digits.
        digits: String,
        /// How long it lives.
        seconds: i64,
        /// Where another one is asked for.
        action: String,
        /// Where the page asks whether something was taken.
        poll_path: String,
        /// What is answered there as long as nothing was.
        poll_word: String,
        /// The page without the token.
        next_path: String,
    },
    /// It cannot be redeemed.
    Over,
}

/// The page of a voucher.
#[derive(Debug, Clone, Template)]
#[template(path = "voucher.html")]
pub struct VoucherPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Product.
    pub name: String,
    /// SKU.
    pub sku_name: String,
    /// What is left.
    pub left: Left,
    /// Where it stands.
    pub state: TicketState,
    /// When it is used.
    pub window: Window,
    /// Where; empty: in every store.
    pub stores: Vec<StoreLine>,
    /// At which hours, a line a span.
    pub hours: Vec<String>,
    /// From which bill on.
    pub min_spend: Option<Money>,
    /// Steps of the usage guide.
    pub guide: Vec<String>,
    /// Newest first.
    pub uses: Vec<Use>,
    /// What is shown.
    pub shown: Shown,
    /// The order's page.
    pub order_path: String,
}

impl VoucherPage {
    /// A perforation a use, those that were used first; none where there are too many.
    fn punches(&self) -> Vec<bool> {
        match self.left {
            Left::Uses { total, left } if total <= PUNCHES_MAX => {
                (0..total).map(|i| i < total - left).collect()
            }
            _ => Vec::new(),
        }
    }

    fn is_shown(&self) -> bool {
        matches!(self.shown, Shown::Code { .. } | Shown::Token { .. })
    }

    fn qr(&self) -> Option<Qr> {
        match &self.shown {
            Shown::Code { text, .. } => Qr::of(text),
            Shown::Token { digits, .. } => Qr::of(digits),
            Shown::Hidden { .. } | Shown::Over => None,
        }
    }

    fn spoken(&self, digits: &str) -> String {
        let (one, two) = digits.split_at(digits.len() / 2);
        format!("{one} {two}")
    }

    fn window_line(&self) -> String {
        let (w, frame) = (self.frame.w(), &self.frame);
        let from = self.window.from.map(|at| (w.valid_from)(&frame.moment(&at)));
        let until = match (self.window.until, self.window.days_after_first_use) {
            (Some(until), _) => (w.valid_until)(&frame.moment(&until)),
            (None, Some(days)) => (w.after_first_use)(&days.to_string()),
            (None, None) => w.valid_for_ever.to_owned(),
        };
        from.into_iter().chain([until]).collect::<Vec<_>>().join(" · ")
    }

    fn min_spend_line(&self) -> Option<String> {
        self.min_spend.as_ref().map(|least| Price::of(least).to_string())
    }
}

impl Page for VoucherPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn title(&self) -> String {
        self.name.clone()
    }
}
