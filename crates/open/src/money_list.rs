//! Payments and refunds as lists: one list with two types of rows. Each adds the filters that are its own.

use crate::insight::caught_up;
use crate::order;
use crate::walk::{Stretch, TimeSort, Walked, check_bounds};
use domain::insight::KeyName;
use domain::payment::PayMethod;
use edge::auth::Caller;
use edge::pagination::{Cursor, Limit};
use edge::problem::Problem;
use edge::wire::{Currency, OrderId, PaymentMethod, Time};
use kernel::{Money, Tenant, Timestamp};
use serde::Deserialize;
use store::{Error, Reader};
use utoipa::IntoParams;

/// Which of them are wanted, in which order and how many.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MoneyList {
    /// Through what they go.
    #[param(inline)]
    pub method: Option<PaymentMethod>,
    /// Of this order alone.
    #[param(inline)]
    pub order: Option<OrderId>,
    /// In this currency alone.
    #[param(inline)]
    pub currency: Option<Currency>,
    /// Of at least so much, in minor units of whatever currency; `currency` says which.
    #[param(minimum = 0)]
    pub amount_from: Option<i64>,
    /// Of at most so much, in minor units of whatever currency; `currency` says which.
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

/// Money that came or goes back.
pub trait MoneyRow: Walked {
    /// Through what it goes.
    fn method(&self) -> PayMethod;
    /// How much.
    fn amount(&self) -> Money;
    /// When it was made.
    fn created_at(&self) -> Timestamp;
    /// All of an order.
    async fn of_order(
        reader: &Reader,
        tenant: Tenant,
        order: kernel::OrderId,
    ) -> Result<Vec<Self>, Error>;
}

impl MoneyList {
    /// A page of those that fit; `key` finds the few of a state that is not the usual one.
    pub async fn page<R: MoneyRow>(
        &self,
        caller: &Caller,
        key: Option<KeyName>,
        fits: impl Fn(&R) -> bool,
    ) -> Result<(Vec<R>, Option<Cursor>), Problem> {
        if let Some(order) = &self.order {
            order::stored(caller, order.0).await?;
            return self.page_under(caller, order.0, fits).await;
        }
        let times = (self.created_from.as_ref(), self.created_before.as_ref());
        check_bounds((self.amount_from, self.amount_to), times)?;
        let fits = |row: &R| self.fits(row) && fits(row);
        if key.is_some() {
            caught_up(caller).await?;
        }
        self.stretch().walk(caller, key, fits).await
    }

    /// A page of those that fit of all that is found under one order's id, or under the id of a recharge.
    pub async fn page_under<R: MoneyRow>(
        &self,
        caller: &Caller,
        under: kernel::OrderId,
        fits: impl Fn(&R) -> bool,
    ) -> Result<(Vec<R>, Option<Cursor>), Problem> {
        let times = (self.created_from.as_ref(), self.created_before.as_ref());
        check_bounds((self.amount_from, self.amount_to), times)?;
        let rows = R::of_order(caller.reader(), caller.tenant(), under).await?;
        Ok(self.stretch().pick(rows, |row| self.fits(row) && fits(row)))
    }

    fn stretch(&self) -> Stretch {
        Stretch {
            way: self.sort.unwrap_or(TimeSort::Newest).way(),
            from: self.created_from.as_ref().map(|from| from.0),
            before: self.created_before.as_ref().map(|before| before.0),
            limit: self.limit,
            after: self.after,
        }
    }

    fn fits(&self, row: &impl MoneyRow) -> bool {
        let (money, at) = (row.amount(), row.created_at());
        self.method.as_ref().is_none_or(|method| method.0 == row.method())
            && self.currency.as_ref().is_none_or(|currency| currency.0 == money.currency)
            && self.amount_from.is_none_or(|from| money.amount >= from)
            && self.amount_to.is_none_or(|to| money.amount <= to)
            && self.created_from.as_ref().is_none_or(|from| at >= from.0)
            && self.created_before.as_ref().is_none_or(|before| at < before.0)
    }
}
