//! An order's page, for whoever has its link: to pay, to see the goods, to give them back.

pub mod cancel;
pub mod channel_pay;
mod choose;
mod content;
pub mod content_file;
pub mod file;
pub mod money;
pub mod opened;
pub mod pay;
pub mod refund;
pub mod request_refund;
pub mod reveal;
pub mod show;
pub mod state;
pub mod voucher;
