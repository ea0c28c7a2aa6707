//! Who is who: merchants, the keys they call with, and the pseudonyms of buyers.

pub mod buyer;
pub mod create_api_key;
pub mod create_merchant;
pub mod fact;
pub mod revoke_api_key;
pub mod world;

use crate::outcome::Answer;
use kernel::{ApiKeyId, MerchantId, Mode, Tenant, Timestamp};
use serde::{Deserialize, Serialize};

crate::dispatch::verbs! {
    Identity:
    "create_merchant" => create_merchant::CreateMerchant,
    "create_api_key" => create_api_key::CreateApiKey,
    "revoke_api_key" => revoke_api_key::RevokeApiKey,
}

/// The operator is a tenant too: the one whose id is all zero.
pub fn operator() -> Tenant {
    Tenant::new(MerchantId([0; 16]), Mode::Live)
}

/// A merchant in one mode, as the configuration knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantRow {
    /// The merchant and mode.
    pub tenant: Tenant,
    /// The merchant's name.
    pub name: String,
    /// IANA zone in which the merchant's dates end.
    pub zone: String,
    /// Grows with every edit of the tenant's configuration.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Read products and SKUs.
    #[serde(rename = "catalog:read")]
    CatalogRead,
    /// Create and edit products and SKUs.
    #[serde(rename = "catalog:write")]
    CatalogWrite,
    /// Import codes and follow imports.
    #[serde(rename = "codes:import")]
    CodesImport,
    /// Freeze, unfreeze and void codes and batches.
    #[serde(rename = "codes:manage")]
    CodesManage,
    /// See the codes of an order again.
    #[serde(rename = "codes:reveal")]
    CodesReveal,
    /// Read orders.
    #[serde(rename = "orders:read")]
    OrdersRead,
    /// Place, pay, cancel and refund orders.
    #[serde(rename = "orders:write")]
    OrdersWrite,
    /// Refund against the product's rule, at the merchant's loss.
    #[serde(rename = "refunds:override")]
    RefundsOverride,
    /// Read buyers and wallets.
    #[serde(rename = "wallets:read")]
    WalletsRead,
    /// Credit wallets and hold parts of them.
    #[serde(rename = "wallets:write")]
    WalletsWrite,
    /// Read accounts and transfers.
    #[serde(rename = "ledger:read")]
    LedgerRead,
    /// Read the journal.
    #[serde(rename = "journal:read")]
    JournalRead,
    /// Search who did what.
    #[serde(rename = "audit:read")]
    AuditRead,
    /// Make merchants and their keys (operator).
    #[serde(rename = "merchants:write")]
    MerchantsWrite,
}

impl Scope {
    /// Every scope of a merchant's key.
    pub const MERCHANT: [Self; 13] = [
        Self::CatalogRead,
        Self::CatalogWrite,
        Self::CodesImport,
        Self::CodesManage,
        Self::CodesReveal,
        Self::OrdersRead,
        Self::OrdersWrite,
        Self::RefundsOverride,
        Self::WalletsRead,
        Self::WalletsWrite,
        Self::LedgerRead,
        Self::JournalRead,
        Self::AuditRead,
    ];

    /// Every scope of the operator's key.
    pub const OPERATOR: [Self; 1] = [Self::MerchantsWrite];

    /// The written form, as `orders:write`.
    pub fn name(self) -> &'static str {
        match self {
            Self::CatalogRead => "catalog:read",
            Self::CatalogWrite => "catalog:write",
            Self::CodesImport => "codes:import",
            Self::CodesManage => "codes:manage",
            Self::CodesReveal => "codes:reveal",
            Self::OrdersRead => "orders:read",
            Self::OrdersWrite => "orders:write",
            Self::RefundsOverride => "refunds:override",
            Self::WalletsRead => "wallets:read",
            Self::WalletsWrite => "wallets:write",
            Self::LedgerRead => "ledger:read",
            Self::JournalRead => "journal:read",
            Self::AuditRead => "audit:read",
            Self::MerchantsWrite => "merchants:write",
        }
    }

    /// The scope of a written form.
    pub fn parse(name: &str) -> Option<Self> {
        Self::MERCHANT.into_iter().chain(Self::OPERATOR).find(|scope| scope.name() == name)
    }
}

/// A key of the open API. Its secret is known only as a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// Whose key, in which mode.
    pub tenant: Tenant,
    /// SHA-256 of the secret.
    pub hash: [u8; 32],
    /// What it is called.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Requests a minute at most; none for no limit.
    pub requests_per_minute: Option<u32>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// When it ends; none for never.
    pub expires_at: Option<Timestamp>,
}

impl Answer for ApiKey {}
