//! Payment channels: what they tell us, and what we ask them.

mod begun;
pub mod channel;
mod forget;
mod offline;
mod receive;
mod send_refund;
mod tell;

pub use begun::Begun;
pub use channel::Channels;
pub use connect::pay::Gateways;
pub(crate) use forget::forget;
pub use offline::offline_transfer;
pub use receive::{ReceiveError, receive};
pub(crate) use send_refund::send_refund;
pub(crate) use tell::tell;
pub use tell::{act, act_later};
