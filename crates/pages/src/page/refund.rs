//! A refund by rule: what comes back, where to and when; or why not; or how far it is.

use crate::{Frame, Lang, Page};
use askama::Template;
use kernel::{Money, Timestamp};

/// Why nothing can be refunded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// The code was viewed.
    Revealed,
    /// The goods are sold without returns.
    NoReturns,
    /// The time was up then.
    TooLate(Timestamp),
    /// The supplier has not said yet.
    Doubtful,
    /// All of it went back already.
    NothingLeft,
}

impl WhyNot {
    /// One line for the buyer.
    pub(crate) fn text(self, frame: &Frame) -> String {
        let w = frame.w();
        match self {
            Self::Revealed => w.why_revealed.to_owned(),
            Self::NoReturns => w.why_none.to_owned(),
            Self::TooLate(at) => (w.why_too_late)(&frame.moment(&at)),
            Self::Doubtful => w.why_doubtful.to_owned(),
            Self::NothingLeft => w.why_done.to_owned(),
        }
    }
}

/// How far it is.
#[derive(Debug, Clone)]
pub enum RefundState {
    /// The rule allows it: the form is posted there.
    May {
        /// Where the form is posted.
        action: String,
        /// Whether a code becomes void by it.
        voids_code: bool,
    },
    /// The rule does not.
    MayNot(WhyNot),
    /// The channel has it.
    Processing,
    /// The money is back.
    Succeeded(Timestamp),
    /// The channel said no; we go on.
    Failed,
}

/// The page of a refund.
#[derive(Debug, Clone, Template)]
#[template(path = "refund.html")]
pub struct RefundPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Short number of the order.
    pub order_number: String,
    /// What was ordered, in one line.
    pub summary: String,
    /// What comes back.
    pub amount: Money,
    /// The way it was paid, so the way it goes back.
    pub method: String,
    /// How long the way usually takes, in words of the page's language: `1–3 天`.
    pub within: String,
    /// How far it is.
    pub state: RefundState,
    /// Back to the order.
    pub order_path: String,
}

/// How long money usually takes back, in words.
pub fn usual_days(lang: Lang) -> &'static str {
    lang.words().refund_days
}

impl RefundPage {
    /// Icon, tone, headline and text of a state in which nothing is asked.
    fn notice(&self) -> (&'static str, &'static str, String, String) {
        let w = self.frame.w();
        let (icon, tone, title, text) = match &self.state {
            RefundState::May { .. } => ("back", "calm", w.refund_title, String::new()),
            RefundState::MayNot(why) => ("shield", "calm", w.why_not_title, why.text(&self.frame)),
            RefundState::Processing => {
                let text = w.refund_processing_text.to_owned();
                ("back", "warn", w.refund_processing, text)
            }
            RefundState::Succeeded(at) => {
                let text = (w.refunded_at)(&self.frame.moment(at));
                ("check", "ok", w.refund_succeeded, text)
            }
            RefundState::Failed => {
                ("clock", "bad", w.refund_failed, w.refund_failed_text.to_owned())
            }
        };
        (icon, tone, title.to_owned(), text)
    }

    fn says_amount(&self) -> bool {
        !matches!(self.state, RefundState::MayNot(_))
    }

    /// What the form sends and what it says.
    fn reasons(&self) -> [(&'static str, &'static str); 4] {
        let w = self.frame.w();
        [
            ("mistake", w.reason_mistake),
            ("bought_twice", w.reason_other_code),
            ("unneeded", w.reason_unneeded),
            ("other", w.reason_else),
        ]
    }
}

impl Page for RefundPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn title(&self) -> String {
        self.notice().2
    }
}
