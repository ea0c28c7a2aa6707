//! Merchants, keys and buyers as callers see them.

use domain::identity::terms::MerchantTerms;
use domain::identity::{self, TenantRow};
use domain::resource::{Row, typed};
use edge::problem::Problem;
use edge::wire::{ApiKeyId, BuyerId, MerchantId, Mode, Scope, Time, Wire};
use serde::Serialize;
use utoipa::ToSchema;

/// A merchant.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Merchant {
    /// Its id.
    pub id: MerchantId,
    /// Its name.
    pub name: String,
    /// The IANA zone in which its dates end.
    pub zone: String,
    /// What the operator lets it do.
    pub terms: Terms,
    /// Grows with every edit of the terms; 0 before the first one.
    pub terms_version: i64,
    /// When it was made.
    pub created_at: Time,
}

/// What the operator lets a merchant do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Terms {
    /// Whether it sells nothing for now.
    pub suspended: bool,
    /// Why, as it reads it; null where nothing is said.
    pub reason: Option<String>,
    /// Requests a minute of all its keys together; null for no limit.
    pub requests_per_minute: Option<u32>,
}

impl Terms {
    fn of(terms: MerchantTerms) -> Self {
        let reason = terms.reason.map(|reason| reason.0);
        let MerchantTerms { suspended, requests_per_minute, .. } = terms;
        Self { suspended, reason, requests_per_minute }
    }
}

impl Merchant {
    /// A merchant from its row for live, and its terms.
    pub fn of(row: &TenantRow, terms: &Row) -> Result<Self, Problem> {
        let read = typed(terms).ok_or_else(|| Problem::internal("stored terms are none"))?;
        Ok(Self {
            id: Wire(row.tenant.merchant()),
            name: row.name.clone(),
            zone: row.zone.clone(),
            terms: Terms::of(read),
            terms_version: terms.version,
            created_at: Wire(row.created_at),
        })
    }
}

/// A key of the open API. No `Debug`: it may carry its secret.
#[derive(Serialize, ToSchema)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// Whose key.
    pub merchant: MerchantId,
    /// What it is called.
    pub name: String,
    /// Whether money and goods are real.
    pub mode: Mode,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Requests a minute at most; null for no limit.
    pub requests_per_minute: Option<u32>,
    /// When it was made.
    pub created_at: Time,
    /// When it was revoked; null while it is in use.
    pub revoked_at: Option<Time>,
    /// When it ends; null for never.
    pub expires_at: Option<Time>,
    /// The key itself, shown once and stored nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

impl ApiKey {
    /// A key without its secret, which only its maker knows.
    pub fn of(key: &identity::ApiKey) -> Self {
        Self {
            id: Wire(key.id),
            merchant: Wire(key.tenant.merchant()),
            name: key.name.clone(),
            mode: Wire(key.tenant.mode()),
            scopes: key.scopes.iter().copied().map(Wire).collect(),
            requests_per_minute: key.requests_per_minute,
            created_at: Wire(key.created_at),
            revoked_at: key.revoked_at.map(Wire),
            expires_at: key.expires_at.map(Wire),
            secret: None,
        }
    }
}

/// A buyer. His external id is in no answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Buyer {
    /// His id.
    pub id: BuyerId,
    /// When he was first seen.
    pub created_at: Time,
}

impl Buyer {
    /// A buyer from his row.
    pub fn of(row: &identity::buyer::Buyer) -> Self {
        Self { id: Wire(row.id), created_at: Wire(row.created_at) }
    }
}
