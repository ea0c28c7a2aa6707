//! When a request cannot be answered: what happened to the money first, then what to do.

use crate::{Frame, Page};
use askama::Template;

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// 403: a form that no page of ours sent.
    Foreign,
    /// 404.
    NotFound,
    /// 422.
    Invalid,
    /// 429, with the seconds to wait.
    TooMany(u32),
    /// 503, with the seconds to wait.
    Busy(u32),
    /// 500.
    Broken,
}

impl Failure {
    /// One of each, for tables and tests.
    pub const ALL: [Self; 6] = [
        Self::Foreign,
        Self::NotFound,
        Self::Invalid,
        Self::TooMany(30),
        Self::Busy(5),
        Self::Broken,
    ];

    /// The HTTP status to answer with.
    pub fn status(self) -> u16 {
        match self {
            Self::Foreign => 403,
            Self::NotFound => 404,
            Self::Invalid => 422,
            Self::TooMany(_) => 429,
            Self::Broken => 500,
            Self::Busy(_) => 503,
        }
    }
}

/// The page of a failure.
#[derive(Debug, Clone, Template)]
#[template(path = "failure.html")]
pub struct FailurePage {
    /// What surrounds it.
    pub frame: Frame,
    /// What went wrong.
    pub failure: Failure,
    /// Tells us which request it was.
    pub request_id: String,
}

impl FailurePage {
    fn texts(&self) -> [&'static str; 2] {
        let w = self.frame.w();
        match self.failure {
            Failure::Foreign => [w.foreign_title, w.foreign_text],
            Failure::NotFound => [w.not_found_title, w.not_found_text],
            Failure::Invalid => [w.invalid_title, w.invalid_text],
            Failure::TooMany(_) => [w.many_title, w.many_text],
            Failure::Busy(_) => [w.busy_title, w.busy_text],
            Failure::Broken => [w.broken_title, w.broken_text],
        }
    }

    /// A page that was never there has nothing to do with money.
    fn mentions_money(&self) -> bool {
        self.failure != Failure::NotFound
    }

    fn wait(&self) -> Option<String> {
        match self.failure {
            Failure::TooMany(seconds) | Failure::Busy(seconds) => {
                Some((self.frame.w().retry_in)(&seconds.to_string()))
            }
            Failure::Foreign | Failure::NotFound | Failure::Invalid | Failure::Broken => None,
        }
    }
}

impl Page for FailurePage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn title(&self) -> String {
        self.texts()[0].to_owned()
    }
}
