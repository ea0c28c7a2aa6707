//! Holds, bounded accounts and counters, each under its row's lock.

use crate::seam::{Conn, Value};
use crate::{Error, rows, sql};
use domain::order::CounterKey;
use domain::{Needs, World};

/// Holds.
pub(super) async fn load_holds(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    let wanted: Vec<_> = needs.holds.iter().filter(|key| !world.holds.knows(key)).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let keys: Vec<_> =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    let found = conn.fetch_rows(&sql::LOAD_HOLDS, &keys).await?;
    wanted.iter().for_each(|key| world.holds.loaded(**key, None));
    for row in &found {
        let hold = rows::hold(row)?;
        world.holds.loaded((hold.debit.tenant, hold.id), Some(hold));
    }
    Ok(())
}

/// Bounded accounts.
pub(super) async fn load_accounts(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    if needs.accounts.is_empty() {
        return Ok(());
    }
    let mut wanted: Vec<_> = needs.accounts.iter().map(|key| (key.tenant, key.id())).collect();
    wanted.sort();
    let keys: Vec<_> =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    let found = conn.fetch_rows(&sql::LOAD_ACCOUNTS, &keys).await?;
    wanted.iter().for_each(|key| world.accounts.loaded(*key, None));
    for row in &found {
        let account = rows::account(row)?;
        world.accounts.loaded((account.key.tenant, account.key.id()), Some(account));
    }
    Ok(())
}

/// Counters of limits.
pub(super) async fn load_counters(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    if needs.counters.is_empty() {
        return Ok(());
    }
    let keys: Vec<_> = needs
        .counters
        .iter()
        .map(|c| {
            let (scope, key) = (Value::bytes(&c.scope), Value::bytes(&c.key));
            [Value::bytes(c.tenant.bytes()), scope, key, Value::Int(c.window)]
        })
        .collect();
    let found = conn.fetch_rows(&sql::LOAD_COUNTERS, &keys).await?;
    needs.counters.iter().for_each(|key| world.counters.loaded(*key, None));
    for row in &found {
        let key = CounterKey {
            tenant: rows::tenant(row, 0)?,
            scope: row.array(1)?,
            key: row.array(2)?,
            window: row.int(3)?,
        };
        world.counters.loaded(key, Some(row.int(4)?));
    }
    Ok(())
}
