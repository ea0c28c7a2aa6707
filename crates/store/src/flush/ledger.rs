//! Transfers, accounts, holds, counters.
//!
//! Bounded accounts were loaded under their lock and are written whole. Unbounded accounts only receive
//! what they gained, in key order, so that writers add up instead of overwriting each other.

use crate::seam::{Conn, Type, Value};
use crate::{Error, sql};
use domain::World;
use domain::ledger::Account;

/// Writes what changed.
pub(super) async fn write(conn: &mut Conn, world: &World) -> Result<(), Error> {
    transfers(conn, world).await?;
    holds(conn, world).await?;
    counters(conn, world).await?;
    accounts(conn, world).await
}

async fn transfers(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let rows: Vec<_> = world
        .transfers
        .iter()
        .map(|t| {
            [
                Value::bytes(t.tenant.bytes()),
                Value::bytes(&t.id.0),
                Value::bytes(&t.debit.0),
                Value::bytes(&t.credit.0),
                Value::Int(t.amount),
                Value::Int(t.unit.number()),
                Value::Int(t.reason as i64),
                Value::bytes(&t.subject),
                Value::Int(t.at.0),
                Value::maybe_bytes(t.debit_previous.as_ref().map(|id| &id.0[..])),
                Value::maybe_bytes(t.credit_previous.as_ref().map(|id| &id.0[..])),
                Value::maybe_int(t.debit_balance),
                Value::maybe_int(t.credit_balance),
            ]
        })
        .collect();
    conn.write_all(&sql::INSERT_TRANSFERS, &rows).await
}

async fn holds(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let rows: Vec<_> = world
        .holds
        .added()
        .into_iter()
        .map(|(_, h)| {
            [
                Value::bytes(h.debit.tenant.bytes()),
                Value::bytes(&h.id.0),
                Value::bytes(&h.debit.owner),
                Value::Int(h.debit.kind as i64),
                Value::bytes(&h.credit.owner),
                Value::Int(h.credit.kind as i64),
                Value::Int(h.debit.unit.number()),
                Value::Int(h.amount),
                Value::Int(h.posted),
                Value::Int(h.state as i64),
                Value::Int(h.at.0),
            ]
        })
        .collect();
    conn.write_all(&sql::INSERT_HOLDS, &rows).await?;
    let rows: Vec<_> = world
        .holds
        .changed()
        .into_iter()
        .map(|((tenant, id), h)| {
            let (tenant, id) = (Value::bytes(tenant.bytes()), Value::bytes(&id.0));
            [tenant, id, Value::Int(h.posted), Value::Int(h.state as i64)]
        })
        .collect();
    conn.write_all(&sql::UPDATE_HOLDS, &rows).await
}

async fn counters(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let row = |(key, used): (&domain::order::CounterKey, &i64)| {
        [
            Value::Blob(key.tenant.bytes().to_vec().into()),
            Value::Blob(key.scope.to_vec().into()),
            Value::Blob(key.key.to_vec().into()),
            Value::Int(key.window),
            Value::Int(*used),
        ]
    };
    let added: Vec<_> = world.counters.added().into_iter().map(row).collect();
    conn.write_all(&sql::INSERT_COUNTERS, &added).await?;
    let changed: Vec<_> = world.counters.changed().into_iter().map(row).collect();
    conn.write_all(&sql::UPDATE_COUNTERS, &changed).await
}

async fn accounts(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let added = world.accounts.added();
    let rows: Vec<_> = added.iter().map(|((_, id), account)| account_row(&id.0, account)).collect();
    conn.write_all(&sql::INSERT_ACCOUNTS, &rows).await?;
    let rows: Vec<_> = world
        .accounts
        .changed()
        .into_iter()
        .map(|((tenant, id), a)| {
            [
                Value::bytes(tenant.bytes()),
                Value::bytes(&id.0),
                Value::Int(a.balance),
                Value::Int(a.held),
                Value::maybe_bytes(a.last_transfer.as_ref().map(|t| &t.0[..])),
            ]
        })
        .collect();
    conn.write_all(&sql::UPDATE_ACCOUNTS, &rows).await?;

    // An account that gave what it got is written too: transfers name it, so it must be there.
    let mut gained: Vec<_> = world
        .deltas
        .iter()
        .map(|(key, delta)| (key.id(), Account { balance: *delta, ..Account::empty(*key) }))
        .collect();
    gained.sort_by_key(|(id, account)| (account.key.tenant, *id));
    let rows: Vec<_> = gained.iter().map(|(id, account)| account_row(&id.0, account)).collect();
    conn.execute_rows(&sql::ADD_TO_ACCOUNTS, &rows).await?;
    Ok(())
}

fn account_row<'a>(id: &'a [u8], account: &'a Account) -> [Value<'a>; 8] {
    [
        Value::bytes(account.key.tenant.bytes()),
        Value::bytes(id),
        Value::bytes(&account.key.owner),
        Value::Int(account.key.kind as i64),
        Value::Int(account.key.unit.number()),
        Value::Int(account.balance),
        Value::Int(account.held),
        match &account.last_transfer {
            Some(transfer) => Value::bytes(&transfer.0),
            None => Value::Null(Type::Blob),
        },
    ]
}
