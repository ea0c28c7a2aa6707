//! Writes exports.

use crate::Error;
use crate::rows::json;
use crate::seam::{Calls, Value};
use domain::export::Export;
use domain::export::world::Rows;

/// Writes what is new and what changed.
pub(crate) fn write<'w>(rows: &'w Rows, calls: &mut Calls<'w>) -> Result<(), Error> {
    let added = rows.exports.added().into_iter().map(|(_, one)| {
        let [tenant, id, state, data] = changeable(one)?;
        let requester = Value::copy(&one.requester.to_bytes());
        Ok([tenant, id, requester, state, Value::Int(one.created_at.0), data])
    });
    calls.write_all(&super::sql::INSERT_EXPORTS, added.collect::<Result<_, Error>>()?);
    let changed = rows.exports.changed().into_iter().map(|(_, one)| changeable(one));
    calls.write_all(&super::sql::UPDATE_EXPORTS, changed.collect::<Result<_, Error>>()?);
    Ok(())
}

fn changeable(one: &Export) -> Result<[Value<'_>; 4], Error> {
    let (tenant, id) = (Value::bytes(one.tenant.bytes()), Value::bytes(&one.id.0));
    Ok([tenant, id, Value::Int(one.state as i64), json(&one.told)?])
}
