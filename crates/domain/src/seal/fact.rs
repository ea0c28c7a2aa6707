//! Facts about data keys.

use crate::fact::FactBody;
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Seal:
    "keys.rotated" 1 => KeysRotated,
    "keys.dropped" 1 => KeysDropped,
}

/// The data keys were brought under the master key in force, by somebody beside the servers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeysRotated {
    /// Who did it, in his own words.
    pub by: String,
    /// The data keys that were wrapped again.
    pub wrapped: Vec<i64>,
    /// A new key, under which everything is sealed from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added: Option<i64>,
}

impl FactBody for KeysRotated {}

/// Nothing lies under the older keys that sealed, and they are gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeysDropped {
    /// The oldest key that seals and stays.
    pub oldest: u32,
}

impl FactBody for KeysDropped {}
