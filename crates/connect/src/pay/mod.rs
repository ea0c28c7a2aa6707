//! Payment channels: WeChat Pay, Alipay and Stripe behind one door.
//!
//! [`Door`] asks a channel over its wire and gives answers of three values; [`notice::read`] reads what a channel tells
//! by itself, without any I/O. A channel's folder knows its wire and nothing of orders; what all wires share is in
//! `wire`. Time comes from the caller and nonces from who made the door, so that everything can be repeated.
//!
//! Nothing is ever taken for failed because the channel was silent, broken, or answered without a good signature.

pub mod account;
pub mod alipay;
pub mod answer;
pub mod ask;
pub mod door;
pub mod exchange;
pub mod gateways;
pub mod notice;
pub mod secret;
pub mod stripe;
pub mod wechat;
pub mod wire;

#[cfg(test)]
mod testdata;
#[cfg(test)]
mod tests;

pub use account::{Account, Channel, FieldError};
pub use answer::{
    Asked, Closure, JsapiParams, Offer, Offered, Outcome, Paid, RefundSeen, RefundStanding,
    Standing, Why,
};
pub use ask::{Intent, Question, RefundIntent, RefundQuestion, Way};
pub use door::Door;
pub use exchange::Exchange;
pub use gateways::{BadGateway, Gateways};
pub use notice::{Notice, PaymentNotice, RefundNotice, Refused};
pub use secret::Secret;
pub use wire::headers::HeaderMap;
pub use wire::http::Http;
