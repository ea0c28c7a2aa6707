//! Orders and their lines.

use crate::seam::{Conn, Value};
use crate::{Error, sql};
use domain::World;

/// Writes what was placed.
pub(super) async fn write(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let rows: Vec<_> = world
        .new_orders
        .iter()
        .map(|(o, _)| {
            [
                Value::bytes(o.tenant.bytes()),
                Value::bytes(&o.id.0),
                Value::bytes(&o.buyer.0),
                Value::Int(o.channel as i64),
                Value::maybe_text(o.external_id.as_deref()),
                Value::Int(o.currency.number()),
                Value::Int(o.total),
                Value::Int(o.paid),
                Value::Int(o.refunded),
                Value::Int(o.created_at.0),
            ]
        })
        .collect();
    conn.write_all(&sql::INSERT_ORDERS, &rows).await?;
    let rows: Vec<_> = world
        .new_orders
        .iter()
        .flat_map(|(o, lines)| {
            lines.iter().map(|l| {
                [
                    Value::bytes(o.tenant.bytes()),
                    Value::bytes(&o.id.0),
                    Value::Int(i64::from(l.number)),
                    Value::bytes(&l.sku.0),
                    Value::bytes(&l.product.0),
                    Value::Int(l.product_version),
                    Value::Int(i64::from(l.quantity)),
                    Value::Int(l.unit_price),
                    Value::Int(i64::from(l.delivered)),
                    Value::bytes(l.codes.as_flattened()),
                ]
            })
        })
        .collect();
    conn.write_all(&sql::INSERT_LINES, &rows).await
}
