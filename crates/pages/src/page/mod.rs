//! One file per page: the struct of what it shows, and the few sentences that depend on it.

pub mod cashier;
pub mod channel_pay;
pub mod checkout;
pub mod door;
pub mod ended;
pub mod failure;
pub mod lookup;
pub mod money;
pub mod order;
pub mod orders;
pub mod product;
pub mod refund;
pub mod shop;
pub mod test_pay;
pub mod till;
pub mod value;
pub mod voucher;
pub mod waiting;

use kernel::Money;

/// A picture with its size, so that nothing jumps when it arrives.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Path of the file.
    pub path: String,
    /// Pixels; the ratio is what counts.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// Goods as they lie on the shelf.
#[derive(Debug, Clone)]
pub struct Card {
    /// Name of the product.
    pub name: String,
    /// What it looks like.
    pub picture: Picture,
    /// Where it leads.
    pub path: String,
    /// The lowest price of its SKUs.
    pub price: Money,
    /// Whether other SKUs cost more: the price says "from".
    pub is_from: bool,
    /// The price it is compared with.
    pub list_price: Option<Money>,
    /// Whether nothing of it can be bought now.
    pub sold_out: bool,
}
