//! Writes vouchers and redemptions.

use crate::seam::{Calls, Value};
use domain::voucher::world::Rows;
use domain::voucher::{Redemption, Token, Voucher, VoucherRun};
use kernel::{Tenant, VoucherId};

pub(crate) fn write<'w>(rows: &'w Rows, calls: &mut Calls<'w>) {
    runs(rows, calls);
    tokens(rows, calls);
    let made = rows.new_vouchers.iter().map(|(voucher, _)| voucher_row(voucher));
    calls.write_all(&super::sql::INSERT_VOUCHERS, made.collect());
    let mut tags: Vec<_> = rows.new_vouchers.iter().collect();
    tags.sort_unstable_by_key(|(voucher, tag)| (voucher.tenant, *tag));
    let tags = tags.into_iter().map(|(voucher, tag)| {
        [Value::bytes(voucher.tenant.bytes()), Value::bytes(tag), Value::bytes(&voucher.id.0)]
    });
    calls.write_all(&super::sql::INSERT_VOUCHER_TAGS, tags.collect());
    let changed = rows.vouchers.changed().into_iter().map(|(_, v)| {
        [
            Value::bytes(v.tenant.bytes()),
            Value::bytes(&v.id.0),
            Value::Int(v.remaining),
            Value::Int(v.unearned),
            Value::Int(v.state as i64),
            Value::Int(v.valid_until.0),
            Value::Int(v.on_expiry.number()),
        ]
    });
    calls.write_all(&super::sql::UPDATE_VOUCHERS, changed.collect());
    let added = rows.redemptions.added().into_iter().map(|(_, r)| redemption_row(r));
    calls.write_all(&super::sql::INSERT_REDEMPTIONS, added.collect());
    let reversed = rows.redemptions.changed().into_iter().map(|(_, r)| {
        let (tenant, id) = (Value::bytes(r.tenant.bytes()), Value::bytes(&r.id.0));
        [tenant, id, Value::Int(r.remaining), Value::maybe_int(r.reversed_at.map(|at| at.0))]
    });
    calls.write_all(&super::sql::UPDATE_REDEMPTIONS, reversed.collect());
}

fn runs<'w>(rows: &'w Rows, calls: &mut Calls<'w>) {
    let ended = |run: &VoucherRun| Value::maybe_int(run.ended_at.map(|at| at.0));
    let added = rows.runs.added().into_iter().map(|(_, run)| {
        [
            Value::bytes(run.tenant.bytes()),
            Value::bytes(&run.id.0),
            Value::bytes(&run.sku.0),
            Value::bytes(&run.first.0),
            Value::Int(i64::from(run.quantity)),
            Value::Int(i64::from(run.made)),
            Value::Int(run.state as i64),
            Value::Int(run.created_at.0),
            ended(run),
            Value::Int(i64::from(run.live)),
        ]
    });
    calls.write_all(&super::sql::INSERT_RUNS, added.collect());
    let changed = rows.runs.changed().into_iter().map(|(_, run)| {
        let (tenant, id) = (Value::bytes(run.tenant.bytes()), Value::bytes(&run.id.0));
        let (made, state) = (Value::Int(i64::from(run.made)), Value::Int(run.state as i64));
        [tenant, id, made, state, ended(run)]
    });
    calls.write_all(&super::sql::UPDATE_RUNS, changed.collect());
}

fn tokens<'w>(rows: &'w Rows, calls: &mut Calls<'w>) {
    let row = |((tenant, _), token): (&'w (Tenant, VoucherId), &'w Token)| {
        [
            Value::bytes(tenant.bytes()),
            Value::bytes(&token.voucher.0),
            Value::Int(i64::from(token.digits)),
            Value::Int(token.until.0),
        ]
    };
    let added = rows.tokens.added().into_iter().map(row).collect();
    calls.write_all(&super::sql::INSERT_TOKENS, added);
    let changed = rows.tokens.changed().into_iter().map(row).collect();
    calls.write_all(&super::sql::UPDATE_TOKENS, changed);
}

fn voucher_row(v: &Voucher) -> [Value<'_>; 19] {
    let source = v.source.as_ref();
    [
        Value::bytes(v.tenant.bytes()),
        Value::bytes(&v.id.0),
        Value::bytes(&v.sku.0),
        Value::maybe_bytes(source.map(|(order, _)| &order.0[..])),
        Value::maybe_int(source.map(|(_, line)| i64::from(*line))),
        Value::Int(v.counts as i64),
        Value::Int(v.currency.number()),
        Value::Int(v.total),
        Value::Int(v.remaining),
        Value::Int(v.price),
        Value::Int(v.unearned),
        Value::Int(v.state as i64),
        Value::Int(v.valid_from.0),
        Value::Int(v.valid_until.0),
        Value::Int(v.on_expiry.number()),
        Value::Int(i64::from(v.live)),
        Value::Int(v.created_at.0),
        Value::Int(i64::from(v.use_days)),
        Value::Int(i64::from(v.imported)),
    ]
}

fn redemption_row(r: &Redemption) -> [Value<'_>; 13] {
    [
        Value::bytes(r.tenant.bytes()),
        Value::bytes(&r.id.0),
        Value::bytes(&r.voucher.0),
        Value::bytes(&r.sku.0),
        Value::maybe_bytes(r.store.as_ref().map(|store| &store.0[..])),
        Value::Int(r.counts as i64),
        Value::Int(r.currency.number()),
        Value::Int(r.taken),
        Value::Int(r.remaining),
        Value::Int(r.earned),
        Value::Int(r.at.0),
        Value::maybe_int(r.reversed_at.map(|at| at.0)),
        r.by.map_or(Value::maybe_bytes(None), |by| Value::copy(&by.to_bytes())),
    ]
}
