//! List orders, or find the one with an external id.

use super::walk::walk;
use super::wanted::OrderList;
use crate::insight::caught_up;
use crate::order::views::Order;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::Page;
use edge::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

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
///
/// Filters may be combined; an order is in the list when it fits all of them. Where they are many a page may have fewer
/// orders than its limit, or none, and still a `next`: it looked at as many orders as one request may. What an order is
/// found by follows its journal within two seconds.
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
    if !wanted.is_plain() {
        caught_up(&caller).await?;
    }
    let (rows, next) = walk(&caller, &wanted).await?;
    let ids: Vec<_> = rows.iter().map(|stored| stored.order.id).collect();
    let beside = caller.reader().money_beside(tenant, &ids).await?;
    let show = |stored: &store::read::OrderView| {
        let beside = beside.get(&stored.order.id).copied().unwrap_or_default();
        Order::of(&stored.order, &stored.lines, beside)
    };
    let page = Page { data: rows.iter().map(show).collect(), next };
    Ok(Answer::ok(Orders::Page(page)))
}
