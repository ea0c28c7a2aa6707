//! Alipay's gateway, RSA2.
//!
//! Requests are signed over their sorted parameters; answers over the exact text of the answer's object; notices over
//! their sorted fields. Alipay's key is given as such or in a certificate.

pub mod account;
mod client;
pub mod notice;
mod offer;
mod query;
mod refund;
pub mod sign;
mod trade;

#[cfg(test)]
pub(crate) mod tests;

pub use account::{AlipayAccount, AlipayFields, VerifyFields};
