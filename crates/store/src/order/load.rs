//! Loads orders, their lines and the counters of limits.

use crate::load::asks::Asks;
use crate::seam::Value;
use domain::order::{CounterKey, Line};
use domain::{Needs, World};
use kernel::{OrderId, Tenant, Timestamp};
use std::collections::BTreeMap;

/// Orders by the caller's id and by ours, and when their codes were first looked at.
pub(crate) fn orders<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let external: Vec<_> = needs
        .order
        .external_orders
        .iter()
        .filter(|key| !world.order.external_orders.knows(key))
        .collect();
    let keys = external.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::text(id)]).collect();
    asks.rows(&super::sql::LOAD_EXTERNAL_ORDERS, keys, move |world, found| {
        external.iter().for_each(|key| world.order.external_orders.loaded((*key).clone(), None));
        for row in &found {
            let key = (row.tenant(0)?, row.text(1)?.to_owned());
            world.order.external_orders.loaded(key, Some(OrderId(row.array(2)?)));
        }
        Ok(())
    });
    whole_orders(needs, world, asks);
    first_reveals(needs, world, asks);
}

/// First reveals, which are written only under their order's lock.
pub(crate) fn first_reveals<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> = needs
        .order
        .first_reveals
        .iter()
        .filter(|key| !world.order.first_reveals.knows(key))
        .collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&super::sql::LOAD_LOOKS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.order.first_reveals.loaded(**key, None));
        for row in &found {
            let key = (row.tenant(0)?, OrderId(row.array(1)?));
            world.order.first_reveals.loaded(key, Some(Timestamp(row.int(2)?)));
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
    asks.rows(&super::sql::LOAD_ORDERS, keys.clone(), move |world, found| {
        ids.iter().for_each(|key| world.order.orders.loaded(**key, None));
        for row in &found {
            let order = super::rows::order(row)?;
            world.order.orders.loaded(order.key(), Some(order));
        }
        Ok(())
    });
    asks.rows(&super::sql::LOAD_LINES, keys, |world, found| {
        let mut lines: BTreeMap<(Tenant, OrderId), Vec<Line>> = BTreeMap::new();
        for row in &found {
            let key = (row.tenant(0)?, OrderId(row.array(1)?));
            lines.entry(key).or_default().push(super::rows::line(row)?);
        }
        for (key, mut lines) in lines {
            lines.sort_by_key(|line| line.number);
            world.order.lines.loaded(key, Some(lines));
        }
        Ok(())
    });
}

/// Counters of limits.
pub(crate) fn counters<'n>(needs: &'n Needs, asks: &mut Asks<'n>) {
    let keys = needs
        .order
        .counters
        .iter()
        .map(|c| {
            let (scope, key) = (Value::bytes(&c.scope), Value::bytes(&c.key));
            [Value::bytes(c.tenant.bytes()), scope, key, Value::Int(c.window)]
        })
        .collect();
    asks.rows(&super::sql::LOAD_COUNTERS, keys, |world, found| {
        needs.order.counters.iter().for_each(|key| world.order.counters.loaded(*key, None));
        for row in &found {
            let key = CounterKey {
                tenant: row.tenant(0)?,
                scope: row.array(1)?,
                key: row.array(2)?,
                window: row.int(3)?,
            };
            world.order.counters.loaded(key, Some(row.int(4)?));
        }
        Ok(())
    });
}
