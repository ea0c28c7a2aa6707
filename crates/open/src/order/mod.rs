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

use crate::content::DeliveredContent;
use domain::inventory::Code;
use domain::order::Line;
use domain::voucher::Voucher;
use edge::auth::Caller;
use edge::problem::Problem;
use kernel::OrderId;
use store::read::OrderView;

/// A stored order.
pub async fn stored(caller: &Caller, id: OrderId) -> Result<OrderView, Problem> {
    let found = caller.reader().order(caller.tenant(), id).await?;
    found.ok_or_else(|| Problem::not_found("order"))
}

/// A stored order with its codes, still sealed, and its vouchers.
async fn stored_with_codes(
    caller: &Caller,
    id: OrderId,
) -> Result<(OrderView, Vec<(u32, Code)>, Vec<Voucher>), Problem> {
    let order = stored(caller, id).await?;
    let codes = caller.reader().codes_of_order(caller.tenant(), id).await?;
    let vouchers = caller.reader().vouchers_of_lines(caller.tenant(), &order.lines).await?;
    Ok((order, codes, vouchers))
}

/// The versions that lines hold, without their texts.
fn versions_of(lines: &[Line]) -> Vec<(u32, DeliveredContent)> {
    let version = |line: &Line| Some((line.number, DeliveredContent::version(line.content?)));
    lines.iter().filter_map(version).collect()
}
