//! Writes orders, their lines and the counters of limits.

use crate::seam::{Calls, Type, Value};
use domain::order::world::Rows;
use domain::order::{CounterKey, Line, Visit};

pub(crate) fn counters<'w>(order: &'w Rows, calls: &mut Calls<'w>) {
    let added: Vec<_> = order.counters.added().into_iter().map(counter).collect();
    calls.write_all(&super::sql::INSERT_COUNTERS, added);
    let changed: Vec<_> = order.counters.changed().into_iter().map(counter).collect();
    calls.write_all(&super::sql::UPDATE_COUNTERS, changed);
}

fn counter<'w>((key, used): (&'w CounterKey, &'w i64)) -> [Value<'w>; 5] {
    [
        Value::bytes(key.tenant.bytes()),
        Value::bytes(&key.scope),
        Value::bytes(&key.key),
        Value::Int(key.window),
        Value::Int(*used),
    ]
}

pub(crate) fn placed<'w>(order: &'w Rows, calls: &mut Calls<'w>) {
    let rows: Vec<_> = order
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
                Value::maybe_int(o.expires_at.map(|at| at.0)),
                Value::maybe_int(o.closed.map(|reason| reason as i64)),
                Value::maybe_bytes(o.payment.as_ref().map(|id| &id.0[..])),
                Value::maybe_bytes(o.link.as_ref().map(|link| &link[..])),
                o.visit.as_ref().map_or(Value::Null(Type::Blob), tags),
                Value::maybe_text(o.consent.as_ref().map(|consent| consent.version.as_str())),
                Value::maybe_int(o.consent.as_ref().map(|consent| consent.at.0)),
            ]
        })
        .collect();
    calls.write_all(&super::sql::INSERT_ORDERS, rows);
    let rows: Vec<_> = order
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
                    Value::Int(i64::from(l.refunded)),
                    Value::maybe_bytes(l.hold.as_ref().map(|id| &id.0[..])),
                    Value::bytes(l.codes.as_flattened()),
                    vouchers(l),
                    Value::maybe_int(l.content.map(i64::from)),
                ]
            })
        })
        .collect();
    calls.write_all(&super::sql::INSERT_LINES, rows);
    let rows: Vec<_> = order
        .new_inputs
        .iter()
        .map(|input| {
            let (tenant, order) = (input.tenant.bytes(), &input.order.0);
            [Value::bytes(tenant), Value::bytes(order), Value::bytes(&input.sealed)]
        })
        .collect();
    calls.write_all(&super::sql::INSERT_ORDER_INPUTS, rows);
}

pub(crate) fn changed<'w>(order: &'w Rows, calls: &mut Calls<'w>) {
    let rows: Vec<_> = order
        .orders
        .changed()
        .into_iter()
        .map(|((tenant, id), o)| {
            [
                Value::bytes(tenant.bytes()),
                Value::bytes(&id.0),
                Value::Int(o.paid),
                Value::Int(o.refunded),
                Value::maybe_int(o.expires_at.map(|at| at.0)),
                Value::maybe_int(o.closed.map(|reason| reason as i64)),
                Value::maybe_bytes(o.payment.as_ref().map(|id| &id.0[..])),
            ]
        })
        .collect();
    calls.write_all(&super::sql::UPDATE_ORDERS, rows);
    let links = order.new_links.iter().map(|(tenant, id, link)| {
        [Value::bytes(tenant.bytes()), Value::bytes(&id.0), Value::bytes(link)]
    });
    calls.write_all(&super::sql::UPDATE_ORDER_LINKS, links.collect());
    let rows: Vec<_> = order
        .lines
        .changed()
        .into_iter()
        .flat_map(|((tenant, id), lines)| {
            lines.iter().map(move |l| {
                [
                    Value::bytes(tenant.bytes()),
                    Value::bytes(&id.0),
                    Value::Int(i64::from(l.number)),
                    Value::Int(i64::from(l.delivered)),
                    Value::Int(i64::from(l.refunded)),
                    Value::bytes(l.codes.as_flattened()),
                    vouchers(l),
                    Value::maybe_int(l.content.map(i64::from)),
                ]
            })
        })
        .collect();
    calls.write_all(&super::sql::UPDATE_LINES, rows);
}

/// Their ids, one after the other; none at lines of codes.
fn vouchers(line: &Line) -> Value<'static> {
    if line.vouchers.is_empty() {
        return Value::Null(Type::Blob);
    }
    let ids: Vec<u8> = line.vouchers.iter().flat_map(|id| id.0).collect();
    Value::Blob(ids.into())
}

/// First reveals of codes.
pub(crate) fn first_reveals<'w>(order: &'w Rows, calls: &mut Calls<'w>) {
    let rows: Vec<_> = order
        .first_reveals
        .added()
        .into_iter()
        .map(|((tenant, order), at)| {
            [Value::bytes(tenant.bytes()), Value::bytes(&order.0), Value::Int(at.0)]
        })
        .collect();
    calls.write_all(&super::sql::INSERT_LOOKS, rows);
}

/// Two or three tags, one after the other.
fn tags(visit: &Visit) -> Value<'static> {
    let person = visit.person.into_iter().flatten();
    let tags: Vec<u8> = visit.address.into_iter().chain(visit.device).chain(person).collect();
    Value::Blob(tags.into())
}
