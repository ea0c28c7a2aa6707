//! Loads the versions of configuration.

use super::lock::{GENERATION, SEALS};
use crate::Error;
use crate::config::lock::ConfigLock;
use crate::load::asks::Asks;
use crate::seam::{Conn, Value};
use domain::catalog::TenantCatalog;
use domain::idempotency::Generation;
use domain::identity::TenantRow;
use domain::{Needs, World};
use kernel::{Id16, Tenant, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;

/// A subject of `versions`, its version, and since when.
pub(crate) type Version = (Id16, i64, Timestamp);

/// Versions of what the batch uses, under a lock.
pub(crate) fn versions<'n>(
    access: ConfigLock,
    needs: &'n Needs,
    world: &World,
    asks: &mut Asks<'n>,
    versions: &'n mut Vec<Version>,
) {
    let known = |tenant: &&Tenant| world.config.tenant(**tenant).is_some();
    let mut keys: Vec<_> = needs
        .tenants
        .iter()
        .filter(|tenant| !known(tenant))
        .map(|tenant| [Value::bytes(tenant.bytes())])
        .collect();
    if needs.idempotency.generation && world.idempotency.generation.since == Timestamp(0) {
        keys.push([Value::bytes(&GENERATION)]);
    }
    if needs.seal.oldest && world.seal.oldest.is_none() {
        keys.push([Value::bytes(&SEALS)]);
    }
    let statement = match access {
        ConfigLock::Shared => &super::sql::LOAD_VERSIONS_SHARED,
        ConfigLock::Exclusive => &super::sql::LOAD_VERSIONS_EXCLUSIVE,
    };
    asks.rows(statement, keys, |_, found| {
        for row in &found {
            versions.push((row.array(0)?, row.int(1)?, Timestamp(row.int(2)?)));
        }
        Ok(())
    });
}

/// Puts what has these versions into the world; refreshes snapshots that are older.
pub(crate) async fn use_versions(
    conn: &mut Conn,
    catalogs: &mut HashMap<Tenant, Arc<TenantCatalog>>,
    versions: Vec<Version>,
    world: &mut World,
) -> Result<(), Error> {
    for (subject, version, at) in versions {
        if subject == GENERATION {
            world.idempotency.generation = Generation { number: version, since: at };
        } else if subject == SEALS {
            world.seal.oldest = Some(version);
        } else {
            let tenant = Tenant::from_bytes(subject);
            let catalog = snapshot(conn, catalogs, tenant, version).await?;
            world.config.set(catalog);
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
    let changed = conn.fetch(&crate::catalog::sql::LOAD_PRODUCTS_SINCE, &params).await?;
    let changed = changed
        .iter()
        .map(|row| crate::catalog::rows::product(row, 0))
        .collect::<Result<_, _>>()?;
    let params = [Value::bytes(tenant.bytes()), Value::Int(since.max(0))];
    let resources = conn.fetch(&crate::resource::sql::LOAD_STAMPED, &params).await?;
    let resources =
        resources.iter().map(crate::resource::rows::resource).collect::<Result<Vec<_>, _>>()?;
    let row = TenantRow { version, ..catalog.row.clone() };
    catalog.refresh(row, changed, &resources);
    let catalog = Arc::new(catalog);
    catalogs.insert(tenant, Arc::clone(&catalog));
    Ok(catalog)
}

async fn read_tenant(conn: &mut Conn, tenant: Tenant) -> Result<TenantRow, Error> {
    let found =
        conn.fetch(&crate::identity::sql::LOAD_TENANT, &[Value::bytes(tenant.bytes())]).await?;
    let row = found.first().ok_or(Error::Corrupt("a tenant has a version but no row"))?;
    Ok(TenantRow {
        tenant,
        name: row.text(0)?.to_owned(),
        zone: row.text(1)?.to_owned(),
        version: 0,
        created_at: Timestamp(row.int(2)?),
    })
}
