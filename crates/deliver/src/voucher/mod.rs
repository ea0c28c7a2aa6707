//! Work on vouchers: what ends by its time, what is made in great numbers, their codes, and sheets of them to print.

pub mod code;
mod expire;
mod make;
pub mod print;

pub(crate) use expire::expire;
pub(crate) use make::make;
