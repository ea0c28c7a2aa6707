//! List redemptions.

use super::views::Redemption;
use crate::walk::check_bounds;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Queries;
use edge::pagination::{List, Page};
use edge::problem::Problem;
use edge::wire::{StoreId, Time, VoucherId};
use kernel::{FOREVER, RedemptionId, Timestamp};
use serde::Deserialize;
use store::read::RedemptionsOf;
use utoipa::IntoParams;

/// Which redemptions; all when nothing is sent.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RedemptionFilter {
    /// Of this voucher.
    #[param(inline)]
    pub voucher: Option<VoucherId>,
    /// In this store.
    #[param(inline)]
    pub store: Option<StoreId>,
    /// Redeemed at this time or later.
    #[param(inline)]
    pub created_from: Option<Time>,
    /// Redeemed before this time.
    #[param(inline)]
    pub created_before: Option<Time>,
}

/// List redemptions, newest first, also those that were taken back.
#[utoipa::path(
    get, path = "/v1/redemptions", tag = "vouchers",
    params(RedemptionFilter, List), responses((status = 200, body = Page<Redemption>))
)]
pub async fn list_redemptions(
    caller: Caller,
    Queries(filter, list): Queries<RedemptionFilter, List>,
) -> Answered<Page<Redemption>> {
    let of = match (filter.voucher, filter.store) {
        (None, None) => RedemptionsOf::All,
        (Some(voucher), None) => RedemptionsOf::Voucher(voucher.0),
        (None, Some(store)) => RedemptionsOf::Store(store.0),
        (Some(_), Some(_)) => {
            return Err(Problem::invalid("store", "send either it or `voucher`"));
        }
    };
    let (from, before) = (filter.created_from.as_ref(), filter.created_before.as_ref());
    check_bounds((None, None), (from, before))?;
    let during = from.map_or(Timestamp(0), |from| from.0)..before.map_or(FOREVER, |end| end.0);
    let (tenant, page) = (caller.tenant(), list.page(RedemptionId));
    let rows = caller.reader().redemptions(tenant, of, during, page).await?;
    Ok(Answer::ok(list.show(rows, |row| row.id.0, |row| Ok(Redemption::of(row)))?))
}
