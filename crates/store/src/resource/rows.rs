//! Rows of resources, as the rules know them.

use crate::Error;
use crate::seam::{Row, Type, Value};
use domain::context::Actor;
use domain::resource;
use domain::resource::world::RowKey;
use kernel::{Tenant, Timestamp};
use std::borrow::Cow;

/// `tenant, kind, id, version, shape, stamp, created_at, edited_at, archived_at, data`
pub fn resource(row: &Row) -> Result<resource::Row, Error> {
    let body = serde_json::from_str(row.text(9)?).map_err(|_| Error::Corrupt("a resource"))?;
    Ok(resource::Row {
        kind: row.int(1)?,
        id: row.array(2)?,
        version: row.int(3)?,
        shape: row.int(4)?,
        stamp: row.int(5)?,
        created_at: Timestamp(row.int(6)?),
        edited_at: Timestamp(row.int(7)?),
        archived_at: row.maybe_int(8)?.map(Timestamp),
        body,
    })
}

/// The name of a key as the declarations have it.
pub(crate) fn name_of(kind: i64, name: &str) -> Result<&'static str, Error> {
    let any = resource::registry::numbered(kind).ok_or(Error::Corrupt("a kind of resources"))?;
    let known = any.keys().into_iter().map(|key| key.name).find(|known| *known == name);
    known.ok_or(Error::Corrupt("a key of resources"))
}

/// The columns of a row that are written, in their order.
pub(crate) fn columns<'a>(
    tenant: &'a Tenant,
    row: &'a resource::Row,
) -> Result<[Value<'a>; 10], Error> {
    Ok([
        Value::bytes(tenant.bytes()),
        Value::Int(row.kind),
        Value::bytes(&row.id),
        Value::Int(row.version),
        Value::Int(row.shape),
        Value::Int(row.stamp),
        Value::Int(row.created_at.0),
        Value::Int(row.edited_at.0),
        Value::maybe_int(row.archived_at.map(|at| at.0)),
        crate::rows::json(&row.body)?,
    ])
}

/// Who acted, as the store keeps it.
pub(crate) fn actor(actor: Option<Actor>) -> Value<'static> {
    actor.map_or(Value::Null(Type::Blob), |actor| Value::Blob(actor.to_bytes().into()))
}

/// Who acted, of a column.
pub(crate) fn read_actor(row: &Row, at: usize) -> Result<Option<Actor>, Error> {
    let read = |bytes: &[u8]| Actor::from_bytes(bytes).ok_or(Error::Corrupt("an actor"));
    row.maybe_bytes(at)?.map(read).transpose()
}

/// Book, kind and id.
pub(crate) fn key((tenant, kind, id): &RowKey) -> [Value<'_>; 3] {
    [Value::bytes(tenant.bytes()), Value::Int(*kind), Value::bytes(id)]
}

/// A key of a resource: book, kind, name and value.
pub(crate) fn named<'a>(
    tenant: &'a Tenant,
    kind: i64,
    name: &'a str,
    value: &'a [u8],
) -> [Value<'a>; 4] {
    let value = Value::Blob(Cow::Borrowed(value));
    [Value::bytes(tenant.bytes()), Value::Int(kind), Value::text(name), value]
}
