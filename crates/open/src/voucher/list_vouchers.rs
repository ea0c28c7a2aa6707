//! List vouchers.

use super::views::{Voucher, state_at};
use crate::order;
use crate::walk::{Stretch, TimeSort, Walked, check_bounds};
use domain::voucher;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{Cursor, Limit, Page};
use edge::wire::{OrderId, SkuId, Time, VoucherState};
use kernel::{Id16, Tenant};
use serde::Deserialize;
use store::insight::Way;
use store::{Error, Reader};
use utoipa::IntoParams;

/// Which vouchers are wanted, in which order and how many.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VoucherList {
    /// Of this template alone.
    #[param(inline)]
    pub sku: Option<SkuId>,
    /// That this order delivered.
    #[param(inline)]
    pub order: Option<OrderId>,
    /// Where they stand now.
    #[param(inline)]
    pub state: Option<VoucherState>,
    /// Made at this time or later.
    #[param(inline)]
    pub created_from: Option<Time>,
    /// Made before this time.
    #[param(inline)]
    pub created_before: Option<Time>,
    /// In which order; newest first when absent.
    #[param(inline)]
    pub sort: Option<TimeSort>,
    /// Items of the page.
    #[param(inline)]
    #[serde(default)]
    pub limit: Limit,
    /// `next` of the page before.
    #[param(inline)]
    pub after: Option<Cursor>,
}

impl Walked for voucher::Voucher {
    fn id(&self) -> Id16 {
        self.id.0
    }

    async fn along(
        reader: &Reader,
        tenant: Tenant,
        from: (Way, Id16),
        limit: u32,
    ) -> Result<Vec<Self>, Error> {
        reader.vouchers(tenant, from, limit).await
    }

    async fn named(reader: &Reader, tenant: Tenant, ids: &[Id16]) -> Result<Vec<Self>, Error> {
        reader.vouchers_named(tenant, ids).await
    }
}

/// List vouchers, newest first.
///
/// Filters may be combined. Where they leave out nearly all, a page may have fewer vouchers than its limit, or none, and still a
/// `next`: it looked at as many as one request may.
#[utoipa::path(
    get, path = "/v1/vouchers", tag = "vouchers",
    params(VoucherList), responses((status = 200, body = Page<Voucher>))
)]
pub async fn list_vouchers(
    caller: Caller,
    Query(list): Query<VoucherList>,
) -> Answered<Page<Voucher>> {
    let (from, before) = (list.created_from.as_ref(), list.created_before.as_ref());
    check_bounds((None, None), (from, before))?;
    let (from, before) = (from.map(|from| from.0), before.map(|before| before.0));
    let now = caller.engine().now();
    let fits = |row: &voucher::Voucher| {
        list.sku.as_ref().is_none_or(|sku| sku.0 == row.sku)
            && list.state.as_ref().is_none_or(|state| state.0 == state_at(row, now))
            && from.is_none_or(|from| row.created_at >= from)
            && before.is_none_or(|before| row.created_at < before)
    };
    let stretch = Stretch {
        way: list.sort.unwrap_or(TimeSort::Newest).way(),
        from,
        before,
        limit: list.limit,
        after: list.after,
    };
    let (rows, next) = match &list.order {
        Some(order) => {
            let view = order::stored(&caller, order.0).await?;
            let rows = caller.reader().vouchers_of_lines(caller.tenant(), &view.lines).await?;
            stretch.pick(rows, fits)
        }
        None => stretch.walk(&caller, None, fits).await?,
    };
    let data = rows.iter().map(|row| Voucher::of(row, now)).collect();
    Ok(Answer::ok(Page { data, next }))
}
