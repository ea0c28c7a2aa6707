//! Work on vouchers: what ends by its time, what is made in great numbers, and sheets of codes to print.

mod expire;
mod make;
pub mod print;

pub(crate) use expire::expire;
pub(crate) use make::make;
