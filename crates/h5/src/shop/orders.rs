//! What was ordered in this browser, by its signed cookie.

use crate::cookies;
use crate::form::Here;
use crate::middleware::{Answer, Paged};
use crate::order::opened::{Bought, state_of};
use crate::visitor::Visitor;
use pages::page::orders::{OrderRow, OrdersPage};

/// `GET /s/{shop}/orders`
pub async fn orders(visitor: Visitor, Here(shop): Here<String>) -> Paged {
    let front = visitor.enter(&shop).await?;
    let vault = visitor.engine().vault();
    let known = visitor.guest.map_or_else(Vec::new, |guest| {
        cookies::read_orders(&vault, visitor.headers(), front.tenant, guest)
    });
    let mut rows = Vec::with_capacity(known.len());
    for id in known {
        let Some(view) = visitor.reader().order(front.tenant, id).await? else { continue };
        let bought = Bought::of(&visitor, &view).await?;
        rows.push(OrderRow {
            name: bought.summary(),
            number: view.order.number(),
            picture: bought.picture(),
            state: state_of(view.order.state(&view.lines)),
            total: view.order.total_money(),
            placed_at: view.order.created_at,
            path: edge::link::order_path(&vault, front.tenant, id),
        });
    }
    Ok(Answer::page(&OrdersPage { frame: visitor.frame(), orders: rows }))
}
