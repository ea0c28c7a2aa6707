//! Orders.

mod acts;
pub mod cancel_order;
mod delivered;
pub mod get_order;
pub mod give_link;
pub mod list;
pub mod note_order;
pub mod place_order;
mod request;
pub mod reveal_codes;
pub mod timeline;
pub mod unmask_order;
mod views;

use domain::inventory::Code;
use edge::auth::Caller;
use edge::problem::Problem;
use kernel::OrderId;
use store::read::OrderView;

/// A stored order.
pub async fn stored(caller: &Caller, id: OrderId) -> Result<OrderView, Problem> {
    let found = caller.reader().order(caller.tenant(), id).await?;
    found.ok_or_else(|| Problem::not_found("order"))
}

/// A stored order with its codes, still sealed.
async fn stored_with_codes(
    caller: &Caller,
    id: OrderId,
) -> Result<(OrderView, Vec<(u32, Code)>), Problem> {
    let order = stored(caller, id).await?;
    Ok((order, caller.reader().codes_of_order(caller.tenant(), id).await?))
}
