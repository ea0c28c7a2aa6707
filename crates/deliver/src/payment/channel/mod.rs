//! Channels of others: accounts as they are stored made ready, asked within bounds, and their notices taken in.
//!
//! A live account asks the channels, an account of test mode the sandbox; neither ever asks the other's.

mod account;
mod ask;
mod notice;
mod settings;

pub use account::{account, parse};
pub use ask::{OfferError, StoredOffer, check, offer};
pub use notice::{NoticeFate, take};
pub use settings::{Channels, NoDoor};
