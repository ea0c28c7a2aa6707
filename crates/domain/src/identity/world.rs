//! Buyers, keys and merchants of a batch: what it needs, what was loaded, what its commands changed.

use super::buyer::Buyer;
use super::{ApiKey, TenantRow};
use crate::Table;
use kernel::{ApiKeyId, BuyerId, Id16, Tenant};
use std::collections::BTreeSet;

/// Rows and effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Buyers by tag.
    pub buyers: Table<(Tenant, Id16), Buyer>,
    /// Which buyers exist.
    pub buyer_ids: Table<(Tenant, BuyerId), ()>,
    /// Keys of the open API.
    pub api_keys: Table<(Tenant, ApiKeyId), ApiKey>,
    /// Merchants that were made.
    pub new_tenants: Vec<TenantRow>,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Buyers by tag.
    pub buyer_tags: BTreeSet<(Tenant, Id16)>,
    /// Buyers by id.
    pub buyer_ids: BTreeSet<(Tenant, BuyerId)>,
    /// Keys of the open API.
    pub api_keys: BTreeSet<(Tenant, ApiKeyId)>,
}
