//! What buyers share, as callers see it.

use domain::content;
use edge::content::Held;
use edge::wire::{Actor, SkuId, Time, Wire};
use serde::Serialize;
use utoipa::ToSchema;

/// What buyers of a SKU share, without its text.
#[derive(Debug, Serialize, ToSchema)]
pub struct Content {
    /// The SKU.
    pub sku: SkuId,
    /// The newest version; null before there is one, and nothing is sold until then.
    pub version: Option<ContentVersion>,
    /// How many orders hold it. `GET /v1/orders?sku=…` lists them.
    pub holders: i64,
}

/// A version, without its text.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContentVersion {
    /// Its number, from 1.
    pub version: u32,
    /// What changed, as its holders read it.
    pub note: Option<String>,
    /// Who wrote it.
    pub by: Option<Actor>,
    /// When it was written.
    pub created_at: Time,
}

/// A version with its text. No `Debug`: that is what is sold.
#[derive(Serialize, ToSchema)]
pub struct RevealedContent {
    /// The version.
    #[serde(flatten)]
    pub version: ContentVersion,
    /// The text; null when it cannot be opened any more.
    pub text: Option<String>,
}

/// What a line holds. No `Debug`: its text is what is sold.
#[derive(Serialize, ToSchema)]
pub struct DeliveredContent {
    /// The version that it was bought with.
    pub version: u32,
    /// The newest version, whose text this is. Only in answers to revealing, as what follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest: Option<ContentVersion>,
    /// The text; absent also when it cannot be opened any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl ContentVersion {
    /// A version as it is stored.
    pub fn of(content: &content::Content) -> Self {
        Self {
            version: content.number,
            note: content.note.clone(),
            by: content.by.map(Wire),
            created_at: Wire(content.created_at),
        }
    }
}

impl DeliveredContent {
    /// The version alone.
    pub fn version(version: u32) -> Self {
        Self { version, newest: None, text: None }
    }

    /// The newest version, opened.
    pub fn opened(held: &Held) -> Self {
        let newest = Some(ContentVersion::of(&held.newest));
        Self { version: held.bought, newest, text: held.text.clone() }
    }
}
