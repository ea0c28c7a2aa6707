//! What buyers share, as callers see it.

use crate::file_link::{Link, Target};
use domain::content;
use edge::auth::Caller;
use edge::content::{Held, Shared, SharedFile};
use edge::wire::{Actor, SkuId, Time, Wire};
use kernel::OrderId;
use kernel::limits::{APPROVAL_RESULT_DAYS, CONTENT_LINK_SECONDS};
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

/// A version, without its text or its file's name.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContentVersion {
    /// Its number, from 1.
    pub version: u32,
    /// What changed, as its holders read it.
    pub note: Option<String>,
    /// Bytes of the file that it is; null of a text.
    pub file_bytes: Option<i64>,
    /// Who wrote it.
    pub by: Option<Actor>,
    /// When it was written.
    pub created_at: Time,
}

/// A version with its text or its file. No `Debug`: that is what is sold.
#[derive(Serialize, ToSchema)]
pub struct RevealedContent {
    /// The version.
    #[serde(flatten)]
    pub version: ContentVersion,
    /// The text; null of a file, and when it cannot be opened any more.
    pub text: Option<String>,
    /// The file; null of a text, and when it cannot be opened any more.
    pub file: Option<ContentFile>,
}

/// A file that buyers share.
#[derive(Serialize, ToSchema)]
pub struct ContentFile {
    /// Its name.
    pub name: String,
    /// How long it is.
    pub bytes: u64,
    /// Where it is: for ten minutes, and for who asked alone, by his cookie or his key. After an approval it leads there as long as
    /// the answer is kept. Reveal again for another address.
    pub url: String,
}

/// What a line holds. No `Debug`: its text or its file is what is sold.
#[derive(Serialize, ToSchema)]
pub struct DeliveredContent {
    /// The version that it was bought with.
    pub version: u32,
    /// The newest version, whose text or file this is. Only in answers to revealing, as what follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest: Option<ContentVersion>,
    /// The text; absent of a file, and when it cannot be opened any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The file; absent of a text, and when it cannot be opened any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<ContentFile>,
}

impl ContentVersion {
    /// A version as it is stored.
    pub fn of(content: &content::Content) -> Self {
        Self {
            version: content.number,
            note: content.note.clone(),
            file_bytes: content.file_bytes,
            by: content.by.map(Wire),
            created_at: Wire(content.created_at),
        }
    }
}

impl RevealedContent {
    /// A version, opened.
    pub fn of(caller: &Caller, content: &content::Content, shared: Option<Shared>) -> Self {
        let version = ContentVersion::of(content);
        let (text, file) = told(caller, Target::Version(content.id), shared);
        Self { version, text, file }
    }
}

impl DeliveredContent {
    /// The version alone.
    pub fn version(version: u32) -> Self {
        Self { version, newest: None, text: None, file: None }
    }

    /// The newest version that a line of an order holds, opened.
    pub fn opened(caller: &Caller, order: OrderId, held: Held) -> Self {
        let newest = Some(ContentVersion::of(&held.newest));
        let (text, file) = told(caller, Target::Line(order, held.line), held.shared);
        Self { version: held.bought, newest, text, file }
    }
}

impl ContentFile {
    fn at(caller: &Caller, to: Target, file: &SharedFile) -> Self {
        let kept = APPROVAL_RESULT_DAYS * 86_400;
        let seconds = if caller.is_answered_later() { kept } else { CONTENT_LINK_SECONDS };
        let ends_at = caller.engine().now().plus_micros(seconds * 1_000_000);
        let link = Link { tenant: caller.tenant(), to, ends_at };
        let url = link.path(&caller.vault(), caller.actor());
        Self { name: file.name().to_owned(), bytes: file.bytes(), url }
    }
}

/// The text, or the file with an address.
fn told(
    caller: &Caller,
    to: Target,
    shared: Option<Shared>,
) -> (Option<String>, Option<ContentFile>) {
    match shared {
        None => (None, None),
        Some(Shared::Text(text)) => (Some(text), None),
        Some(Shared::File(file)) => (None, Some(ContentFile::at(caller, to, &file))),
    }
}
