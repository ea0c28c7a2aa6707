//! Writes codes, pools and imports.

use crate::Error;
use crate::rows::json;
use crate::seam::{Calls, Type, Value};
use domain::inventory::identity::{Claim, ClaimTag};
use domain::inventory::world::Rows;
use domain::inventory::{Code, Import, Pool, Position};
use kernel::{ImportId, SkuId, Tenant};

pub(crate) fn code_tags<'w>(inventory: &'w Rows, calls: &mut Calls<'w>) {
    let added = inventory.code_tags.added().into_iter().map(claim).collect();
    calls.write_all(&super::sql::INSERT_CODE_TAGS, added);
    let changed = inventory.code_tags.changed().into_iter().map(claim).collect();
    calls.write_all(&super::sql::UPDATE_CODE_TAGS, changed);
    let mut lookups: Vec<_> = inventory.new_lookups.iter().collect();
    lookups.sort_unstable();
    let lookups = lookups.into_iter().map(|(tenant, tag, code)| {
        [Value::bytes(tenant.bytes()), Value::bytes(tag), Value::bytes(&code.0)]
    });
    calls.write_all(&super::sql::INSERT_CODE_LOOKUPS, lookups.collect());
    let before = inventory.codes_before.removed().into_iter().map(|tag| [Value::bytes(tag)]);
    calls.write_all(&super::sql::DELETE_CODES_BEFORE, before.collect());
}

fn claim<'w>(((tenant, tag), claim): (&'w (Tenant, ClaimTag), &'w Claim)) -> [Value<'w>; 4] {
    [
        Value::bytes(tenant.bytes()),
        Value::bytes(tag),
        Value::bytes(&claim.exact),
        Value::bytes(&claim.code.0),
    ]
}

pub(crate) fn new_codes<'w>(inventory: &'w Rows, calls: &mut Calls<'w>) {
    let mut codes: Vec<(Position, &Code, i64)> =
        inventory.new_codes.iter().map(|(code, line)| (code.position(), code, *line)).collect();
    codes.sort_by_key(|(position, code, _)| (code.tenant, code.sku, *position));
    let rows: Vec<_> = codes
        .iter()
        .map(|(position, code, line)| {
            [
                Value::bytes(code.tenant.bytes()),
                Value::bytes(&code.sku.0),
                Value::copy(position),
                Value::bytes(&code.batch.0),
                Value::bytes(&code.tag),
                Value::bytes(&code.sealed),
                Value::Int(code.state as i64),
                Value::Int(*line),
            ]
        })
        .collect();
    calls.write_all(&super::sql::INSERT_CODES, rows);
}

pub(crate) fn code_updates<'w>(inventory: &'w Rows, calls: &mut Calls<'w>) {
    let rows: Vec<_> = inventory
        .code_updates
        .iter()
        .map(|((tenant, sku, position), (was, code))| {
            let owner = code.owner.as_ref();
            [
                Value::bytes(tenant.bytes()),
                Value::bytes(&sku.0),
                Value::bytes(position),
                Value::Int(*was as i64),
                Value::Int(code.state as i64),
                Value::maybe_bytes(owner.map(|(order, _)| &order.0[..])),
                Value::maybe_int(owner.map(|(_, line)| i64::from(*line))),
            ]
        })
        .collect();
    calls.write_all(&super::sql::UPDATE_CODES, rows);
}

pub(crate) fn moved_codes<'w>(inventory: &'w Rows, calls: &mut Calls<'w>) {
    let rows = inventory.moved_codes.iter().map(|(before, after)| {
        [
            Value::bytes(before.tenant.bytes()),
            Value::bytes(&before.sku.0),
            Value::Blob(before.position().to_vec().into()),
            Value::Int(before.state as i64),
            Value::Int(after.state as i64),
            Value::bytes(&after.sku.0),
            Value::Blob(after.position().to_vec().into()),
        ]
    });
    calls.write_all(&super::sql::MOVE_CODES, rows.collect());
}

pub(crate) fn pools<'w>(inventory: &'w Rows, calls: &mut Calls<'w>) {
    let added: Vec<_> = inventory.pools.added().into_iter().map(pool).collect();
    calls.write_all(&super::sql::INSERT_POOLS, added);
    let changed: Vec<_> = inventory.pools.changed().into_iter().map(pool).collect();
    calls.write_all(&super::sql::UPDATE_POOLS, changed);
}

fn pool<'w>(((tenant, sku), pool): (&'w (Tenant, SkuId), &'w Pool)) -> [Value<'w>; 7] {
    [
        Value::bytes(tenant.bytes()),
        Value::bytes(&sku.0),
        Value::bytes(&pool.low),
        Value::bytes(&pool.swept),
        Value::Int(pool.batches_being_withdrawn),
        Value::Int(pool.damaged_row),
        Value::Int(pool.largest),
    ]
}

