//! List vouchers.

use super::views::Voucher;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{List, Page};
use kernel::VoucherId;

/// List vouchers, newest first.
#[utoipa::path(
    get, path = "/v1/vouchers", tag = "vouchers",
    params(List), responses((status = 200, body = Page<Voucher>))
)]
pub async fn list_vouchers(caller: Caller, Query(list): Query<List>) -> Answered<Page<Voucher>> {
    let rows = caller.reader().vouchers(caller.tenant(), list.page(VoucherId)).await?;
    let now = caller.engine().now();
    Ok(Answer::ok(list.show(rows, |row| row.id.0, |row| Ok(Voucher::of(row, now)))?))
}
