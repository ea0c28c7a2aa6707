//! Writes accounts, holds and transfers.

use crate::seam::{Calls, Type, Value};
use domain::ledger::Account;
use domain::ledger::world::Rows;

pub(crate) fn transfers<'w>(ledger: &'w Rows, calls: &mut Calls<'w>) {
    let rows: Vec<_> = ledger
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
    calls.write_all(&super::sql::INSERT_TRANSFERS, rows);
}

pub(crate) fn holds<'w>(ledger: &'w Rows, calls: &mut Calls<'w>) {
    let rows: Vec<_> = ledger
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
    calls.write_all(&super::sql::INSERT_HOLDS, rows);
    let rows: Vec<_> = ledger
        .holds
        .changed()
        .into_iter()
        .map(|((tenant, id), h)| {
            let (tenant, id) = (Value::bytes(tenant.bytes()), Value::bytes(&id.0));
            [tenant, id, Value::Int(h.posted), Value::Int(h.state as i64)]
        })
        .collect();
    calls.write_all(&super::sql::UPDATE_HOLDS, rows);
}

pub(crate) fn accounts<'w>(ledger: &'w Rows, calls: &mut Calls<'w>) {
    let added = ledger.accounts.added();
    let rows = added.into_iter().map(|((_, id), account)| account_row(&id.0, account)).collect();
    calls.write_all(&super::sql::INSERT_ACCOUNTS, rows);
    let rows: Vec<_> = ledger
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
    calls.write_all(&super::sql::UPDATE_ACCOUNTS, rows);

    // An account that gave what it got is written too: transfers name it, so it must be there.
    let mut gained: Vec<_> =
        ledger.deltas.iter().map(|(key, delta)| (key.id(), key, *delta)).collect();
    gained.sort_by_key(|(id, key, _)| (key.tenant, *id));
    let rows: Vec<_> = gained
        .into_iter()
        .map(|(id, key, delta)| {
            [
                Value::bytes(key.tenant.bytes()),
                Value::copy(&id.0),
                Value::bytes(&key.owner),
                Value::Int(key.kind as i64),
                Value::Int(key.unit.number()),
                Value::Int(delta),
                Value::Int(0),
                Value::Null(Type::Blob),
            ]
        })
        .collect();
    calls.execute_rows(&super::sql::ADD_TO_ACCOUNTS, rows);
}

fn account_row<'w>(id: &'w [u8], account: &'w Account) -> [Value<'w>; 8] {
    [
        Value::bytes(account.key.tenant.bytes()),
        Value::bytes(id),
        Value::bytes(&account.key.owner),
        Value::Int(account.key.kind as i64),
        Value::Int(account.key.unit.number()),
        Value::Int(account.balance),
        Value::Int(account.held),
        Value::maybe_bytes(account.last_transfer.as_ref().map(|transfer| &transfer.0[..])),
    ]
}
