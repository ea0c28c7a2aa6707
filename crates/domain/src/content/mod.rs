//! Shared content (共享内容): one text, link or file that all buyers of a SKU have, in versions (docs/adr/0045).
//!
//! What is shared is sealed at rest like a code; of a file this is its name and its key, under which its parts lie beside pictures. A new version is a row of its own and never changes an order: a line keeps the
//! version that it was bought with, and its holder is shown the newest one.

pub mod fact;
pub mod reveal;
pub mod share;
pub mod world;
pub mod write;

use crate::context::Actor;
use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::outcome::Answer;
use kernel::{ContentId, SkuId, Tenant, Timestamp};
use serde::{Deserialize, Serialize};

crate::dispatch::verbs! {
    Content:
    "write_content" => write::WriteContent,
    "reveal_content" => reveal::RevealContent,
}

/// A version's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Its id, to which its seal is bound.
    pub id: ContentId,
    /// The tenant of the book.
    #[serde(skip, default = "crate::identity::operator")]
    pub tenant: Tenant,
    /// Whose buyers share it.
    pub sku: SkuId,
    /// From 1, without gaps.
    pub number: u32,
    /// What changed, for who holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Bytes of the file that it is; none of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_bytes: Option<i64>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
    /// When it was written.
    pub created_at: Timestamp,
    /// The text, or the head of the file, sealed.
    #[serde(skip)]
    pub sealed: Vec<u8>,
}

impl Answer for Content {
    fn reference(&self) -> Option<OutcomeRef> {
        Some(OutcomeRef::to(OutcomeKind::Content, self.id.0))
    }
}
