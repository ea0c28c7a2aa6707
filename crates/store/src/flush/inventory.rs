//! Codes, pools, imports and staged pieces.

use crate::seam::{Conn, Value};
use crate::{Error, sql};
use domain::World;
use domain::inventory::{Code, CodeState, Import, Position};
use kernel::{ImportId, Tenant};

/// Writes what changed.
pub(super) async fn write(conn: &mut Conn, world: &World) -> Result<(), Error> {
    code_tags(conn, world).await?;
    new_codes(conn, world).await?;
    code_updates(conn, world).await?;
    pools(conn, world).await?;
    imports(conn, world).await?;
    uploads(conn, world).await
}

async fn code_tags(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let mut codes: Vec<(&Code, Position)> =
        world.new_codes.iter().map(|code| (code, code.position())).collect();
    codes.sort_by_key(|(code, _)| code.tag);
    let rows: Vec<_> = codes
        .iter()
        .map(|(c, at)| [Value::bytes(&c.tag), Value::bytes(&c.sku.0), Value::bytes(at)])
        .collect();
    conn.write_all(&sql::INSERT_CODE_TAGS, &rows).await
}

async fn new_codes(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let mut codes: Vec<(Position, &Code)> =
        world.new_codes.iter().map(|code| (code.position(), code)).collect();
    codes.sort_by_key(|(position, code)| (code.sku, *position));
    let rows: Vec<_> = codes
        .iter()
        .map(|(position, code)| {
            [
                Value::bytes(&code.sku.0),
                Value::bytes(position),
                Value::bytes(code.tenant.bytes()),
                Value::bytes(&code.batch.0),
                Value::bytes(&code.tag),
                Value::bytes(&code.sealed),
                Value::Int(CodeState::Available as i64),
            ]
        })
        .collect();
    conn.write_all(&sql::INSERT_CODES, &rows).await
}

async fn code_updates(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let rows: Vec<_> = world
        .code_updates
        .iter()
        .map(|((sku, position), (was, code))| {
            let owner = code.owner.as_ref();
            [
                Value::bytes(&sku.0),
                Value::bytes(position),
                Value::Int(*was as i64),
                Value::Int(code.state as i64),
                Value::maybe_bytes(owner.map(|(order, _)| &order.0[..])),
                Value::maybe_int(owner.map(|(_, line)| i64::from(*line))),
            ]
        })
        .collect();
    conn.write_all(&sql::UPDATE_CODES, &rows).await
}

async fn pools(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let row =
        |((tenant, sku), pool): (&'_ (Tenant, kernel::SkuId), &'_ domain::inventory::Pool)| {
            [
                Value::Blob(tenant.bytes().to_vec().into()),
                Value::Blob(sku.0.to_vec().into()),
                Value::Blob(pool.low.to_vec().into()),
                Value::Blob(pool.swept.to_vec().into()),
                Value::Int(pool.walled),
            ]
        };
    let added: Vec<_> = world.pools.added().into_iter().map(row).collect();
    conn.write_all(&sql::INSERT_POOLS, &added).await?;
    let changed: Vec<_> = world.pools.changed().into_iter().map(row).collect();
    conn.write_all(&sql::UPDATE_POOLS, &changed).await
}

async fn imports(conn: &mut Conn, world: &World) -> Result<(), Error> {
    for ((tenant, id), import) in world.imports.added() {
        insert_import(conn, *tenant, *id, import).await?;
    }
    let rows: Vec<_> = world
        .imports
        .changed()
        .into_iter()
        .map(|((tenant, id), i)| {
            [
                Value::bytes(tenant.bytes()),
                Value::bytes(&id.0),
                Value::Int(i.encoding as i64),
                Value::Int(i.state as i64),
                Value::Int(i.chunks),
                Value::Int(i.bytes),
                Value::Int(i.records),
                Value::Int(i.accepted),
                Value::Int(i.duplicates),
                Value::Int(i.errors),
                Value::maybe_text(i.failure.as_deref()),
                Value::maybe_int(i.finished_at.map(|at| at.0)),
                Value::Int(i.mark as i64),
                Value::maybe_bytes(i.span.as_ref().map(|span| &span.0[..])),
                Value::maybe_bytes(i.span.as_ref().map(|span| &span.1[..])),
                Value::maybe_bytes(i.mark_from.as_ref().map(|at| &at[..])),
            ]
        })
        .collect();
    conn.write_all(&sql::UPDATE_IMPORTS, &rows).await
}

async fn insert_import(
    conn: &mut Conn,
    tenant: Tenant,
    id: ImportId,
    i: &Import,
) -> Result<(), Error> {
    let settings =
        serde_json::to_string(&i.settings).map_err(|_| Error::Corrupt("an import's settings"))?;
    let row = [
        Value::bytes(tenant.bytes()),
        Value::bytes(&id.0),
        Value::bytes(&i.sku.0),
        Value::bytes(&i.batch.0),
        Value::maybe_text(i.name.as_deref()),
        Value::maybe_text(i.supplier.as_deref()),
        Value::maybe_int(i.unit_cost.map(|cost| cost.amount)),
        Value::maybe_int(i.unit_cost.map(|cost| cost.currency.number())),
        Value::text(&settings),
        Value::Int(i.encoding as i64),
        Value::Int(i.state as i64),
        Value::Int(i.chunks),
        Value::Int(i.bytes),
        Value::Int(i.records),
        Value::Int(i.accepted),
        Value::Int(i.duplicates),
        Value::Int(i.errors),
        Value::maybe_text(i.failure.as_deref()),
        Value::Int(i.created_at.0),
        Value::maybe_int(i.finished_at.map(|at| at.0)),
        Value::Int(i.mark as i64),
        Value::maybe_bytes(i.span.as_ref().map(|span| &span.0[..])),
        Value::maybe_bytes(i.span.as_ref().map(|span| &span.1[..])),
        Value::maybe_bytes(i.mark_from.as_ref().map(|at| &at[..])),
    ];
    conn.write_all(&sql::INSERT_IMPORTS, &[row]).await
}

async fn uploads(conn: &mut Conn, world: &World) -> Result<(), Error> {
    for chunk in &world.new_chunks {
        let row = [
            Value::bytes(chunk.tenant.bytes()),
            Value::bytes(&chunk.import.0),
            Value::Int(chunk.number),
            Value::bytes(&chunk.sealed),
        ];
        conn.write_all(&sql::INSERT_CHUNKS, &[row]).await?;
    }
    let rows: Vec<_> = world
        .new_import_errors
        .iter()
        .map(|(tenant, import, e)| {
            [
                Value::bytes(tenant.bytes()),
                Value::bytes(&import.0),
                Value::Int(e.line),
                Value::text(e.column),
                Value::text(e.cause),
            ]
        })
        .collect();
    conn.write_all(&sql::INSERT_IMPORT_ERRORS, &rows).await?;
    for (tenant, import) in &world.dropped_uploads {
        let params = [Value::bytes(tenant.bytes()), Value::bytes(&import.0)];
        conn.execute(&sql::DELETE_CHUNKS, &params).await?;
    }
    Ok(())
}
