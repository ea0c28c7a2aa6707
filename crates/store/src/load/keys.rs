//! Look-ups of idempotency records, buyers and orders. Only orders are locked.
//!
//! The rows of the others are written once. A row that another node adds between look-up and insert makes the insert
//! fall short, and the batch runs again.

use crate::seam::{Conn, Value};
use crate::{Error, rows, sql};
use domain::order::Line;
use domain::{Needs, World};
use kernel::{BuyerId, OrderId, Tenant, Timestamp};
use std::collections::BTreeMap;

/// Idempotency records of both generations.
pub(super) async fn load_idempotency(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    let wanted: Vec<_> =
        needs.idempotency.iter().filter(|key| !world.idempotency.knows(key)).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let keys: Vec<_> = wanted.iter().map(|key| [Value::bytes(*key)]).collect();
    let found = conn.fetch_rows(&sql::LOAD_IDEMPOTENCY, &keys).await?;
    wanted.iter().for_each(|key| world.idempotency.loaded(**key, None));
    for row in &found {
        world.idempotency.loaded(row.array(0)?, Some(rows::idempotent(row)?));
    }
    Ok(())
}

/// Buyers by tag and by id.
pub(super) async fn load_buyers(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    let tags: Vec<_> = needs.buyer_tags.iter().filter(|key| !world.buyers.knows(key)).collect();
    if !tags.is_empty() {
        let keys: Vec<_> =
            tags.iter().map(|(t, tag)| [Value::bytes(t.bytes()), Value::bytes(tag)]).collect();
        let found = conn.fetch_rows(&sql::LOAD_BUYERS_BY_TAG, &keys).await?;
        tags.iter().for_each(|key| world.buyers.loaded(**key, None));
        for row in &found {
            let (tenant, buyer) = (rows::tenant(row, 0)?, rows::buyer(row)?);
            world.buyers.loaded((tenant, buyer.tag), Some(buyer));
        }
    }
    let ids: Vec<_> = needs.buyer_ids.iter().filter(|key| !world.buyer_ids.knows(key)).collect();
    if !ids.is_empty() {
        let keys: Vec<_> =
            ids.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
        let found = conn.fetch_rows(&sql::LOAD_BUYERS_BY_ID, &keys).await?;
        ids.iter().for_each(|key| world.buyer_ids.loaded(**key, None));
        for row in &found {
            let key = (rows::tenant(row, 0)?, BuyerId(row.array(2)?));
            world.buyer_ids.loaded(key, Some(()));
        }
    }
    Ok(())
}

/// Orders by the caller's id and by ours.
pub(super) async fn load_orders(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    let external: Vec<_> =
        needs.external_orders.iter().filter(|key| !world.external_orders.knows(key)).collect();
    if !external.is_empty() {
        let keys: Vec<_> =
            external.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::text(id)]).collect();
        let found = conn.fetch_rows(&sql::LOAD_EXTERNAL_ORDERS, &keys).await?;
        external.iter().for_each(|key| world.external_orders.loaded((*key).clone(), None));
        for row in &found {
            let key = (rows::tenant(row, 0)?, row.text(1)?.to_owned());
            world.external_orders.loaded(key, Some(OrderId(row.array(2)?)));
        }
    }
    load_whole_orders(conn, needs, world).await?;
    load_looks(conn, needs, world).await
}

/// First looks, which are written only under their order's lock.
async fn load_looks(conn: &mut Conn, needs: &Needs, world: &mut World) -> Result<(), Error> {
    let wanted: Vec<_> = needs.looks.iter().filter(|key| !world.looks.knows(key)).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let keys: Vec<_> =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    let found = conn.fetch_rows(&sql::LOAD_LOOKS, &keys).await?;
    wanted.iter().for_each(|key| world.looks.loaded(**key, None));
    for row in &found {
        let key = (rows::tenant(row, 0)?, OrderId(row.array(1)?));
        world.looks.loaded(key, Some(Timestamp(row.int(2)?)));
    }
    Ok(())
}

/// Orders under their locks, then their lines, which change only under their order's lock.
async fn load_whole_orders(conn: &mut Conn, needs: &Needs, world: &mut World) -> Result<(), Error> {
    let ids: Vec<_> = needs.orders.iter().filter(|key| !world.orders.knows(key)).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let keys: Vec<_> =
        ids.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    let found = conn.fetch_rows(&sql::LOAD_ORDERS, &keys).await?;
    ids.iter().for_each(|key| world.orders.loaded(**key, None));
    for row in &found {
        let order = rows::order(row)?;
        world.orders.loaded(order.key(), Some(order));
    }
    let mut lines: BTreeMap<(Tenant, OrderId), Vec<Line>> = BTreeMap::new();
    for row in &conn.fetch_rows(&sql::LOAD_LINES, &keys).await? {
        let key = (rows::tenant(row, 0)?, OrderId(row.array(1)?));
        lines.entry(key).or_default().push(rows::line(row)?);
    }
    for (key, mut lines) in lines {
        lines.sort_by_key(|line| line.number);
        world.lines.loaded(key, Some(lines));
    }
    Ok(())
}
