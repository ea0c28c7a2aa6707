//! Loads accounts, holds and transfers.

use crate::load::asks::Asks;
use crate::seam::Value;
use domain::{Needs, World};

/// Holds.
pub(crate) fn holds<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> =
        needs.ledger.holds.iter().filter(|key| !world.ledger.holds.knows(key)).collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&super::sql::LOAD_HOLDS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.ledger.holds.loaded(**key, None));
        for row in &found {
            let hold = super::rows::hold(row)?;
            world.ledger.holds.loaded((hold.debit.tenant, hold.id), Some(hold));
        }
        Ok(())
    });
}

/// Bounded accounts.
pub(crate) fn accounts<'n>(needs: &'n Needs, asks: &mut Asks<'n>) {
    let mut wanted: Vec<_> =
        needs.ledger.accounts.iter().map(|key| (key.tenant, key.id())).collect();
    wanted.sort();
    let keys = wanted.iter().map(|(t, id)| [Value::copy(t.bytes()), Value::copy(&id.0)]).collect();
    asks.rows(&super::sql::LOAD_ACCOUNTS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.ledger.accounts.loaded(*key, None));
        for row in &found {
            let account = super::rows::account(row)?;
            world.ledger.accounts.loaded((account.key.tenant, account.key.id()), Some(account));
        }
        Ok(())
    });
}
