//! Merchants, keys, products and their versions, shops.

use crate::load::GENERATION;
use crate::seam::{Conn, Value};
use crate::{Error, sql};
use domain::World;
use domain::identity::ApiKey;
use kernel::{Id16, Tenant};
use std::collections::BTreeMap;

/// Writes what changed.
pub(super) async fn write(conn: &mut Conn, world: &World) -> Result<(), Error> {
    tenants(conn, world).await?;
    api_keys(conn, world).await?;
    products(conn, world).await?;
    shops(conn, world).await?;
    versions(conn, world).await
}

async fn tenants(conn: &mut Conn, world: &World) -> Result<(), Error> {
    if world.new_tenants.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = world
        .new_tenants
        .iter()
        .map(|t| {
            let id = Value::bytes(t.tenant.bytes());
            [id, Value::text(&t.name), Value::text(&t.zone), Value::Int(t.created_at.0)]
        })
        .collect();
    conn.write_all(&sql::INSERT_TENANTS, &rows).await?;
    let rows: Vec<_> = world
        .new_tenants
        .iter()
        .map(|t| [Value::bytes(t.tenant.bytes()), Value::Int(0), Value::Int(t.created_at.0)])
        .collect();
    conn.write_all(&sql::INSERT_VERSIONS, &rows).await
}

async fn api_keys(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let added = world.api_keys.added();
    if !added.is_empty() {
        let scopes: Vec<String> = added.iter().map(|(_, key)| scope_names(key)).collect();
        let rows: Vec<_> = added
            .iter()
            .zip(&scopes)
            .map(|((id, key), scopes)| {
                [
                    Value::bytes(&id.0),
                    Value::bytes(key.tenant.bytes()),
                    Value::bytes(&key.hash),
                    Value::text(&key.name),
                    Value::text(scopes),
                    Value::Int(key.created_at.0),
                    Value::maybe_int(key.revoked_at.map(|at| at.0)),
                    Value::maybe_int(key.requests_per_minute.map(i64::from)),
                ]
            })
            .collect();
        conn.write_all(&sql::INSERT_API_KEYS, &rows).await?;
    }
    let rows: Vec<_> = world
        .api_keys
        .changed()
        .into_iter()
        .map(|(id, key)| [Value::bytes(&id.0), Value::maybe_int(key.revoked_at.map(|at| at.0))])
        .collect();
    conn.write_all(&sql::UPDATE_API_KEYS, &rows).await
}

fn scope_names(key: &ApiKey) -> String {
    key.scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(" ")
}

async fn products(conn: &mut Conn, world: &World) -> Result<(), Error> {
    if world.saved_products.is_empty() {
        return Ok(());
    }
    let mut data = Vec::with_capacity(world.saved_products.len());
    for (_, product) in &world.saved_products {
        data.push(serde_json::to_string(product).map_err(|_| Error::Corrupt("a product"))?);
    }
    let versions: Vec<_> = world
        .saved_products
        .iter()
        .zip(&data)
        .map(|((tenant, p), data)| {
            let (tenant, id) = (Value::bytes(tenant.bytes()), Value::bytes(&p.id.0));
            [tenant, id, Value::Int(p.version), Value::text(data)]
        })
        .collect();
    conn.write_all(&sql::INSERT_PRODUCT_VERSIONS, &versions).await?;
    // A statement may touch a row once: the newest of a product's versions stands for it.
    let newest: BTreeMap<(Tenant, Id16), usize> =
        world.saved_products.iter().enumerate().map(|(i, (t, p))| ((*t, p.id.0), i)).collect();
    let rows: Vec<_> = newest.values().map(|i| versions[*i].clone()).collect();
    conn.execute_rows(&sql::UPSERT_PRODUCTS, &rows).await?;

    let rows: Vec<_> = world
        .saved_products
        .iter()
        .flat_map(|(tenant, p)| {
            p.skus.iter().map(|sku| {
                [Value::bytes(tenant.bytes()), Value::bytes(&sku.id.0), Value::bytes(&p.id.0)]
            })
        })
        .collect();
    conn.execute_rows(&sql::INSERT_SKUS, &rows).await?;
    Ok(())
}

/// A statement may touch a row once: the newest style of a shop stands for it, with the newest logo.
async fn shops(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let mut newest: BTreeMap<Tenant, (String, Option<&[u8]>)> = BTreeMap::new();
    for (tenant, saved) in &world.saved_shops {
        let data = serde_json::to_string(&saved.style).map_err(|_| Error::Corrupt("a shop"))?;
        let before = newest.get(tenant).and_then(|(_, logo)| *logo);
        newest.insert(*tenant, (data, saved.logo.as_deref().or(before)));
    }
    let rows: Vec<_> = newest
        .iter()
        .map(|(tenant, (data, logo))| {
            [Value::bytes(tenant.bytes()), Value::text(data), Value::maybe_bytes(*logo)]
        })
        .collect();
    conn.write_all(&sql::UPSERT_SHOPS, &rows).await
}

/// The version that each edited tenant has now.
async fn versions(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let products = world.saved_products.iter().map(|(tenant, p)| (*tenant, p.version));
    let shops = world.saved_shops.iter().map(|(tenant, saved)| (*tenant, saved.style.version));
    let mut last: BTreeMap<Tenant, i64> = BTreeMap::new();
    for (tenant, version) in products.chain(shops) {
        let known = last.entry(tenant).or_insert(version);
        *known = version.max(*known);
    }
    let at = world.records.first().map_or(0, |record| record.at.0);
    let rows: Vec<_> = last
        .iter()
        .map(|(t, version)| [Value::bytes(t.bytes()), Value::Int(*version), Value::Int(at)])
        .collect();
    conn.write_all(&sql::UPDATE_VERSIONS, &rows).await
}

/// Starts a new generation of idempotency records: the table it will use is emptied.
pub(super) async fn rotate(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let generation = world.generation;
    let statement = if generation.number & 1 == 0 {
        &sql::TRUNCATE_IDEMPOTENCY_0
    } else {
        &sql::TRUNCATE_IDEMPOTENCY_1
    };
    conn.execute(statement, &[]).await?;
    let row =
        [Value::bytes(&GENERATION), Value::Int(generation.number), Value::Int(generation.since.0)];
    conn.write_all(&sql::UPDATE_VERSIONS, &[row]).await
}
