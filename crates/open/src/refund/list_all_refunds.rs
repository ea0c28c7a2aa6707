//! List the refunds of a merchant.

use super::views::Refund;
use crate::money_list::{MoneyList, MoneyRow};
use crate::payment;
use crate::walk::Walked;
use domain::insight::refund_key;
use domain::order::number_of;
use domain::payment::{PayMethod, found_under};
use domain::refund;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Queries;
use edge::pagination::Page;
use edge::wire::{PaymentId, RefundCause, RefundState};
use kernel::{Id16, Money, Tenant, Timestamp};
use serde::{Deserialize, Serialize};
use store::insight::Way;
use store::{Error, Reader};
use utoipa::{IntoParams, ToSchema};

/// Which refunds are wanted, beside what all money is filtered by.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RefundList {
    /// Where they stand.
    #[param(inline)]
    pub state: Option<RefundState>,
    /// Why the money goes back.
    #[param(inline)]
    pub cause: Option<RefundCause>,
    /// Of this payment alone.
    #[param(inline)]
    pub payment: Option<PaymentId>,
}

/// A refund in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedRefund {
    /// The refund.
    #[serde(flatten)]
    pub refund: Refund,
    /// The short number of its order; null when it is of a recharge.
    pub order_number: Option<String>,
}

impl Walked for refund::Refund {
    fn id(&self) -> Id16 {
        self.id.0
    }

    async fn along(
        reader: &Reader,
        tenant: Tenant,
        from: (Way, Id16),
        limit: u32,
    ) -> Result<Vec<Self>, Error> {
        reader.refunds(tenant, from, limit).await
    }

    async fn named(reader: &Reader, tenant: Tenant, ids: &[Id16]) -> Result<Vec<Self>, Error> {
        reader.refunds_named(tenant, ids).await
    }
}

impl MoneyRow for refund::Refund {
    fn method(&self) -> PayMethod {
        self.method
    }

    fn amount(&self) -> Money {
        Money::new(self.amount, self.currency)
    }

    fn created_at(&self) -> Timestamp {
        self.created_at
    }

    async fn of_order(
        reader: &Reader,
        tenant: Tenant,
        order: kernel::OrderId,
    ) -> Result<Vec<Self>, Error> {
        reader.refunds_of_order(tenant, order).await
    }
}

/// List the money that goes back, newest first.
///
/// Filters may be combined. Where they leave out nearly all, a page may have fewer refunds than its limit, or none, and still a
/// `next`: it looked at as many as one request may. By `state` they are found within two seconds.
#[utoipa::path(
    get, path = "/v1/refunds", tag = "refunds",
    params(RefundList, MoneyList), responses((status = 200, body = Page<ListedRefund>))
)]
pub async fn list_all_refunds(
    caller: Caller,
    Queries(own, list): Queries<RefundList, MoneyList>,
) -> Answered<Page<ListedRefund>> {
    let fits = |row: &refund::Refund| {
        own.state.as_ref().is_none_or(|state| state.0 == row.state)
            && own.cause.as_ref().is_none_or(|cause| cause.0 == row.cause)
    };
    let key = own.state.as_ref().and_then(|state| refund_key(state.0));
    let (rows, next) = match &own.payment {
        Some(id) => {
            let under = payment::stored(&caller, id.0).await?;
            let under = found_under(under.order(), id.0);
            let fits = |row: &refund::Refund| row.payment == Some(id.0) && fits(row);
            list.page_under(&caller, under, fits).await?
        }
        None => list.page(&caller, key, fits).await?,
    };
    let show = |row: &refund::Refund| ListedRefund {
        refund: Refund::of(row),
        order_number: row.order.map(number_of),
    };
    Ok(Answer::ok(Page { data: rows.iter().map(show).collect(), next }))
}
