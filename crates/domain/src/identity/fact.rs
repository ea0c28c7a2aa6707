//! Facts about merchants, their keys and their buyers.

use crate::fact::FactBody;
use crate::identity::Scope;
use kernel::{ApiKeyId, BuyerId, MerchantId, Mode, Timestamp};
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Identity:
    "merchant.created" 1 => MerchantCreated,
    "api_key.created" 1 => ApiKeyCreated,
    "api_key.revoked" 1 => ApiKeyRevoked,
    "buyer.created" 1 => BuyerCreated,
}

/// A merchant was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MerchantCreated {
    /// The merchant.
    pub merchant: MerchantId,
    /// Its name.
    pub name: String,
    /// Its zone.
    pub zone: String,
}

impl FactBody for MerchantCreated {}

/// A key was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyCreated {
    /// The API key.
    pub key: ApiKeyId,
    /// The merchant.
    pub merchant: MerchantId,
    /// The mode.
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

impl FactBody for ApiKeyCreated {}

/// A key was revoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyRevoked {
    /// The API key.
    pub key: ApiKeyId,
}

impl FactBody for ApiKeyRevoked {}

/// A buyer was seen for the first time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuyerCreated {
    /// His pseudonym.
    pub buyer: BuyerId,
}

impl FactBody for BuyerCreated {}
