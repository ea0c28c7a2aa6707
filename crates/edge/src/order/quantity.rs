//! How many pieces an order may have, before any rule looks at it.

use crate::problem::Problem;
use kernel::limits::ORDER_QUANTITY_MAX;

/// An order has at least one piece and not too many. `before` is what earlier lines want, which is within the
/// limit.
pub fn check_quantity(field: &str, quantity: u32, before: u32) -> Result<(), Problem> {
    if quantity == 0 {
        return Err(Problem::invalid(field, "send at least 1"));
    }
    if quantity > ORDER_QUANTITY_MAX - before {
        let detail = format!("an order has at most {ORDER_QUANTITY_MAX} pieces; split it");
        return Err(Problem::invalid(field, detail));
    }
    Ok(())
}
