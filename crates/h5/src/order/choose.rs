//! The ways to pay that fit an order and the buyer's browser, each with the account that it goes through.

use super::opened::Opened;
use crate::visitor::Visitor;
use axum::http::header::USER_AGENT;
use deliver::payment::channel::accounts;
use domain::payment::PayMethod;
use domain::payment::channel::Chosen;
use domain::payment::choice::{Client, way};
use edge::problem::Problem;

/// Ways through channels of others, best first.
pub async fn ways(visitor: &Visitor, opened: &Opened) -> Result<Vec<(PayMethod, Chosen)>, Problem> {
    let (app, order) = (visitor.app(), &opened.order);
    let found = accounts(visitor.engine(), app.channels(), order.tenant).await?;
    let browser = visitor.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    let client = Client::of(browser.unwrap_or_default());
    let goods = opened.bought.goods();
    let fits = found.into_iter().filter_map(|(account, fields)| {
        let method = way(&fields, client, order.total_money(), &goods)?;
        Some((method, Chosen { account, fee_rate: fields.fee_rate }))
    });
    Ok(fits.collect())
}
