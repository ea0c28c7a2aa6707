//! Writes versions of what buyers share.

use crate::seam::{Calls, Type, Value};
use domain::content::world::Rows;

pub(crate) fn write<'w>(rows: &'w Rows, calls: &mut Calls<'w>) {
    let new = rows.new.iter().map(|c| {
        let actor = c.by.map(|actor| Value::Blob(actor.to_bytes().into()));
        [
            Value::bytes(c.tenant.bytes()),
            Value::bytes(&c.id.0),
            Value::bytes(&c.sku.0),
            Value::Int(i64::from(c.number)),
            Value::maybe_text(c.note.as_deref()),
            Value::maybe_int(c.file_bytes),
            actor.unwrap_or(Value::Null(Type::Blob)),
            Value::Int(c.created_at.0),
            Value::bytes(&c.sealed),
        ]
    });
    calls.write_all(&super::sql::INSERT_CONTENTS, new.collect());
}
