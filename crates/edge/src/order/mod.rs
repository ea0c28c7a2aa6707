//! What every edge does with an order: it checks quantities, seals and opens what a buyer answers, and opens codes.

mod code;
mod input;
mod quantity;

pub use code::open as open_code;
pub use input::{Values, all_masked as masked_input, open as open_input, seal as seal_input};
pub use quantity::check_quantity;
