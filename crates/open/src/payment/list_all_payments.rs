//! List the payments of a merchant.

use super::views::Payment;
use crate::money_list::{MoneyList, MoneyRow};
use crate::walk::Walked;
use domain::insight::payment_key;
use domain::order::number_of;
use domain::payment::{self, PayMethod};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Queries;
use edge::pagination::Page;
use edge::wire::{PaymentChannel, PaymentState};
use kernel::{Id16, Money, Tenant, Timestamp};
use serde::{Deserialize, Serialize};
use store::insight::Way;
use store::{Error, Reader};
use utoipa::{IntoParams, ToSchema};

/// Which payments are wanted, beside what all money is filtered by.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PaymentList {
    /// Where they stand.
    #[param(inline)]
    pub state: Option<PaymentState>,
    /// Through which channel of others they go, whatever the way.
    #[param(inline)]
    pub channel: Option<PaymentChannel>,
}

/// A payment in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedPayment {
    /// The payment.
    #[serde(flatten)]
    pub payment: Payment,
    /// The short number of its order; null when it is a recharge.
    pub order_number: Option<String>,
    /// The channel's number of the transaction that ended it; null when nothing came.
    pub channel_number: Option<String>,
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

impl MoneyRow for payment::Payment {
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
        reader.payments_of_order(tenant, order).await
    }
}

/// List the attempts to pay orders in two steps and to recharge wallets, newest first.
///
/// Filters may be combined. Where they leave out nearly all, a page may have fewer payments than its limit, or none, and still a
/// `next`: it looked at as many as one request may. By `state` they are found within two seconds.
#[utoipa::path(
    get, path = "/v1/payments", tag = "payments",
    params(PaymentList, MoneyList), responses((status = 200, body = Page<ListedPayment>))
)]
pub async fn list_all_payments(
    caller: Caller,
    Queries(own, list): Queries<PaymentList, MoneyList>,
) -> Answered<Page<ListedPayment>> {
    let fits = |row: &payment::Payment| {
        own.state.as_ref().is_none_or(|state| state.0 == row.public_state())
            && own.channel.as_ref().is_none_or(|channel| Some(channel.0) == row.method.channel())
    };
    let key = own.state.as_ref().and_then(|state| payment_key(state.0));
    let (rows, next) = list.page(&caller, key, fits).await?;
    let show = |row: &payment::Payment| ListedPayment {
        payment: Payment::of(&caller, row),
        order_number: row.order().map(number_of),
        channel_number: row.channel_number.clone(),
    };
    Ok(Answer::ok(Page { data: rows.iter().map(show).collect(), next }))
}
