//! What was ordered in this browser, by its signed cookie, and what these orders delivered.

use super::owned;
use crate::cookies;
use crate::form::Here;
use crate::middleware::{Answer, Paged};
use crate::order::opened::{Bought, state_of};
use crate::visitor::Visitor;
use edge::link::order_path;
use edge::problem::Problem;
use kernel::{OrderId, Tenant};
use pages::page::orders::{OrderRow, OrdersPage};
use store::read::OrderView;

/// An order of this browser.
pub struct Known {
    /// The order with its lines.
    pub view: OrderView,
    /// What was bought.
    pub bought: Bought,
    /// Its page.
    pub path: String,
}

/// `GET /s/{shop}/orders`
pub async fn orders(visitor: Visitor, Here(shop): Here<String>) -> Paged {
    let front = visitor.enter(&shop).await?;
    let vault = visitor.engine().vault();
    let ids = visitor.guest.map_or_else(Vec::new, |guest| {
        cookies::read_orders(&vault, visitor.headers(), front.tenant, guest)
    });
    let mut known = Vec::with_capacity(ids.len());
    for id in ids {
        known.extend(read(&visitor, front.tenant, id).await?);
    }
    let owned = owned::rows(&visitor, front.tenant, &known).await?;
    let orders = known.iter().map(row).collect();
    Ok(Answer::page(&OrdersPage { frame: visitor.frame(), owned, orders }))
}

async fn read(visitor: &Visitor, tenant: Tenant, id: OrderId) -> Result<Option<Known>, Problem> {
    let Some(view) = visitor.reader().order(tenant, id).await? else { return Ok(None) };
    let bought = Bought::of(visitor, &view).await?;
    let path = order_path(&visitor.engine().vault(), tenant, id);
    Ok(Some(Known { view, bought, path }))
}

fn row(Known { view, bought, path }: &Known) -> OrderRow {
    OrderRow {
        name: bought.summary(),
        number: view.order.number(),
        picture: bought.picture(),
        state: state_of(view.order.state(&view.lines)),
        total: view.order.total_money(),
        placed_at: view.order.created_at,
        path: path.clone(),
    }
}
