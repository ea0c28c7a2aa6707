//! How we talk with payment channels: what they sign, what they say, what they answer.
//!
//! A channel's module knows its wire and nothing of orders. What it reads is a [`Notice`]; what it is
//! asked gives an [`Answer`] of three values. The test channel is the first one of them; the real ones are in [`pay`].

pub mod notice;
pub mod pay;
pub mod test_channel;

pub use notice::{Notice, NoticeError, Said};

/// What the outside world answers. Not known is not failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It was done.
    Succeeded,
    /// It was not done and will not be.
    Failed,
    /// Nobody knows yet; ask again by the same number.
    Unknown,
}
