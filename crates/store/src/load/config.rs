//! Configuration: versions under a lock, snapshots refreshed by what is newer.

use super::Loader;
use crate::seam::{Conn, Value};
use crate::writer::Access;
use crate::{Error, rows, sql};
use domain::catalog::TenantCatalog;
use domain::identity::TenantRow;
use domain::world::Generation;
use domain::{Needs, World};
use kernel::{Id16, Tenant, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;

/// The subject in `versions` whose version is the generation of idempotency records.
pub const GENERATION: Id16 = [0xfe; 16];

/// The subject in `versions` whose version is the oldest key that may still seal.
pub const SEALS: Id16 = [0xfd; 16];

/// Locks and reads the versions of what the batch uses; refreshes snapshots that are older.
pub(super) async fn load_versions(
    loader: &mut Loader<'_>,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    let mut wanted: Vec<Id16> = needs
        .tenants
        .iter()
        .filter(|tenant| world.catalog.tenant(**tenant).is_none())
        .map(|tenant| *tenant.bytes())
        .collect();
    if needs.generation && world.generation.since == Timestamp(0) {
        wanted.push(GENERATION);
    }
    if needs.seals && world.oldest_seal.is_none() {
        wanted.push(SEALS);
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let statement = match loader.access {
        Access::Shared => &sql::LOAD_VERSIONS_SHARED,
        Access::Exclusive => &sql::LOAD_VERSIONS_EXCLUSIVE,
    };
    let keys: Vec<_> = wanted.iter().map(|subject| [Value::bytes(subject)]).collect();
    for row in loader.conn.fetch_rows(statement, &keys).await? {
        let (subject, version, at) = (row.array(0)?, row.int(1)?, Timestamp(row.int(2)?));
        if subject == GENERATION {
            world.generation = Generation { number: version, since: at };
        } else if subject == SEALS {
            world.oldest_seal = Some(version);
        } else {
            let tenant = Tenant::from_bytes(subject);
            let catalog = snapshot(loader.conn, loader.catalogs, tenant, version).await?;
            world.catalog.set(catalog);
        }
    }
    Ok(())
}

/// The tenant's snapshot at `version`.
async fn snapshot(
    conn: &mut Conn,
    catalogs: &mut HashMap<Tenant, Arc<TenantCatalog>>,
    tenant: Tenant,
    version: i64,
) -> Result<Arc<TenantCatalog>, Error> {
    let known = catalogs.get(&tenant);
    if let Some(catalog) = known
        && catalog.row.version == version
    {
        return Ok(Arc::clone(catalog));
    }
    let mut catalog = match known {
        Some(catalog) => TenantCatalog::clone(catalog),
        None => TenantCatalog::new(read_tenant(conn, tenant).await?),
    };
    let since = known.map_or(-1, |catalog| catalog.row.version);
    let params = [Value::bytes(tenant.bytes()), Value::Int(since)];
    let changed = conn.fetch(&sql::LOAD_PRODUCTS_SINCE, &params).await?;
    let changed = changed.iter().map(|row| rows::product(row, 0)).collect::<Result<_, _>>()?;
    let shop = conn.fetch(&sql::LOAD_SHOP, &[Value::bytes(tenant.bytes())]).await?;
    let shop = shop.first().map(|row| rows::shop(row, 0)).transpose()?.unwrap_or_default();
    let row = TenantRow { version, ..catalog.row.clone() };
    catalog.refresh(row, shop, changed);
    let catalog = Arc::new(catalog);
    catalogs.insert(tenant, Arc::clone(&catalog));
    Ok(catalog)
}

async fn read_tenant(conn: &mut Conn, tenant: Tenant) -> Result<TenantRow, Error> {
    let found = conn.fetch(&sql::LOAD_TENANT, &[Value::bytes(tenant.bytes())]).await?;
    let row = found.first().ok_or(Error::Corrupt("a tenant has a version but no row"))?;
    Ok(TenantRow {
        tenant,
        name: row.text(0)?.to_owned(),
        zone: row.text(1)?.to_owned(),
        version: 0,
        created_at: Timestamp(row.int(2)?),
    })
}

/// Products as they were sold.
pub(super) async fn load_product_versions(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    if needs.product_versions.is_empty() {
        return Ok(());
    }
    let wanted = needs.product_versions.iter();
    let keys: Vec<_> = wanted
        .map(|(tenant, id, version)| {
            [Value::bytes(tenant.bytes()), Value::bytes(&id.0), Value::Int(*version)]
        })
        .collect();
    for row in &conn.fetch_rows(&sql::LOAD_PRODUCT_VERSIONS, &keys).await? {
        let (tenant, product) = (rows::tenant(row, 0)?, rows::product(row, 1)?);
        let key = (tenant, product.id, product.version);
        world.product_versions.loaded(key, Some(product));
    }
    Ok(())
}

/// Keys of the open API.
pub(super) async fn load_api_keys(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    let wanted: Vec<_> = needs.api_keys.iter().filter(|id| !world.api_keys.knows(id)).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let keys: Vec<_> = wanted.iter().map(|id| [Value::bytes(&id.0)]).collect();
    let found = conn.fetch_rows(&sql::LOAD_API_KEYS, &keys).await?;
    wanted.iter().for_each(|id| world.api_keys.loaded(**id, None));
    for row in &found {
        let key = rows::api_key(row)?;
        world.api_keys.loaded(key.id, Some(key));
    }
    Ok(())
}
