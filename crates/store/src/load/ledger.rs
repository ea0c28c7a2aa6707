//! Holds, bounded accounts and counters, each under its row's lock.

use super::asks::Asks;
use crate::seam::Value;
use crate::{rows, sql};
use domain::order::CounterKey;
use domain::{Needs, World};

/// Holds.
pub(super) fn holds<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> =
        needs.ledger.holds.iter().filter(|key| !world.ledger.holds.knows(key)).collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&sql::LOAD_HOLDS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.ledger.holds.loaded(**key, None));
        for row in &found {
            let hold = rows::hold(row)?;
            world.ledger.holds.loaded((hold.debit.tenant, hold.id), Some(hold));
        }
        Ok(())
    });
}

/// Bounded accounts.
pub(super) fn accounts<'n>(needs: &'n Needs, asks: &mut Asks<'n>) {
    let mut wanted: Vec<_> =
        needs.ledger.accounts.iter().map(|key| (key.tenant, key.id())).collect();
    wanted.sort();
    let keys = wanted.iter().map(|(t, id)| [Value::copy(t.bytes()), Value::copy(&id.0)]).collect();
    asks.rows(&sql::LOAD_ACCOUNTS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.ledger.accounts.loaded(*key, None));
        for row in &found {
            let account = rows::account(row)?;
            world.ledger.accounts.loaded((account.key.tenant, account.key.id()), Some(account));
        }
        Ok(())
    });
}

/// Counters of limits.
pub(super) fn counters<'n>(needs: &'n Needs, asks: &mut Asks<'n>) {
    let keys = needs
        .order
        .counters
        .iter()
        .map(|c| {
            let (scope, key) = (Value::bytes(&c.scope), Value::bytes(&c.key));
            [Value::bytes(c.tenant.bytes()), scope, key, Value::Int(c.window)]
        })
        .collect();
    asks.rows(&sql::LOAD_COUNTERS, keys, |world, found| {
        needs.order.counters.iter().for_each(|key| world.order.counters.loaded(*key, None));
        for row in &found {
            let key = CounterKey {
                tenant: rows::tenant(row, 0)?,
                scope: row.array(1)?,
                key: row.array(2)?,
                window: row.int(3)?,
            };
            world.order.counters.loaded(key, Some(row.int(4)?));
        }
        Ok(())
    });
}
