//! Merchants, keys, products and their versions, shops.

use super::json;
use crate::load::GENERATION;
use crate::seam::{Calls, Value};
use crate::{Error, sql};
use domain::World;
use domain::identity::ApiKey;
use domain::shop::ShopStyle;
use kernel::{Id16, Tenant};
use std::collections::BTreeMap;

/// Writes what changed.
pub(super) fn write<'w>(world: &'w World, calls: &mut Calls<'w>) -> Result<(), Error> {
    tenants(world, calls);
    api_keys(world, calls);
    products(world, calls)?;
    shops(world, calls)?;
    versions(world, calls);
    Ok(())
}

fn tenants<'w>(world: &'w World, calls: &mut Calls<'w>) {
    let rows: Vec<_> = world
        .identity
        .new_tenants
        .iter()
        .map(|t| {
            let id = Value::bytes(t.tenant.bytes());
            [id, Value::text(&t.name), Value::text(&t.zone), Value::Int(t.created_at.0)]
        })
        .collect();
    calls.write_all(&sql::INSERT_TENANTS, rows);
    let rows: Vec<_> = world
        .identity
        .new_tenants
        .iter()
        .map(|t| [Value::bytes(t.tenant.bytes()), Value::Int(0), Value::Int(t.created_at.0)])
        .collect();
    calls.write_all(&sql::INSERT_VERSIONS, rows);
}

fn api_keys<'w>(world: &'w World, calls: &mut Calls<'w>) {
    let rows: Vec<_> = world
        .identity
        .api_keys
        .added()
        .into_iter()
        .map(|(id, key)| {
            [
                Value::bytes(&id.0),
                Value::bytes(key.tenant.bytes()),
                Value::bytes(&key.hash),
                Value::text(&key.name),
                Value::Text(scope_names(key).into()),
                Value::Int(key.created_at.0),
                Value::maybe_int(key.revoked_at.map(|at| at.0)),
                Value::maybe_int(key.requests_per_minute.map(i64::from)),
                Value::maybe_int(key.expires_at.map(|at| at.0)),
            ]
        })
        .collect();
    calls.write_all(&sql::INSERT_API_KEYS, rows);
    let rows: Vec<_> = world
        .identity
        .api_keys
        .changed()
        .into_iter()
        .map(|(id, key)| [Value::bytes(&id.0), Value::maybe_int(key.revoked_at.map(|at| at.0))])
        .collect();
    calls.write_all(&sql::UPDATE_API_KEYS, rows);
}

fn scope_names(key: &ApiKey) -> String {
    key.scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(" ")
}

fn products<'w>(world: &'w World, calls: &mut Calls<'w>) -> Result<(), Error> {
    let mut versions = Vec::with_capacity(world.catalog.saved_products.len());
    for (tenant, p) in &world.catalog.saved_products {
        let (tenant, id) = (Value::bytes(tenant.bytes()), Value::bytes(&p.id.0));
        versions.push([tenant, id, Value::Int(p.version), json(p)?]);
    }
    // A statement may touch a row once: the newest of a product's versions stands for it.
    let newest: BTreeMap<(Tenant, Id16), usize> = world
        .catalog
        .saved_products
        .iter()
        .enumerate()
        .map(|(i, (t, p))| ((*t, p.id.0), i))
        .collect();
    let rows: Vec<_> = newest.values().map(|i| versions[*i].clone()).collect();
    calls.write_all(&sql::INSERT_PRODUCT_VERSIONS, versions);
    calls.execute_rows(&sql::UPSERT_PRODUCTS, rows);

    let rows: Vec<_> = world
        .catalog
        .saved_products
        .iter()
        .flat_map(|(tenant, p)| {
            p.skus.iter().map(|sku| {
                [Value::bytes(tenant.bytes()), Value::bytes(&sku.id.0), Value::bytes(&p.id.0)]
            })
        })
        .collect();
    calls.execute_rows(&sql::INSERT_SKUS, rows);
    Ok(())
}

/// A statement may touch a row once: the newest style of a shop stands for it, with the newest logo.
fn shops<'w>(world: &'w World, calls: &mut Calls<'w>) -> Result<(), Error> {
    let mut newest: BTreeMap<&Tenant, (&ShopStyle, Option<&[u8]>)> = BTreeMap::new();
    for (tenant, saved) in &world.shop.saved_shops {
        let before = newest.get(tenant).and_then(|(_, logo)| *logo);
        newest.insert(tenant, (&saved.style, saved.logo.as_deref().or(before)));
    }
    let mut rows = Vec::with_capacity(newest.len());
    for (tenant, (style, logo)) in newest {
        rows.push([Value::bytes(tenant.bytes()), json(style)?, Value::maybe_bytes(logo)]);
    }
    calls.write_all(&sql::UPSERT_SHOPS, rows);
    Ok(())
}

/// The version that each edited tenant has now.
fn versions<'w>(world: &'w World, calls: &mut Calls<'w>) {
    let products = world.catalog.saved_products.iter().map(|(tenant, p)| (*tenant, p.version));
    let shops = world.shop.saved_shops.iter().map(|(tenant, saved)| (*tenant, saved.style.version));
    let mut last: BTreeMap<Tenant, i64> = BTreeMap::new();
    for (tenant, version) in products.chain(shops) {
        let known = last.entry(tenant).or_insert(version);
        *known = version.max(*known);
    }
    let at = world.journal.first().map_or(0, |record| record.at.0);
    let rows: Vec<_> = last
        .into_iter()
        .map(|(t, version)| [Value::copy(t.bytes()), Value::Int(version), Value::Int(at)])
        .collect();
    calls.write_all(&sql::UPDATE_VERSIONS, rows);
}

/// Starts a new generation of idempotency records: the table it will use is emptied.
pub(super) fn rotate<'w>(world: &'w World, calls: &mut Calls<'w>) {
    let generation = world.idempotency.generation;
    let statement = if generation.number & 1 == 0 {
        &sql::TRUNCATE_IDEMPOTENCY_0
    } else {
        &sql::TRUNCATE_IDEMPOTENCY_1
    };
    calls.execute(statement, Vec::new());
    let row =
        [Value::bytes(&GENERATION), Value::Int(generation.number), Value::Int(generation.since.0)];
    calls.write_all(&sql::UPDATE_VERSIONS, vec![row]);
}