pub(crate) fn imports<'w>(inventory: &'w Rows, calls: &mut Calls<'w>) -> Result<(), Error> {
    let mut rows = Vec::new();
    for ((tenant, id), import) in inventory.imports.added() {
        rows.push(new_import(tenant, id, import)?);
    }
    calls.write_all(&super::sql::INSERT_IMPORTS, rows);
    let mut rows = Vec::new();
    for ((tenant, id), i) in inventory.imports.changed() {
        rows.push([
            Value::bytes(tenant.bytes()),
            Value::bytes(&id.0),
            json(&i.settings)?,
            Value::Int(i.state as i64),
            Value::Int(i.chunks),
            Value::Int(i.bytes),
            Value::Int(i.records),
            Value::Int(i.accepted),
            Value::Int(i.duplicates),
            Value::Int(i.doubts),
            Value::Int(i.held),
            verdict(i)?,
            Value::maybe_int(i.kept_until.map(|at| at.0)),
            Value::Int(i.errors),
            Value::maybe_text(i.failure.as_deref()),
            Value::maybe_int(i.finished_at.map(|at| at.0)),
            Value::Int(i.mark as i64),
            Value::maybe_bytes(i.span.as_ref().map(|span| &span.0[..])),
            Value::maybe_bytes(i.span.as_ref().map(|span| &span.1[..])),
            Value::maybe_bytes(i.mark_from.as_ref().map(|at| &at[..])),
            i.relocation.as_ref().map_or(Ok(Value::Null(Type::Text)), json)?,
            Value::maybe_text(i.relocation_failed.as_deref()),
            Value::bytes(&i.sku.0),
        ]);
    }
    calls.write_all(&super::sql::UPDATE_IMPORTS, rows);
    Ok(())
}

fn new_import<'w>(
    tenant: &'w Tenant,
    id: &'w ImportId,
    i: &'w Import,
) -> Result<[Value<'w>; 27], Error> {
    Ok([
        Value::bytes(tenant.bytes()),
        Value::bytes(&id.0),
        Value::bytes(&i.sku.0),
        Value::bytes(&i.batch.0),
        Value::maybe_text(i.name.as_deref()),
        Value::maybe_text(i.supplier.as_deref()),
        Value::maybe_int(i.unit_cost.map(|cost| cost.amount)),
        Value::maybe_int(i.unit_cost.map(|cost| cost.currency.number())),
        json(&i.settings)?,
        Value::Int(i.state as i64),
        Value::Int(i.chunks),
        Value::Int(i.bytes),
        Value::Int(i.records),
        Value::Int(i.accepted),
        Value::Int(i.duplicates),
        Value::Int(i.doubts),
        Value::Int(i.held),
        verdict(i)?,
        Value::maybe_int(i.kept_until.map(|at| at.0)),
        Value::Int(i.errors),
        Value::maybe_text(i.failure.as_deref()),
        Value::Int(i.created_at.0),
        Value::maybe_int(i.finished_at.map(|at| at.0)),
        Value::Int(i.mark as i64),
        Value::maybe_bytes(i.span.as_ref().map(|span| &span.0[..])),
        Value::maybe_bytes(i.span.as_ref().map(|span| &span.1[..])),
        Value::maybe_bytes(i.mark_from.as_ref().map(|at| &at[..])),
    ])
}

fn verdict(import: &Import) -> Result<Value<'_>, Error> {
    import.verdict.as_ref().map_or(Ok(Value::Null(Type::Text)), json)
}

/// Listed rows, and what files were found to be.
pub(crate) fn findings<'w>(inventory: &'w Rows, calls: &mut Calls<'w>) {
    let rows: Vec<_> = inventory
        .new_import_rows
        .iter()
        .map(|(tenant, import, row)| {
            [
                Value::bytes(tenant.bytes()),
                Value::bytes(&import.0),
                Value::Int(row.kind as i64),
                Value::Int(row.line),
                Value::maybe_int(row.doubt.map(|doubt| doubt as i64)),
                Value::bytes(&row.first.0),
                Value::maybe_bytes(row.code.as_ref().map(|code| &code.0[..])),
            ]
        })
        .collect();
    calls.write_all(&super::sql::INSERT_IMPORT_ROWS, rows);
    for plan in &inventory.saved_plans {
        let params = vec![
            Value::bytes(plan.tenant.bytes()),
            Value::bytes(&plan.import.0),
            Value::maybe_text(plan.inspection.as_deref()),
            Value::maybe_text(plan.plan.as_deref()),
        ];
        calls.execute(&super::sql::UPSERT_IMPORT_PLAN, params);
    }
}

pub(crate) fn uploads<'w>(inventory: &'w Rows, calls: &mut Calls<'w>) {
    let rows: Vec<_> = inventory
        .new_chunks
        .iter()
        .map(|chunk| {
            [
                Value::bytes(chunk.tenant.bytes()),
                Value::bytes(&chunk.import.0),
                Value::Int(chunk.number),
                Value::bytes(&chunk.sealed),
            ]
        })
        .collect();
    calls.write_all(&super::sql::INSERT_CHUNKS, rows);
    let rows: Vec<_> = inventory
        .new_import_errors
        .iter()
        .map(|(tenant, import, e)| {
            [
                Value::bytes(tenant.bytes()),
                Value::bytes(&import.0),
                Value::Int(e.line),
                Value::text(&e.column),
                Value::text(e.cause),
            ]
        })
        .collect();
    calls.write_all(&super::sql::INSERT_IMPORT_ERRORS, rows);
    for (tenant, import) in &inventory.dropped_uploads {
        let params = vec![Value::bytes(tenant.bytes()), Value::bytes(&import.0)];
        calls.execute(&super::sql::DELETE_CHUNKS, params);
    }
}
