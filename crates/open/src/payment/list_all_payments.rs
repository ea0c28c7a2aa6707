//! List the payments of a merchant.

use super::views::Payment;
use crate::insight::caught_up;
use crate::order;
use crate::walk::{Stretch, TimeSort, Walked, check_bounds};
use domain::insight::payment_key;
use domain::order::number_of;
use domain::payment;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{Cursor, Limit, Page};
use edge::problem::Problem;
use edge::wire::{OrderId, PaymentMethod, PaymentState, Time};
use kernel::{Id16, Tenant};
use serde::{Deserialize, Serialize};
use store::insight::Way;
use store::{Error, Reader};
use utoipa::{IntoParams, ToSchema};

/// Which payments are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PaymentList {
    /// Where they stand.
    #[param(inline)]
    pub state: Option<PaymentState>,
    /// Through what they go.
    #[param(inline)]
    pub method: Option<PaymentMethod>,
    /// Of this order alone.
    #[param(inline)]
    pub order: Option<OrderId>,
    /// Of at least so much, in minor units.
    #[param(minimum = 0)]
    pub amount_from: Option<i64>,
    /// Of at most so much, in minor units.
    #[param(minimum = 0)]
    pub amount_to: Option<i64>,
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

/// A payment in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedPayment {
    /// The payment.
    #[serde(flatten)]
    pub payment: Payment,
    /// The short number of its order.
    pub order_number: String,
    /// The channel's number of the transaction that ended it; null when nothing came.
    pub channel_number: Option<String>,
}

impl PaymentList {
    fn stretch(&self) -> Stretch {
        Stretch {
            way: self.sort.unwrap_or(TimeSort::Newest).way(),
            from: self.created_from.as_ref().map(|from| from.0),
            before: self.created_before.as_ref().map(|before| before.0),
            limit: self.limit,
            after: self.after,
        }
    }

    fn check(&self) -> Result<(), Problem> {
        let times = (self.created_from.as_ref(), self.created_before.as_ref());
        check_bounds((self.amount_from, self.amount_to), times)
    }

    fn fits(&self, payment: &payment::Payment) -> bool {
        self.state.as_ref().is_none_or(|state| state.0 == payment.public_state())
            && self.method.as_ref().is_none_or(|method| method.0 == payment.method)
            && self.amount_from.is_none_or(|from| payment.amount >= from)
            && self.amount_to.is_none_or(|to| payment.amount <= to)
            && self.created_from.as_ref().is_none_or(|from| payment.created_at >= from.0)
            && self.created_before.as_ref().is_none_or(|before| payment.created_at < before.0)
    }
}

impl Walked for payment::Payment {
    fn id(&self) -> Id16 {
        self.id.0
    }

    async fn along(
        reader: &Reader,
        tenant: Tenant,
        from: (Way, Id16),
        limit: u32,
    ) -> Result<Vec<Self>, Error> {
        reader.payments(tenant, from, limit).await
    }

    async fn named(reader: &Reader, tenant: Tenant, ids: &[Id16]) -> Result<Vec<Self>, Error> {
        reader.payments_named(tenant, ids).await
    }
}

/// List the attempts to pay orders in two steps, newest first.
///
/// Filters may be combined. Where they leave out nearly all, a page may have fewer payments than its limit, or none, and still a
/// `next`: it looked at as many as one request may. By `state` they are found within two seconds.
#[utoipa::path(
    get, path = "/v1/payments", tag = "payments",
    params(PaymentList), responses((status = 200, body = Page<ListedPayment>))
)]
pub async fn list_all_payments(
    caller: Caller,
    Query(wanted): Query<PaymentList>,
) -> Answered<Page<ListedPayment>> {
    wanted.check()?;
    let stretch = wanted.stretch();
    let (rows, next) = if let Some(order) = &wanted.order {
        order::stored(&caller, order.0).await?;
        let rows = caller.reader().payments_of_order(caller.tenant(), order.0).await?;
        stretch.pick(rows, |row| wanted.fits(row))
    } else {
        let key = wanted.state.as_ref().and_then(|state| payment_key(state.0));
        if key.is_some() {
            caught_up(&caller).await?;
        }
        stretch.walk(&caller, key, |row| wanted.fits(row)).await?
    };
    let show = |row: &payment::Payment| ListedPayment {
        payment: Payment::of(&caller, row),
        order_number: number_of(row.order),
        channel_number: row.channel_number.clone(),
    };
    Ok(Answer::ok(Page { data: rows.iter().map(show).collect(), next }))
}
