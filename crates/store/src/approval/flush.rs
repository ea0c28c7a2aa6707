//! Writes approvals.

use crate::Error;
use crate::rows::json;
use crate::seam::{Calls, Value};
use domain::approval::Approval;
use domain::approval::world::Rows;

/// Writes what is new and what changed, and what is sealed of it.
pub(crate) fn write<'w>(approval: &'w Rows, calls: &mut Calls<'w>) -> Result<(), Error> {
    let rows = approval.approvals.added().into_iter().map(|(_, one)| {
        let [tenant, id, state, by, at, data] = changeable(one)?;
        let (act, requester) = (Value::Int(one.act as i64), Value::bytes(&one.requester.0));
        let (created, expires) = (Value::Int(one.created_at.0), Value::Int(one.expires_at.0));
        Ok([tenant, id, act, requester, state, created, expires, by, at, data])
    });
    calls.write_all(&super::sql::INSERT_APPROVALS, rows.collect::<Result<_, Error>>()?);
    let rows = approval.approvals.changed().into_iter().map(|(_, one)| changeable(one));
    calls.write_all(&super::sql::UPDATE_APPROVALS, rows.collect::<Result<_, Error>>()?);
    let (mut came, mut gone) = (Vec::new(), Vec::new());
    for ((tenant, id, part), sealed) in &approval.sealed {
        let key = [Value::bytes(tenant.bytes()), Value::bytes(&id.0), Value::Int(*part as i64)];
        match sealed {
            Some(sealed) => {
                let [tenant, id, part] = key;
                came.push([tenant, id, part, Value::bytes(sealed)]);
            }
            None => gone.push(key),
        }
    }
    calls.execute_rows(&super::sql::DELETE_PARTS, gone);
    calls.write_all(&super::sql::INSERT_PARTS, came);
    Ok(())
}

fn changeable(one: &Approval) -> Result<[Value<'_>; 6], Error> {
    let by = Value::maybe_bytes(one.decided_by.as_ref().map(|by| &by.0[..]));
    Ok([
        Value::bytes(one.tenant.bytes()),
        Value::bytes(&one.id.0),
        Value::Int(one.state as i64),
        by,
        Value::maybe_int(one.decided_at.map(|at| at.0)),
        json(&one.told)?,
    ])
}
