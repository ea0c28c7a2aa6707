//! Writes resources.

use super::rows::{columns, key, named};
use super::sql;
use crate::Error;
use crate::seam::{Calls, Value};
use domain::resource::world::Rows;

/// Writes what changed. The kinds are locked, so what is new is new; where a kind has no row yet, another writer may be
/// first, and the batch runs again.
pub(crate) fn write<'w>(resource: &'w Rows, calls: &mut Calls<'w>) -> Result<(), Error> {
    for (statement, heads) in [
        (&sql::INSERT_HEADS, resource.heads.added()),
        (&sql::UPDATE_HEADS, resource.heads.changed()),
    ] {
        let rows = heads.into_iter().map(|((tenant, kind), made)| {
            [Value::bytes(tenant.bytes()), Value::Int(*kind), Value::Int(*made)]
        });
        calls.write_all(statement, rows.collect());
    }
    let added = resource.rows.added().into_iter().map(|(key, row)| columns(&key.0, row));
    calls.write_all(&sql::INSERT_ROWS, added.collect::<Result<_, _>>()?);
    let changed = resource.rows.changed().into_iter().map(|(key, row)| {
        let [tenant, kind, id, version, shape, stamp, _, edited, archived, data] =
            columns(&key.0, row)?;
        Ok([tenant, kind, id, version, shape, stamp, edited, archived, data])
    });
    calls.write_all(&sql::UPDATE_ROWS, changed.collect::<Result<_, Error>>()?);
    let versions = resource.versions.iter().map(|(tenant, row, actor)| {
        let [a, b, c, d, e, f, g, h, i, j] = columns(tenant, row)?;
        Ok([a, b, c, d, e, f, g, h, i, j, super::rows::actor(*actor)])
    });
    calls.write_all(&sql::INSERT_VERSIONS, versions.collect::<Result<_, Error>>()?);
    claims(resource, calls);
    keys(resource, calls);
    secrets(resource, calls);
    pictures(resource, calls);
    Ok(())
}

fn claims<'w>(resource: &'w Rows, calls: &mut Calls<'w>) {
    let gone = resource.claims.removed().into_iter();
    let gone = gone.map(|(tenant, kind, name, value)| named(tenant, *kind, name, value));
    calls.execute_rows(&sql::DELETE_CLAIMS, gone.collect());
    for (statement, claims) in [
        (&sql::UPDATE_CLAIMS, resource.claims.changed()),
        (&sql::INSERT_CLAIMS, resource.claims.added()),
    ] {
        let rows = claims.into_iter().map(|((tenant, kind, name, value), id)| {
            let [tenant, kind, name, value] = named(tenant, *kind, name, value);
            [tenant, kind, name, value, Value::bytes(id)]
        });
        calls.write_all(statement, rows.collect());
    }
}

fn keys<'w>(resource: &'w Rows, calls: &mut Calls<'w>) {
    let of = |sign: i8| {
        let keys = resource.keys.iter().filter(move |(_, change)| change.signum() == sign);
        keys.map(|((tenant, kind, name, value, id), _)| {
            let [tenant, kind, name, value] = named(tenant, *kind, name, value);
            [tenant, kind, name, value, Value::bytes(id)]
        })
    };
    calls.execute_rows(&sql::DELETE_KEYS, of(-1).collect());
    calls.write_all(&sql::INSERT_KEYS, of(1).collect());
}

fn secrets<'w>(resource: &'w Rows, calls: &mut Calls<'w>) {
    let (mut set, mut gone) = (Vec::new(), Vec::new());
    for ((row, field), sealed) in &resource.secrets {
        let [tenant, kind, id] = key(row);
        match sealed {
            Some(sealed) => set.push([tenant, kind, id, Value::text(field), Value::bytes(sealed)]),
            None => gone.push([tenant, kind, id, Value::text(field)]),
        }
    }
    calls.write_all(&sql::UPSERT_SECRETS, set);
    calls.execute_rows(&sql::DELETE_SECRETS, gone);
}

fn pictures<'w>(resource: &'w Rows, calls: &mut Calls<'w>) {
    let (mut set, mut gone) = (Vec::new(), Vec::new());
    for ((row, field), file) in &resource.pictures {
        let ([tenant, kind, id], field) = (key(row), Value::text(field));
        match file {
            Some(file) => {
                let (hash, bytes) = (Value::text(&file.hash), Value::bytes(&file.bytes));
                set.push([tenant, kind, id, field, hash, bytes]);
            }
            None => gone.push([tenant, kind, id, field]),
        }
    }
    calls.write_all(&sql::UPSERT_PICTURES, set);
    calls.execute_rows(&sql::DELETE_PICTURES, gone);
}
