//! Writes the request log.

use crate::Error;
use crate::rows::json;
use crate::seam::{Calls, Value};
use domain::requests::world::Rows;

/// Requests that go with one batch at most: a batch stays short, and many come.
const GO_MAX: i64 = 2_000;

/// Writes what is kept, and lets go of what was kept long enough.
pub(crate) fn write<'w>(requests: &'w Rows, calls: &mut Calls<'w>) -> Result<(), Error> {
    let rows = requests.kept.iter().map(|(tenant, one)| {
        Ok([
            Value::bytes(tenant.bytes()),
            Value::bytes(&one.id.0),
            Value::bytes(&one.key.0),
            Value::Int(i64::from(one.status)),
            Value::Int(one.at.0),
            json(&one.told)?,
        ])
    });
    calls.write_all(&super::sql::INSERT_REQUESTS, rows.collect::<Result<_, Error>>()?);
    if let Some(before) = &requests.gone {
        let params = vec![Value::bytes(before), Value::Int(GO_MAX)];
        calls.execute(&super::sql::DELETE_OLD_REQUESTS, params);
    }
    Ok(())
}
