//! Facts about merchants, their keys and their buyers.

use crate::identity::Scope;
use kernel::{ApiKeyId, BuyerId, MerchantId, Mode, Timestamp};
use serde::{Deserialize, Serialize};

/// A merchant was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MerchantCreated {
    /// Which.
    pub merchant: MerchantId,
    /// Its name.
    pub name: String,
    /// Its zone.
    pub zone: String,
}

/// A key was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyCreated {
    /// Which.
    pub key: ApiKeyId,
    /// Whose.
    pub merchant: MerchantId,
    /// In which mode.
    pub mode: Mode,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Requests a minute at most; none for no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requests_per_minute: Option<u32>,
    /// When it ends; none for never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

/// A key was revoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyRevoked {
    /// Which.
    pub key: ApiKeyId,
}

/// A buyer was seen for the first time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuyerCreated {
    /// His pseudonym.
    pub buyer: BuyerId,
}
