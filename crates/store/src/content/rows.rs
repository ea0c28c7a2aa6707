//! Rows of what buyers share, as the rules know them.

use crate::Error;
use crate::seam::Row;
use domain::content::Content;
use domain::context::Actor;
use kernel::{ContentId, SkuId, Timestamp};

/// `tenant, id, sku, number, note, actor, created_at, sealed`
pub fn content(row: &Row) -> Result<Content, Error> {
    Ok(Content { sealed: row.bytes(7)?.to_vec(), ..version(row)? })
}

/// The same without its text.
pub fn version(row: &Row) -> Result<Content, Error> {
    let actor = |bytes| Actor::from_bytes(bytes).ok_or(Error::Corrupt("an actor"));
    Ok(Content {
        tenant: row.tenant(0)?,
        id: ContentId(row.array(1)?),
        sku: SkuId(row.array(2)?),
        number: row.int(3)? as u32,
        note: row.maybe_text(4)?.map(str::to_owned),
        by: row.maybe_bytes(5)?.map(actor).transpose()?,
        created_at: Timestamp(row.int(6)?),
        sealed: Vec::new(),
    })
}
