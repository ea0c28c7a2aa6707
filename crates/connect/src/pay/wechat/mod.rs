//! WeChat Pay, API v3.
//!
//! Requests are signed with the merchant's key; answers and notices with WeChat Pay's, which a merchant holds either as
//! public keys or as platform certificates that are fetched. What notices say is sealed with the merchant's APIv3 key.

pub mod account;
mod certificates;
mod client;
pub mod keys;
pub mod notice;
pub mod oauth;
mod offer;
mod query;
mod refund;
pub mod sign;
mod trade;

#[cfg(test)]
pub(crate) mod tests;

pub use account::{PublicKeyFields, VerifyFields, WechatAccount, WechatFields};
