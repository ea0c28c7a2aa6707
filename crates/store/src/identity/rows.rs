//! Rows of merchants, keys and buyers, as the rules know them.

use crate::Error;
use crate::rows::one_of;
use crate::seam::Row;
use domain::identity::buyer::Buyer;
use domain::identity::{ApiKey, Scope, TenantRow};
use kernel::{ApiKeyId, BuyerId, Timestamp};

pub(crate) fn limit_of(number: i64) -> Option<u32> {
    u32::try_from(number).ok().filter(|limit| *limit > 0)
}

/// `tenant, name, zone, version, created_at`
pub fn tenant_row(row: &Row) -> Result<TenantRow, Error> {
    Ok(TenantRow {
        tenant: row.tenant(0)?,
        name: row.text(1)?.to_owned(),
        zone: row.text(2)?.to_owned(),
        version: row.int(3)?,
        created_at: Timestamp(row.int(4)?),
    })
}

/// `id, tenant, hash, name, scopes, created_at, revoked_at, requests_per_minute, expires_at`
pub fn api_key(row: &Row) -> Result<ApiKey, Error> {
    let scopes = row.text(4)?.split(' ').map(Scope::parse).collect::<Option<Vec<_>>>();
    Ok(ApiKey {
        id: ApiKeyId(row.array(0)?),
        tenant: row.tenant(1)?,
        hash: row.array(2)?,
        name: row.text(3)?.to_owned(),
        scopes: scopes.ok_or(Error::Corrupt("a scope"))?,
        created_at: Timestamp(row.int(5)?),
        revoked_at: row.maybe_int(6)?.map(Timestamp),
        requests_per_minute: row.maybe_int(7)?.map(|limit| one_of(limit, limit_of)).transpose()?,
        expires_at: row.maybe_int(8)?.map(Timestamp),
    })
}

/// `tenant, tag, id, sealed, created_at`
pub fn buyer(row: &Row) -> Result<Buyer, Error> {
    Ok(Buyer {
        tag: row.array(1)?,
        id: BuyerId(row.array(2)?),
        sealed: row.bytes(3)?.to_vec(),
        created_at: Timestamp(row.int(4)?),
    })
}
