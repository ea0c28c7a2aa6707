//! Writes merchants, keys and buyers.

use crate::seam::{Calls, Value};
use domain::identity::ApiKey;
use domain::identity::world::Rows;

pub(crate) fn tenants<'w>(identity: &'w Rows, calls: &mut Calls<'w>) {
    let rows: Vec<_> = identity
        .new_tenants
        .iter()
        .map(|t| {
            let id = Value::bytes(t.tenant.bytes());
            [id, Value::text(&t.name), Value::text(&t.zone), Value::Int(t.created_at.0)]
        })
        .collect();
    calls.write_all(&super::sql::INSERT_TENANTS, rows);
    let rows: Vec<_> = identity
        .new_tenants
        .iter()
        .map(|t| [Value::bytes(t.tenant.bytes()), Value::Int(0), Value::Int(t.created_at.0)])
        .collect();
    calls.write_all(&crate::config::sql::INSERT_VERSIONS, rows);
}

pub(crate) fn api_keys<'w>(identity: &'w Rows, calls: &mut Calls<'w>) {
    let rows: Vec<_> = identity
        .api_keys
        .added()
        .into_iter()
        .map(|((tenant, id), key)| {
            [
                Value::bytes(&id.0),
                Value::bytes(tenant.bytes()),
                Value::bytes(&key.hash),
                Value::text(&key.name),
                Value::Text(scope_names(key).into()),
                Value::Int(key.created_at.0),
                Value::maybe_int(key.revoked_at.map(|at| at.0)),
                Value::maybe_int(key.requests_per_minute.map(i64::from)),
                Value::maybe_int(key.expires_at.map(|at| at.0)),
            ]
        })
        .collect();
    calls.write_all(&super::sql::INSERT_API_KEYS, rows);
    let rows: Vec<_> = identity
        .api_keys
        .changed()
        .into_iter()
        .map(|((tenant, id), key)| {
            let revoked_at = Value::maybe_int(key.revoked_at.map(|at| at.0));
            [Value::bytes(tenant.bytes()), Value::bytes(&id.0), revoked_at]
        })
        .collect();
    calls.write_all(&super::sql::UPDATE_API_KEYS, rows);
}

fn scope_names(key: &ApiKey) -> String {
    key.scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(" ")
}

/// Buyers that are new: unique claims that must all be written.
pub(crate) fn buyers<'w>(identity: &'w Rows, calls: &mut Calls<'w>) {
    let added = identity.buyers.added();
    let rows: Vec<_> = added
        .iter()
        .map(|((tenant, tag), buyer)| {
            [
                Value::bytes(tenant.bytes()),
                Value::bytes(tag),
                Value::bytes(&buyer.id.0),
                Value::bytes(&buyer.sealed),
                Value::Int(buyer.created_at.0),
            ]
        })
        .collect();
    calls.write_all(&super::sql::INSERT_BUYERS, rows);
    let rows = added.iter().map(|((tenant, tag), buyer)| {
        [Value::bytes(tenant.bytes()), Value::bytes(&buyer.id.0), Value::bytes(tag)]
    });
    calls.write_all(&super::sql::INSERT_BUYER_IDS, rows.collect());
}
