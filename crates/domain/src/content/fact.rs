//! Facts about shared contents. None has any of the text, or the name of a file.

use super::Content;
use crate::fact::FactBody;
use crate::fold::Folded;
use kernel::{SkuId, Tenant, Timestamp};
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Content:
    "content.changed" 1 => ContentChanged,
    "content.revealed" 1 => ContentRevealed,
}

/// What buyers of a SKU share has a new version: all who hold it see it from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentChanged {
    /// The version.
    pub content: Content,
}

impl FactBody for ContentChanged {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.contents.insert((tenant, self.content.id), Content { tenant, ..self.content });
    }
}

/// Somebody of the merchant's read a version. What buyers see is a fact of their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentRevealed {
    /// Of which SKU.
    pub sku: SkuId,
    /// Which version.
    pub number: u32,
    /// Why, where somebody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl FactBody for ContentRevealed {}
