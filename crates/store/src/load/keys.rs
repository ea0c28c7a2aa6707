//! Look-ups of idempotency records, buyers and orders. Only orders are locked.
//!
//! The rows of the others are written once. A row that another node adds between look-up and insert makes the insert
//! fall short, and the batch runs again.

use super::asks::Asks;
use crate::seam::Value;
use crate::{rows, sql};
use domain::order::Line;
use domain::{Needs, World};
use kernel::{BuyerId, OrderId, Tenant, Timestamp};
use std::collections::BTreeMap;

/// Idempotency records of both generations.
pub(super) fn idempotency<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> = needs
        .idempotency
        .records
        .iter()
        .filter(|key| !world.idempotency.records.knows(key))
        .collect();
    let keys = wanted.iter().map(|key| [Value::bytes(*key)]).collect();
    asks.rows(&sql::LOAD_IDEMPOTENCY, keys, move |world, found| {
        wanted.iter().for_each(|key| world.idempotency.records.loaded(**key, None));
        for row in &found {
            world.idempotency.records.loaded(row.array(0)?, Some(rows::idempotent(row)?));
        }
        Ok(())
    });
}

/// Buyers by tag and by id.
pub(super) fn buyers<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let tags: Vec<_> =
        needs.identity.buyer_tags.iter().filter(|key| !world.identity.buyers.knows(key)).collect();
    let keys = tags.iter().map(|(_, tag)| [Value::bytes(tag)]).collect();
    asks.rows(&sql::LOAD_BUYERS_BY_TAG, keys, move |world, found| {
        tags.iter().for_each(|key| world.identity.buyers.loaded(**key, None));
        for row in &found {
            let (tenant, buyer) = (rows::tenant(row, 0)?, rows::buyer(row)?);
            world.identity.buyers.loaded((tenant, buyer.tag), Some(buyer));
        }
        Ok(())
    });
    let ids: Vec<_> = needs
        .identity
        .buyer_ids
        .iter()
        .filter(|key| !world.identity.buyer_ids.knows(key))
        .collect();
    let keys = ids.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&sql::LOAD_BUYERS_BY_ID, keys, move |world, found| {
        ids.iter().for_each(|key| world.identity.buyer_ids.loaded(**key, None));
        for row in &found {
            let key = (rows::tenant(row, 0)?, BuyerId(row.array(2)?));
            world.identity.buyer_ids.loaded(key, Some(()));
        }
        Ok(())
    });
}

/// Orders by the caller's id and by ours, and when their codes were first looked at.
pub(super) fn orders<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let external: Vec<_> = needs
        .order
        .external_orders
        .iter()
        .filter(|key| !world.order.external_orders.knows(key))
        .collect();
    let keys = external.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::text(id)]).collect();
    asks.rows(&sql::LOAD_EXTERNAL_ORDERS, keys, move |world, found| {
        external.iter().for_each(|key| world.order.external_orders.loaded((*key).clone(), None));
        for row in &found {
            let key = (rows::tenant(row, 0)?, row.text(1)?.to_owned());
            world.order.external_orders.loaded(key, Some(OrderId(row.array(2)?)));
        }
        Ok(())
    });
    whole_orders(needs, world, asks);
    looks(needs, world, asks);
}

/// First looks, which are written only under their order's lock.
fn looks<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> =
        needs.order.looks.iter().filter(|key| !world.order.looks.knows(key)).collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&sql::LOAD_LOOKS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.order.looks.loaded(**key, None));
        for row in &found {
            let key = (rows::tenant(row, 0)?, OrderId(row.array(1)?));
            world.order.looks.loaded(key, Some(Timestamp(row.int(2)?)));
        }
        Ok(())
    });
}

/// Orders under their locks, then their lines, which change only under their order's lock.
fn whole_orders<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let ids: Vec<_> =
        needs.order.orders.iter().filter(|key| !world.order.orders.knows(key)).collect();
    let keys: Vec<_> =
        ids.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&sql::LOAD_ORDERS, keys.clone(), move |world, found| {
        ids.iter().for_each(|key| world.order.orders.loaded(**key, None));
        for row in &found {
            let order = rows::order(row)?;
            world.order.orders.loaded(order.key(), Some(order));
        }
        Ok(())
    });
    asks.rows(&sql::LOAD_LINES, keys, |world, found| {
        let mut lines: BTreeMap<(Tenant, OrderId), Vec<Line>> = BTreeMap::new();
        for row in &found {
            let key = (rows::tenant(row, 0)?, OrderId(row.array(1)?));
            lines.entry(key).or_default().push(rows::line(row)?);
        }
        for (key, mut lines) in lines {
            lines.sort_by_key(|line| line.number);
            world.order.lines.loaded(key, Some(lines));
        }
        Ok(())
    });
}
