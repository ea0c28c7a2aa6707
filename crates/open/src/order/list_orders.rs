//! List orders, or find the one with an external id.

use super::views::Order;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{Cursor, Limit, List, Page};
use edge::problem::Problem;
use edge::wire::ExternalOrderId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which orders are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrderList {
    /// The one order with this external id, in place of a page.
    #[param(inline)]
    pub external_id: Option<ExternalOrderId>,
    /// Items of the page.
    #[param(inline)]
    #[serde(default)]
    pub limit: Limit,
    /// `next` of the page before.
    #[param(inline)]
    pub after: Option<Cursor>,
}

/// A page of orders, or the one with the external id that was asked for.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum Orders {
    /// The one with the external id.
    One(Box<Order>),
    /// A page.
    Page(Page<Order>),
}

/// List orders, newest first, or read the one with an `external_id`. Neither shows codes.
#[utoipa::path(
    get, path = "/v1/orders", tag = "orders",
    params(OrderList), responses((status = 200, body = Orders))
)]
pub async fn list_orders(caller: Caller, Query(wanted): Query<OrderList>) -> Answered<Orders> {
    let tenant = caller.tenant();
    if let Some(id) = wanted.external_id {
        let found = caller.reader().order_by_external_id(tenant, &id.0).await?;
        let stored = found.ok_or_else(|| Problem::not_found("order"))?;
        let order = Order::read(&caller, &stored).await?;
        return Ok(Answer::ok(Orders::One(Box::new(order))));
    }
    let list = List { limit: wanted.limit, after: wanted.after };
    let rows = caller.reader().orders(tenant, list.page(kernel::OrderId)).await?;
    let ids: Vec<_> = rows.iter().map(|stored| stored.order.id).collect();
    let beside = caller.reader().money_beside(tenant, &ids).await?;
    let key = |stored: &store::read::OrderView| stored.order.id.0;
    let page = list.show(rows, key, |stored| {
        let beside = beside.get(&stored.order.id).copied().unwrap_or_default();
        Ok(Order::of(&stored.order, &stored.lines, beside))
    })?;
    Ok(Answer::ok(Orders::Page(page)))
}
