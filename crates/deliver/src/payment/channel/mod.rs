//! Channels of others: accounts as they are stored made ready, asked within bounds, and their notices taken in.
//!
//! A live account asks the channels, an account of test mode the sandbox; neither ever asks the other's.

mod account;
mod kept;
mod look;
mod notice;
mod offer;
mod refund;
mod settings;
mod standing;

pub use account::{accounts, parse, secrets};
pub use kept::ShownExchange;
pub(crate) use look::{look, waits_for_channel};
pub use notice::{NoticeFate, take};
pub use offer::{AskedFor, OfferError, StoredOffer, check, offer, openid, wechat_authorize_url};
pub(crate) use refund::send;
pub use settings::{Channels, NoDoor};
